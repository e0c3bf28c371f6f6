# SPDX-License-Identifier: EUPL-1.2
"""Runs: asked for, computed, kept only when right, stopped."""

from dataclasses import replace

import pytest

from app.actions import schedules
from app.models.base import db
from app.models.history import HistoryLine
from app.queries import schedules as runs
from app.rules.errors import RuleBroken
from app.rules.meetings import RequestState
from app.rules.schedules import RunState
from scheduler import Meeting, Solution, problem_from_json
from tests.builders import a_fair, a_run, a_user


@pytest.fixture
def fair(app):
    fair = a_fair()
    db.session.commit()
    return fair


@pytest.fixture
def asked(app, fair, monkeypatch):
    """A run whose job has not begun."""
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    return schedules.ask_for_run(fair.edition, by=a_user(), seconds=1)


def an_answer(run) -> Solution:
    """A right answer found without the scheduler: the first wish in slot 1 at the first place."""
    problem = problem_from_json(run.problem)
    first = Meeting(problem.wishes[0].id, 1, problem.places[0].id)
    value = problem.wishes[0].value
    return Solution("", "feasible", value=value, value_bound=value + 4, meetings=(first,))


def test_a_run_keeps_the_whole_question(asked, fair):
    problem = problem_from_json(asked.problem)

    assert asked.number == 1
    assert asked.asked == len(problem.wishes) == len(fair.requests)
    assert asked.state == RunState.WAITING
    assert asked.job.asked == {"run": asked.id}
    assert db.session.query(HistoryLine).filter_by(verb="schedule.asked").count() == 1


def test_there_is_one_run_at_a_time(asked, fair):
    with pytest.raises(RuleBroken, match="run_under_way"):
        schedules.ask_for_run(fair.edition, by=None)


def test_after_a_run_was_stopped_another_may_be_asked_for(asked, fair):
    schedules.cancel(asked, by=a_user())

    assert asked.outcome == RunState.CANCELLED
    assert schedules.ask_for_run(fair.edition, by=None).number == 2


def spoil_rows(rows):
    for row in rows:
        db.session.delete(row)


def spoil_requests(requests):
    for one in requests:
        one.state = RequestState.PENDING


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda fair: spoil_rows(fair.slots), "schedule_no_slot"),
        (lambda fair: spoil_rows(fair.tables), "schedule_no_place"),
        (lambda fair: spoil_requests(fair.requests), "schedule_no_request"),
    ],
)
def test_nothing_to_schedule_is_said(fair, spoil, key):
    spoil(fair)
    db.session.commit()

    with pytest.raises(RuleBroken, match=key):
        schedules.ask_for_run(fair.edition, by=None)


def test_a_right_answer_is_kept_with_its_figures(asked):
    run = schedules.keep_answer(asked.id, an_answer(asked))

    assert run.state == RunState.DONE
    assert (run.placed, run.value, run.bound) == (1, run.value, run.value + 4)
    assert not run.is_proven
    assert runs.placements(run)[0].slot == 1


def test_a_wrong_answer_is_never_stored(asked):
    right = an_answer(asked)
    twice = replace(right, meetings=(*right.meetings, *right.meetings))
    run = schedules.keep_answer(asked.id, twice)

    assert run.state == RunState.FAILED
    assert run.solution == {}
    assert any("2 times" in line for line in run.note["violations"])


def test_an_answer_found_by_the_time_somebody_stopped_says_so(asked):
    run = schedules.keep_answer(asked.id, an_answer(asked), stopped=True)

    assert run.state == RunState.DONE
    assert run.note == {"stopped": True}


def test_a_run_under_way_whose_job_is_gone_is_closed(fair):
    run = a_run(fair.edition, state=RunState.RUNNING)
    db.session.commit()

    assert schedules.close_abandoned() == 1
    assert run.state == RunState.FAILED


def test_runs_are_listed_without_their_long_files(fair, count_queries):
    for _ in range(3):
        a_run(fair.edition)
    db.session.commit()
    db.session.expunge_all()
    with count_queries:
        listed = runs.of_edition(fair.edition)

    assert len(listed) == 3
    selects = [one for one in count_queries.statements if one.startswith("SELECT")]
    assert len(selects) == 1
    assert "schedule_run.solution" not in selects[0]
