# SPDX-License-Identifier: EUPL-1.2
"""A person is in one place at a time, a table holds one meeting: also when many book at once.

Each race is also run against a naive booking (look, then write), which must lose it: that proves
that the test can fail.
"""

import random
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.models import clock
from app.models.base import begin_writing, db
from app.models.meetings import Attendance, Meeting
from app.rules.meetings import MeetingState
from tests.builders import Fair, a_fair, a_meeting

THREADS = 8
FREE_FOR_ALL = Table(
    "free_for_all", MetaData(), Column("id", Integer, primary_key=True),
    Column("delegate_id", Integer), Column("slot_id", Integer),
)  # fmt: skip


@pytest.fixture
def fair(either_app: Flask) -> Fair:
    with either_app.app_context():
        fair = a_fair(companies=6, buyers=6, slots=4, tables=4)
        db.session.commit()
        return fair


def at_once(app: Flask, act: Callable[[int], None]) -> list[BaseException]:
    """Let every thread act at the same time. Returns what went wrong in any of them."""
    wrong: list[BaseException] = []
    start = threading.Barrier(THREADS)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                act(number)
            except BaseException as problem:
                wrong.append(problem)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def most_at_once(app: Flask, first, second) -> int:
    """The most rows that share these two columns, empty places aside."""
    with app.app_context():
        same = select(first, func.count().label("rows")).group_by(first, second).subquery()
        return db.session.scalar(select(func.max(same.c.rows))) or 0


def seat(meeting_id: int, delegate_id: int, slot_id: int) -> None:
    """Book a person as actions do: take the write lock, write, let the constraint judge."""
    try:
        begin_writing()
        db.session.add(Attendance(meeting_id=meeting_id, delegate_id=delegate_id, slot_id=slot_id))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def test_a_person_asked_by_everybody_at_once_sits_in_one_place(either_app, fair):
    delegate, slot = next(iter(fair.delegates.values()))[0], fair.slots[0]
    with either_app.app_context():
        meetings = [a_meeting(one, slot, None).id for one in fair.requests[:THREADS]]
        db.session.commit()

    wrong = at_once(either_app, lambda n: seat(meetings[n], delegate.id, slot.id))

    assert wrong == []
    assert most_at_once(either_app, Attendance.delegate_id, Attendance.slot_id) == 1


def test_the_same_race_is_lost_by_looking_first_and_writing_after(either_app, fair):
    looked = threading.Barrier(THREADS)
    person, slot = FREE_FOR_ALL.c.delegate_id, FREE_FOR_ALL.c.slot_id
    with either_app.app_context():
        FREE_FOR_ALL.create(db.engine)

    def look_then_write(number: int) -> None:
        taken = db.session.scalar(select(FREE_FOR_ALL.c.id).where(person == 1, slot == 1))
        db.session.rollback()
        looked.wait()
        if taken is None:
            begin_writing()
            db.session.execute(insert(FREE_FOR_ALL).values(delegate_id=1, slot_id=1))
            db.session.commit()

    wrong = at_once(either_app, look_then_write)

    assert wrong == []
    assert most_at_once(either_app, person, slot) == THREADS
    with either_app.app_context():
        FREE_FOR_ALL.drop(db.engine)


def book(
    edition_id: int, request_id: int, slot_id: int, place_id: int, delegates: list[int]
) -> None:
    """A meeting with its place and its people, or nothing at all."""
    try:
        begin_writing()
        meeting = Meeting(
            edition_id=edition_id,
            request_id=request_id,
            slot_id=slot_id,
            place_id=place_id,
            state=MeetingState.SCHEDULED,
            uid=f"{request_id}-{slot_id}",
            sequence=0,
            version=1,
            updated_at=clock.now(),
        )
        db.session.add(meeting)
        db.session.flush()
        for delegate in sorted(delegates):  # in one order for all, or PostgreSQL sees deadlocks
            db.session.add(Attendance(meeting_id=meeting.id, delegate_id=delegate, slot_id=slot_id))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def test_overlapping_bookings_of_people_and_tables_never_clash_and_never_fail(either_app, fair):
    people = {registration: team[0].id for registration, team in fair.delegates.items()}
    requests = [(one.id, [people[one.from_id], people[one.to_id]]) for one in fair.requests]
    slots, tables = [one.id for one in fair.slots], [one.id for one in fair.tables]

    def book_all(number: int) -> None:
        chance = random.Random(number)
        for request_id, delegates in chance.sample(requests, len(requests)):
            book(
                fair.edition.id, request_id, chance.choice(slots), chance.choice(tables), delegates
            )

    wrong = at_once(either_app, book_all)

    assert wrong == []
    assert most_at_once(either_app, Attendance.delegate_id, Attendance.slot_id) == 1
    assert most_at_once(either_app, Meeting.place_id, Meeting.slot_id) == 1
    with either_app.app_context():
        held = db.session.scalar(select(func.count(Meeting.id))) or 0
        going = db.session.scalar(select(func.count(Attendance.id)))
        assert held > 8
        assert going == 2 * held
