# SPDX-License-Identifier: EUPL-1.2
"""Mending the published schedule: asked for, three answers kept, one chosen and published."""

import dataclasses

import pytest

from app.actions import publication, registrations, repairs, schedules
from app.models.base import db
from app.models.editions import PlaceClosure
from app.models.meetings import Meeting
from app.models.registrations import Unavailability
from app.queries import repairs as queries
from app.queries import schedule_problem
from app.queries.schedule_problem import place_id
from app.rules.errors import RuleBroken
from app.rules.meetings import MeetingState
from app.rules.schedules import AnswerName, RunMode, RunState, Span
from scheduler import check, problem_from_json, repair, solution_from_json
from tests.builders import a_fair, a_user
from tests.queries.test_schedule_views import a_done_run


@pytest.fixture
def fair(app, monkeypatch):
    """Two companies and two buyers; the first two meetings are published in slots 1 and 2."""
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    fair = a_fair(companies=2, buyers=2, slots=3, tables=1)
    db.session.commit()
    publication.publish(a_done_run(fair, (0, 1, 0), (3, 2, 0)), by=None)
    return fair


def answered(run, **told):
    question = queries.of_run(run)
    found = repair(question.problem, question.published, question.event, seconds=1)
    numbers = dict.fromkeys(("fill", "few_moves", "best_value"), 0) | told
    return repairs.keep_answers(run.id, found, told=numbers)


def test_a_run_keeps_its_question_whole(fair):
    run = repairs.ask_for_repair(fair.edition, by=a_user(), absent=[Span(fair.buyers[0].id)])

    assert run.mode == RunMode.FEW_MOVES
    assert run.job.kind == "repair_schedule"
    assert queries.of_run(run).left == problem_from_json(run.problem)


def test_an_end_before_its_beginning_is_refused_on_its_field(fair):
    with pytest.raises(RuleBroken, match="until_before_from") as refused:
        repairs.ask_for_repair(fair.edition, by=None, closed=[Span(fair.tables[0].id, 3, 1)])

    assert refused.value.field == "place_until"


def test_there_is_one_run_at_a_time_whatever_its_mode(fair):
    schedules.ask_for_run(fair.edition, by=None)

    with pytest.raises(RuleBroken, match="run_under_way"):
        repairs.ask_for_repair(fair.edition, by=None)


def test_three_right_answers_are_kept_and_the_one_that_moves_few_is_chosen(fair):
    absent = [Span(fair.buyers[0].id, 1, 1)]
    run = answered(repairs.ask_for_repair(fair.edition, by=None, absent=absent), few_moves=2)

    assert run.state == RunState.DONE
    lines = {one.name: one for one in queries.answers(run)}
    assert set(lines) == set(AnswerName)
    assert lines[AnswerName.FEW_MOVES].is_chosen
    assert lines[AnswerName.FEW_MOVES].told == 2
    for one in run.answers["all"]:
        solution = solution_from_json(one["solution"])
        assert check(problem_from_json(run.problem), solution) == []


def test_a_wrong_answer_is_never_kept(fair):
    run = repairs.ask_for_repair(fair.edition, by=None)
    question = queries.of_run(run)
    found = repair(question.problem, question.published, question.event, seconds=1)
    twice = found.answers[0].solution.meetings * 2
    wrong = dataclasses.replace(
        found.answers[0],
        solution=dataclasses.replace(found.answers[0].solution, meetings=twice),
    )
    told = {"fill": 0, "few_moves": 0, "best_value": 0}
    answers = (wrong, *found.answers[1:])
    kept = repairs.keep_answers(run.id, dataclasses.replace(found, answers=answers), told=told)

    assert kept.state == RunState.FAILED
    assert kept.answers == {}
    assert kept.note["violations"]


def test_another_answer_may_be_chosen_until_one_is_published(fair):
    run = answered(repairs.ask_for_repair(fair.edition, by=None))
    repairs.choose(run, by=a_user(), name=AnswerName.FILL)

    fill = run.answers["all"][0]
    assert run.answers["chosen"] == "fill"
    assert (run.solution, run.value) == (fill["solution"], fill["value"])
    publication.publish(run, by=None)
    with pytest.raises(RuleBroken, match="run_published"):
        repairs.choose(run, by=None, name=AnswerName.BEST_VALUE)


def test_a_run_that_started_afresh_has_no_answers_to_choose_from(fair):
    with pytest.raises(RuleBroken, match="no_such_answer"):
        repairs.choose(a_done_run(fair), by=None, name=AnswerName.FILL)


def test_what_was_stated_becomes_a_fact_when_an_answer_is_published(fair):
    buyer, table = fair.buyers[0], fair.tables[0]
    run = answered(
        repairs.ask_for_repair(
            fair.edition, by=None, absent=[Span(buyer.id, 2, 2)], closed=[Span(table.id, 1, 1)]
        )
    )
    assert db.session.query(PlaceClosure).count() == 0
    assert db.session.query(Unavailability).count() == 0

    version = publication.publish(run, by=a_user())

    assert version == 2
    slots = [slot.id for slot in fair.slots]
    assert [one.slot_id for one in db.session.query(PlaceClosure)] == [slots[0]]
    assert [one.slot_id for one in db.session.query(Unavailability)] == [slots[1]]
    problem = schedule_problem.of_edition(fair.edition)
    assert problem.place_by_id[place_id(table.id)].slots == (2, 3)
    held = db.session.query(Meeting).filter_by(state=MeetingState.SCHEDULED)
    assert slots[0] not in {meeting.slot_id for meeting in held}


def test_an_absence_said_elsewhere_is_mended_without_being_stated(fair):
    """The meeting falls when the delegate says it; the run finds it another slot."""
    delegate = fair.delegates[fair.buyers[0].id][0]
    registrations.set_availability(delegate, by=None, away=[fair.slots[0].id])
    run = answered(repairs.ask_for_repair(fair.edition, by=None))

    slots = {one["wish"]: one["slot"] for one in run.solution["meetings"]}
    assert slots[schedule_problem.wish_id(fair.requests[0].id)] in (2, 3)
