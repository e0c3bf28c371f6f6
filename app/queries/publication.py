# SPDX-License-Identifier: EUPL-1.2
"""What publishing a run would do: who meets where and when, what moves, and who has to be told."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition
from app.models.letters import Letter
from app.models.meetings import Attendance, Meeting
from app.models.registrations import Delegate
from app.models.schedules import ScheduleRun
from app.queries import editions, schedule_problem, schedules
from app.queries.schedule_problem import place_id, row_id, wish_id
from app.queries.schedules import Placement
from app.rules.attendance import NobodyLeft, Person, Sitting, share_out
from app.rules.meetings import MeetingState
from scheduler import Meeting as Placed
from scheduler import Problem, Solution, check


@dataclass(frozen=True)
class Seat:
    """Where and when a request is met, and by whom."""

    slot_id: int
    place_id: int | None
    delegates: frozenset[int]


@dataclass(frozen=True)
class Publication:
    """The difference between the agendas in people's hands and those of a run.

    seats: request → seat, as it will be. before: as it is now (meetings that take place).
    cancelled: requests that had a meeting and lose it. broken: meetings of the run that no longer
    fit the fair as it is. gone: those left out because a side withdrew.
    """

    version: int
    seats: dict[int, Seat]
    before: dict[int, Seat]
    broken: tuple[str, ...]
    gone: tuple[int, ...]

    @property
    def added(self) -> list[int]:
        return [request for request in self.seats if request not in self.before]

    @property
    def moved(self) -> list[int]:
        """Requests whose slot or place changes."""
        return [
            request
            for request, seat in self.seats.items()
            if request in self.before and _spot(self.before[request]) != _spot(seat)
        ]

    @property
    def cancelled(self) -> list[int]:
        return [request for request in self.before if request not in self.seats]

    @property
    def told(self) -> list[int]:
        """Delegates whose agenda changes, and they alone."""
        now, then = _agendas(self.seats), _agendas(self.before)
        return sorted(one for one in {*now, *then} if now.get(one) != then.get(one))


def of_run(run: ScheduleRun, edition: Edition) -> Publication:
    """What publishing this run would do now. A constant number of queries."""
    return of_answer(run, run.solution, edition)


def of_answer(run: ScheduleRun, solution: dict[str, Any], edition: Edition) -> Publication:
    """What publishing this answer of the run would do now. Meetings that began stay as they are."""
    problem = schedule_problem.of_edition(edition)
    before = current_seats(edition)
    begun = _begun(edition)
    held = {request: seat for request, seat in before.items() if seat.slot_id in begun}
    answer = [one for one in schedules.placements_in(solution) if one.request_id not in held]
    placed, gone, lost = _still_wanted(run, answer, problem, len(begun) if edition.version else 0)
    broken = [*lost, *(one.message for one in check(problem, _as_solution(placed)))]
    seats: dict[int, Seat] = {}
    if not broken:
        try:
            seats = _seats(edition, problem, placed, before) | held
        except NobodyLeft as missing:
            broken.append(str(missing))
    return Publication(edition.version + 1, seats, before, tuple(broken), tuple(gone))


def _begun(edition: Edition) -> set[int]:
    """The slots (ids) that have begun."""
    now = clock.now()
    return {slot.id for slot in editions.slots(edition) if slot.starts_at <= now}


def current_seats(edition: Edition) -> dict[int, Seat]:
    """Request → seat of every meeting of the published schedule that takes place."""
    people = defaultdict(set)
    attending = (
        select(Attendance.meeting_id, Attendance.delegate_id)
        .join(Meeting, Attendance.meeting_id == Meeting.id)
        .where(Meeting.edition_id == edition.id)
    )
    for meeting_id, delegate_id in db.session.execute(attending):
        people[meeting_id].add(delegate_id)
    meetings = select(Meeting.id, Meeting.request_id, Meeting.slot_id, Meeting.place_id).where(
        Meeting.edition_id == edition.id, Meeting.state == MeetingState.SCHEDULED
    )
    return {
        row.request_id: Seat(row.slot_id, row.place_id, frozenset(people[row.id]))
        for row in db.session.execute(meetings)
    }


def addresses(delegates: Collection[int]) -> dict[int, str]:
    """Delegate → the address that person's letters go to; those without any are left out."""
    theirs = (
        select(Delegate.id, Delegate.email, User.email.label("account"))
        .outerjoin(User, Delegate.user_id == User.id)
        .where(Delegate.id.in_(delegates))
    )
    found = {row.id: row.email or row.account for row in db.session.execute(theirs)}
    return {delegate: address for delegate, address in found.items() if address}


