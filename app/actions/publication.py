# SPDX-License-Identifier: EUPL-1.2
"""A run becomes the schedule in force: its meetings, and the people who attend them."""

from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import lazyload

from app.actions import closures
from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition
from app.models.history import remember
from app.models.jobs import later
from app.models.meetings import Attendance, Meeting
from app.models.schedules import ScheduleRun
from app.queries import publication
from app.queries.publication import Publication, Seat
from app.rules import schedules as rules
from app.rules.meetings import MeetingState


@action
def publish(run: ScheduleRun, *, by: User | None, seen: int | None = None) -> int:
    """Make a run the schedule in force, and tell the people whose agenda changes, and them alone.

    Their letters are written by a job, so that nobody waits for hundreds of them.
    seen: the version in force when the consequences were shown. Returns the new version.
    Errors: RuleBroken when the run has no answer, is published already, no longer fits the fair as
    it is, or when another version was published meanwhile.
    """
    edition = _take(run)
    rules.require_publishable(run.outcome, run.version)
    rules.require_seen(edition.version, seen)
    planned = publication.of_run(run, edition)
    rules.require_holds(len(planned.broken))
    edition.version = run.version = planned.version
    run.published_at = clock.now()
    _write_meetings(edition, planned)
    closures.make_known(run, edition, by=by)
    remember(by, "schedule.published", run, version=planned.version, told=len(planned.told))
    if planned.told:
        later(
            "tell_agendas",
            owner_id=by.id if by else None,
            organiser_id=edition.organiser_id,
            run=run.id,
            delegates=planned.told,
        )
    return planned.version


def _take(run: ScheduleRun) -> Edition:
    """Two publications at once: the second waits here, and then sees what the first did."""
    edition = db.session.get_one(
        Edition, run.edition_id, with_for_update={"of": Edition}, populate_existing=True
    )
    db.session.refresh(run)
    return edition


def _write_meetings(edition: Edition, planned: Publication) -> None:
    """Free every place and person that moves before taking the new ones: two may swap."""
    known = {row.request_id: row for row in _known(edition)}
    leaving = [known[request] for request in planned.cancelled]
    changing = {
        request: seat
        for request, seat in planned.seats.items()
        if request in known and planned.before.get(request) != seat
    }
    _free(leaving + [known[request] for request in changing])
    for meeting in leaving:
        _mark(meeting, planned.version, MeetingState.CANCELLED)
    for request, seat in changing.items():
        meeting = known[request]
        meeting.slot_id, meeting.place_id = seat.slot_id, seat.place_id
        _mark(meeting, planned.version, MeetingState.SCHEDULED)
    db.session.flush()
    fresh = {request: seat for request, seat in planned.seats.items() if request not in known}
    _add(edition, planned.version, fresh)
    _seat_people(edition, {**changing, **fresh})


def _known(edition: Edition) -> list[Meeting]:
    rows = select(Meeting).where(Meeting.edition_id == edition.id).options(lazyload("*"))
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _free(meetings: list[Meeting]) -> None:
    ids = [meeting.id for meeting in meetings]
    if ids:
        db.session.execute(delete(Attendance).where(Attendance.meeting_id.in_(ids)))
        db.session.execute(update(Meeting).where(Meeting.id.in_(ids)).values(place_id=None))


def _mark(meeting: Meeting, version: int, state: MeetingState) -> None:
    """The sequence grows with each change, so that calendars follow (RFC 5545 §3.8.7.4)."""
    meeting.state, meeting.version = state, version
    meeting.sequence += 1
    meeting.updated_at = clock.now()


def _add(edition: Edition, version: int, seats: dict[int, Seat]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "edition_id": edition.id,
            "request_id": request,
            "slot_id": seat.slot_id,
            "place_id": seat.place_id,
            "state": MeetingState.SCHEDULED,
            "uid": str(uuid4()),  # a random UUID names no host and no row (RFC 7986 §5.3)
            "sequence": 0,
            "version": version,
            "updated_at": clock.now(),
        }
        for request, seat in seats.items()
    ]
    if rows:
        db.session.execute(insert(Meeting), rows)


def _seat_people(edition: Edition, seats: dict[int, Seat]) -> None:
    numbers = select(Meeting.request_id, Meeting.id).where(Meeting.edition_id == edition.id)
    meeting_of = {row.request_id: row.id for row in db.session.execute(numbers)}
    rows = [
        {"meeting_id": meeting_of[request], "delegate_id": delegate, "slot_id": seat.slot_id}
        for request, seat in seats.items()
        for delegate in sorted(seat.delegates)
    ]
    if rows:
        db.session.execute(insert(Attendance), rows)
