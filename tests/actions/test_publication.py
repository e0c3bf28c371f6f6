# SPDX-License-Identifier: EUPL-1.2
"""A run is published: meetings, people, versions, and letters to those concerned alone."""

from datetime import time

import pytest
from sqlalchemy import select

from app.actions import publication, schedules
from app.models import clock
from app.models.base import db
from app.models.letters import Letter
from app.models.meetings import Attendance, Meeting
from app.queries import publication as plans
from app.queries import schedule_problem
from app.rules.errors import RuleBroken
from app.rules.meetings import MeetingState, RequestState
from app.rules.schedules import RunState
from scheduler import problem_to_json
from tests.builders import a_block, a_delegate, a_fair, a_run, a_user


@pytest.fixture
def fair(app):
    """Three companies, two buyers, three slots, two tables; requests 0-5 in company order."""
    fair = a_fair()
    db.session.commit()
    return fair


def a_done_run(fair, *spots):
    """A run that placed request n at (slot number, table number) for each spot (n, slot, table)."""
    meetings = [
        {
            "wish": schedule_problem.wish_id(fair.requests[n].id),
            "slot": slot,
            "place": schedule_problem.place_id(fair.tables[table].id),
        }
        for n, slot, table in spots
    ]
    problem = problem_to_json(schedule_problem.of_edition(fair.edition))
    run = a_run(
        fair.edition, problem=problem, solution={"meetings": meetings}, placed=len(meetings)
    )
    db.session.commit()
    return run


def publish(fair, *spots):
    return publication.publish(a_done_run(fair, *spots), by=None)


def meeting_of(fair, n):
    return db.session.scalar(select(Meeting).where(Meeting.request_id == fair.requests[n].id))


def told_since(mark):
    return {letter.to_email for letter in db.session.scalars(select(Letter)) if letter.id > mark}


def mark():
    return max(db.session.scalars(select(Letter.id)), default=0)


def address(fair, registration):
    return fair.delegates[registration.id][0].email


FIRST = [(0, 1, 0), (3, 1, 1), (1, 2, 0), (2, 2, 1)]


def test_the_first_version_writes_meetings_people_and_letters(fair):
    run = a_done_run(fair, *FIRST)
    version = schedules.publish(run, by=a_user())

    assert (version, run.version, fair.edition.version) == (1, 1, 1)
    assert run.published_at
    meetings = db.session.scalars(select(Meeting)).all()
    assert len(meetings) == 4
    assert {one.state for one in meetings} == {MeetingState.SCHEDULED}
    assert {one.sequence for one in meetings} == {0}
    assert len({one.uid for one in meetings}) == 4
    assert db.session.query(Attendance).count() == 8
    concerned = [fair.companies[0], fair.companies[1], *fair.buyers]
    assert told_since(0) == {address(fair, one) for one in concerned}


def test_the_letter_gives_the_hour_the_table_and_the_partner(fair):
    publish(fair, (0, 1, 0))
    letter = db.session.scalars(
        select(Letter).where(Letter.to_email == address(fair, fair.companies[0]))
    ).one()

    assert "9 h" in letter.body_text.replace("\N{NO-BREAK SPACE}", " ")
    assert "table 1" in letter.body_text
    assert fair.buyers[0].organisation.name in letter.body_text
    assert letter.body_text.count("http") == 1


def test_publishing_the_same_schedule_again_tells_nobody(fair):
    publish(fair, *FIRST)
    uids = {one.uid: one.sequence for one in db.session.scalars(select(Meeting))}
    before = mark()

    assert publish(fair, *FIRST) == 2
    assert told_since(before) == set()
    assert {one.uid: one.sequence for one in db.session.scalars(select(Meeting))} == uids


def test_only_those_whose_agenda_changed_are_told(fair):
    publish(fair, *FIRST)
    before = mark()
    publish(fair, (0, 3, 0), *FIRST[1:])

    assert told_since(before) == {
        address(fair, fair.companies[0]),
        address(fair, fair.buyers[0]),
    }


