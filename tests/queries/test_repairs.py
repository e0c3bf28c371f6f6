# SPDX-License-Identifier: EUPL-1.2
"""What the scheduler is asked when it starts from the published schedule."""

from datetime import timedelta

import pytest

from app.actions import publication
from app.models import clock
from app.models.base import db
from app.queries import repairs
from app.queries.schedule_problem import party_id, place_id, wish_id
from app.rules.errors import RuleBroken
from app.rules.meetings import RequestState
from app.rules.schedules import Span
from scheduler import check, repair, solve
from tests.builders import a_company, a_delegate, a_fair, a_registration, a_request
from tests.queries.test_schedule_views import a_done_run


@pytest.fixture
def fair(app):
    """Two companies and two buyers; requests 0 and 3 are published in slots 1 and 2."""
    fair = a_fair(companies=2, buyers=2, slots=3, tables=1)
    db.session.commit()
    left = [{"wish": wish_id(fair.requests[n].id), "reason": "outranked"} for n in (1, 2)]
    publication.publish(a_done_run(fair, (0, 1, 0), (3, 2, 0), left=left), by=None)
    return fair


def test_the_published_schedule_is_where_it_starts(fair):
    question = repairs.question(fair.edition)

    places = {one.wish: (one.slot, one.place) for one in question.published.meetings}
    table = place_id(fair.tables[0].id)
    assert places == {
        wish_id(fair.requests[0].id): (1, table),
        wish_id(fair.requests[3].id): (2, table),
    }
    assert question.event.now == 1
    assert question.event.wishes == ()


def test_nothing_published_is_said(app):
    fair = a_fair()
    db.session.commit()

    with pytest.raises(RuleBroken, match="no_schedule_to_mend"):
        repairs.question(fair.edition)


def test_requests_accepted_since_are_part_of_the_event(fair):
    late = a_registration(fair.edition, a_company())
    a_delegate(late)
    request = a_request(late, fair.buyers[0], state=RequestState.ACCEPTED)
    db.session.commit()
    question = repairs.question(fair.edition)

    assert [wish.id for wish in question.event.wishes] == [wish_id(request.id)]
    assert wish_id(request.id) not in question.problem.wish_by_id
    assert wish_id(request.id) in question.left.wish_by_id


def test_what_has_begun_is_promised_and_the_rest_lies_ahead(fair):
    with clock.frozen(fair.slots[0].starts_at + timedelta(minutes=1)):
        question = repairs.question(fair.edition)

    held = question.left.wish_by_id[wish_id(fair.requests[0].id)]
    free = question.left.wish_by_id[wish_id(fair.requests[3].id)]
    assert question.event.now == 2
    assert held.fixed.slot == 1
    assert free.fixed is None
    assert free.slots == (2, 3)


def test_people_who_left_since_do_not_undo_the_morning(fair):
    company = fair.companies[0]
    for delegate in fair.delegates[company.id]:
        db.session.delete(delegate)
    db.session.commit()
    with clock.frozen(fair.slots[0].starts_at + timedelta(minutes=1)):
        question = repairs.question(fair.edition)

    assert question.left.party_by_id[party_id(company.id)].seats == (1, 0, 0)
    answers = repair(question.problem, question.published, question.event, seconds=1).answers
    assert all(check(question.left, one.solution) == [] for one in answers)


def test_after_the_last_slot_nothing_can_be_moved(fair):
    with (
        clock.frozen(fair.slots[-1].starts_at),
        pytest.raises(RuleBroken, match="fair_is_over"),
    ):
        repairs.question(fair.edition)


def test_a_new_run_during_the_fair_keeps_what_was_held(fair):
    with clock.frozen(fair.slots[0].starts_at):
        during = repairs.whole(fair.edition)
    before = repairs.whole(fair.edition)

    wish = wish_id(fair.requests[0].id)
    assert during.wish_by_id[wish].fixed.slot == 1
    solution = solve(during, seconds=1)
    assert check(during, solution) == []
    assert {one.slot for one in solution.meetings if one.wish != wish} <= {2, 3}
    assert before.wish_by_id[wish].fixed is None


def test_a_question_is_read_again_as_it_was_asked(fair):
    late = a_registration(fair.edition, a_company())
    a_delegate(late)
    a_request(late, fair.buyers[0], state=RequestState.ACCEPTED)
    db.session.commit()
    asked = repairs.question(
        fair.edition,
        absent=[Span(fair.buyers[0].id, 2)],
        closed=[Span(fair.tables[0].id, None, 1)],
    )
    run = a_done_run(fair)
    run.question = repairs.as_json(asked)

    read = repairs.of_run(run)
    assert read.event == asked.event
    assert read.problem == asked.problem
    assert read.published.meetings == asked.published.meetings