def already_written(run: ScheduleRun) -> set[tuple[str, str]]:
    """Who got a letter since this run was published, as (address, name)."""
    written = select(Letter.to_email, Letter.to_name).where(
        Letter.kind == "agenda_published",
        Letter.organiser_id == run.organiser_id,
        Letter.written_at >= run.published_at,
    )
    return {(row.to_email, row.to_name) for row in db.session.execute(written)}


def _still_wanted(
    run: ScheduleRun, answer: Iterable[Placement], problem: Problem, begun: int
) -> tuple[list[Placed], list[int], list[str]]:
    """The answer's meetings in the slots of today, those withdrawn since, and those without a slot.

    Slots are recognised by their hour: their numbers change when a half-day is added.
    begun: how many slots nobody can be sent to any more.
    """
    numbers = {slot.start: slot.id for slot in problem.slots}
    starts = {slot["id"]: slot["start"] for slot in run.problem["slots"]}
    placed, gone, lost = [], [], []
    for one in answer:
        number = numbers.get(starts[one.slot])
        if wish_id(one.request_id) not in problem.wish_by_id:
            gone.append(one.request_id)
        elif number is None or problem.slot_index[number] < begun:
            lost.append(f"request {one.request_id}: {starts[one.slot]} is no more, or has begun")
        else:
            place = None if one.place_id is None else place_id(one.place_id)
            placed.append(Placed(wish_id(one.request_id), number, place))
    return placed, gone, lost


def _as_solution(placed: Iterable[Placed]) -> Solution:
    return Solution(problem="", status="feasible", meetings=tuple(placed))


def _seats(
    edition: Edition, problem: Problem, placed: list[Placed], before: dict[int, Seat]
) -> dict[int, Seat]:
    slot_ids = [slot.id for slot in editions.slots(edition)]
    where = {
        row_id(one.wish): Seat(
            slot_ids[problem.slot_index[one.slot]],
            None if one.place is None else row_id(one.place),
            frozenset(),
        )
        for one in placed
    }
    sittings = [
        Sitting(
            request,
            seat.slot_id,
            tuple(row_id(party) for party in problem.wish_by_id[wish_id(request)].parties),
        )
        for request, seat in where.items()
    ]
    kept = {
        request: before[request].delegates
        for request, seat in where.items()
        if request in before and before[request].slot_id == seat.slot_id
    }
    people = {
        registration: [Person(one.id, one.rank, one.away) for one in team]
        for registration, team in schedule_problem.people(edition).items()
    }
    shared = share_out(sittings, people, kept)
    return {request: replace(seat, delegates=shared[request]) for request, seat in where.items()}


def _spot(seat: Seat) -> tuple[int, int | None]:
    return seat.slot_id, seat.place_id


def _agendas(seats: dict[int, Seat]) -> dict[int, frozenset[tuple[int, int, int | None]]]:
    """Delegate → what stands in the agenda: requests with their slots and places."""
    found = defaultdict(set)
    for request, seat in seats.items():
        for delegate in seat.delegates:
            found[delegate].add((request, *_spot(seat)))
    return {delegate: frozenset(lines) for delegate, lines in found.items()}