def test_a_meeting_that_moves_keeps_its_uid_and_its_sequence_grows(fair):
    publish(fair, *FIRST)
    uid = meeting_of(fair, 0).uid
    publish(fair, (0, 3, 1), *FIRST[1:])

    moved, still = meeting_of(fair, 0), meeting_of(fair, 3)
    assert (moved.uid, moved.sequence, moved.version) == (uid, 1, 2)
    assert (still.sequence, still.version) == (0, 1)
    assert moved.slot_id == fair.slots[2].id
    assert moved.place_id == fair.tables[1].id


def test_two_meetings_may_swap_their_tables(fair):
    publish(fair, (0, 1, 0), (3, 1, 1))
    publish(fair, (0, 1, 1), (3, 1, 0))

    assert meeting_of(fair, 0).place_id == fair.tables[1].id
    assert meeting_of(fair, 3).place_id == fair.tables[0].id


def test_two_meetings_of_the_same_people_may_swap_their_slots(fair):
    publish(fair, (0, 1, 0), (1, 2, 0))
    publish(fair, (0, 2, 0), (1, 1, 0))

    assert meeting_of(fair, 0).slot_id == fair.slots[1].id
    assert meeting_of(fair, 1).slot_id == fair.slots[0].id
    assert db.session.query(Attendance).count() == 4


def test_a_meeting_left_out_is_kept_as_cancelled_without_place_or_people(fair):
    publish(fair, *FIRST)
    before = mark()
    publish(fair, *FIRST[1:])

    gone = meeting_of(fair, 0)
    assert gone.state == MeetingState.CANCELLED
    assert gone.place_id is None
    assert gone.sequence == 1
    assert gone.slot_id == fair.slots[0].id
    assert db.session.query(Attendance).filter_by(meeting_id=gone.id).count() == 0
    assert address(fair, fair.companies[0]) in told_since(before)


def test_a_cancelled_meeting_that_returns_keeps_its_uid(fair):
    publish(fair, *FIRST)
    uid = meeting_of(fair, 0).uid
    publish(fair, *FIRST[1:])
    publish(fair, *FIRST)

    back = meeting_of(fair, 0)
    assert (back.uid, back.state, back.sequence) == (uid, MeetingState.SCHEDULED, 2)


def test_a_freed_place_may_be_taken_in_the_same_publication(fair):
    publish(fair, (0, 1, 0))
    publish(fair, (3, 1, 0))

    assert meeting_of(fair, 3).place_id == fair.tables[0].id


def test_two_delegates_share_the_meetings_of_their_organisation(fair):
    company = fair.companies[0]
    colleague = a_delegate(company, "Malik", rank=1)
    publish(fair, (0, 1, 0), (1, 2, 0))

    going = db.session.scalars(
        select(Attendance.delegate_id).where(
            Attendance.delegate_id.in_([colleague.id, fair.delegates[company.id][0].id])
        )
    ).all()
    assert len(set(going)) == 2


def test_people_keep_their_meetings_when_others_move(fair):
    a_delegate(fair.companies[0], "Malik", rank=1)
    publish(fair, (0, 1, 0), (1, 2, 0))
    before = mark()
    publish(fair, (0, 1, 0), (1, 2, 0), (3, 3, 0))

    assert address(fair, fair.companies[0]) not in told_since(before)


def test_a_run_that_is_not_done_cannot_be_published(fair):
    run = a_run(fair.edition, state=RunState.FAILED)
    db.session.commit()

    with pytest.raises(RuleBroken, match="run_not_done"):
        publication.publish(run, by=None)


def test_a_run_is_published_once(fair):
    run = a_done_run(fair, *FIRST)
    publication.publish(run, by=None)

    with pytest.raises(RuleBroken, match="run_published"):
        publication.publish(run, by=None)


def test_consequences_seen_for_an_older_version_do_not_count(fair):
    first, second = a_done_run(fair, *FIRST), a_done_run(fair, (0, 1, 0))
    publication.publish(first, by=None, seen=0)

    with pytest.raises(RuleBroken, match="published_meanwhile"):
        publication.publish(second, by=None, seen=0)
    assert fair.edition.version == 1


def test_a_request_withdrawn_since_the_run_is_left_out(fair):
    run = a_done_run(fair, *FIRST)
    fair.requests[0].state = RequestState.WITHDRAWN
    db.session.commit()
    publication.publish(run, by=None)

    assert meeting_of(fair, 0) is None
    assert db.session.query(Meeting).count() == 3


def test_a_run_that_no_longer_fits_is_refused_and_changes_nothing(fair):
    run = a_done_run(fair, *FIRST)
    db.session.delete(fair.delegates[fair.companies[0].id][0])
    db.session.commit()

    with pytest.raises(RuleBroken, match="run_outdated"):
        publication.publish(run, by=None)
    assert db.session.query(Meeting).count() == 0
    assert fair.edition.version == 0


def test_a_half_day_added_in_front_does_not_shift_the_meetings_of_an_older_run(fair):
    run = a_done_run(fair, (0, 1, 0))
    a_block(fair.edition, starts=time(8), count=1)
    publication.publish(run, by=None)

    assert meeting_of(fair, 0).slot_id == fair.slots[0].id


def test_who_has_no_address_is_counted_but_not_written_to(fair):
    fair.delegates[fair.companies[0].id][0].email = ""
    run = a_done_run(fair, (0, 1, 0))
    planned = plans.of_run(run, fair.edition)

    assert len(planned.told) == 2
    assert len(plans.addresses(planned.told)) == 1
    publication.publish(run, by=None)
    assert told_since(0) == {address(fair, fair.buyers[0])}


def test_what_is_announced_is_what_happens(fair):
    publish(fair, *FIRST)
    run = a_done_run(fair, (0, 3, 0), (3, 1, 1), (4, 2, 0))
    planned = plans.of_run(run, fair.edition)
    before = mark()
    publication.publish(run, by=None)

    assert len(planned.moved) == 1
    assert len(planned.added) == 1
    assert len(planned.cancelled) == 2
    assert len(told_since(before)) == len(planned.told)


def test_the_consequences_take_a_constant_number_of_queries(app, count_queries):
    seen = []
    for size in (2, 6):
        fair = a_fair(companies=size, buyers=size, slots=size, tables=size)
        run = a_done_run(fair, *[(n * size + n, 1, n) for n in range(size)])
        with count_queries:
            planned = plans.of_run(run, fair.edition)
        assert len(planned.seats) == size
        seen.append(len([one for one in count_queries.statements if one.startswith("SELECT")]))

    assert seen[0] == seen[1] <= 14


def test_what_has_begun_is_never_rewritten(fair):
    publish(fair, (0, 1, 0), (3, 2, 1))
    other = a_done_run(fair, (0, 3, 0), (3, 3, 1))
    with clock.frozen(fair.slots[0].starts_at):
        planned = plans.of_run(other, fair.edition)

    held, moved = (planned.seats[fair.requests[n].id] for n in (0, 3))
    assert held.slot_id == fair.slots[0].id
    assert moved.slot_id == fair.slots[2].id
    assert planned.broken == ()


def test_a_meeting_that_was_held_stays_although_a_side_left_since(fair):
    publish(fair, (0, 1, 0), (3, 2, 1))
    fair.requests[0].state = RequestState.WITHDRAWN
    run = a_done_run(fair, (3, 2, 1))
    with clock.frozen(fair.slots[0].starts_at):
        planned = plans.of_run(run, fair.edition)

    assert planned.cancelled == []
    assert planned.told == []


def test_nobody_is_sent_to_a_slot_that_has_begun(fair):
    publish(fair, (0, 1, 0))
    late = a_done_run(fair, (0, 1, 0), (3, 1, 1))
    with clock.frozen(fair.slots[0].starts_at):
        planned = plans.of_run(late, fair.edition)

    assert len(planned.broken) == 1
