# SPDX-License-Identifier: EUPL-1.2
"""Requests for meetings, and the meetings of the published schedule."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.models.base import db
from app.models.consortia import Consortium
from app.models.editions import Edition
from app.models.meetings import Attendance, Meeting, pair_of
from app.models.meetings import MeetingRequest as MeetingRequest
from app.models.registrations import Delegate, Registration, Unavailability
from app.queries import consortia
from app.queries.rows import one_of
from app.rules.meetings import OPEN, MeetingState, RequestState


def by_id(request_id: int) -> MeetingRequest:
    """The request of this number. Errors: NotFound."""
    return one_of(MeetingRequest, request_id)


def open_between(
    one: Registration, other: Registration, consortium: Consortium | None = None
) -> MeetingRequest | None:
    """The open request of a pair, whichever side asked; with a consortium, its own."""
    of_pair = select(MeetingRequest).where(
        MeetingRequest.edition_id == one.edition_id,
        MeetingRequest.pair == pair_of(one, other, consortium),
        MeetingRequest.state.in_(OPEN),
    )
    return db.session.scalar(of_pair)


def of_registration(registration: Registration) -> list[MeetingRequest]:
    """All it asked and was asked, the latest first."""
    theirs = select(MeetingRequest).where(
        or_(MeetingRequest.from_id == registration.id, MeetingRequest.to_id == registration.id)
    )
    latest = theirs.order_by(MeetingRequest.created_at.desc(), MeetingRequest.id.desc())
    return list(db.session.scalars(latest))


def with_consortia(registration: Registration) -> list[MeetingRequest]:
    """The open requests of consortia in which it is a member and not the lead, the latest first."""
    ours = select(MeetingRequest).where(
        MeetingRequest.edition_id == registration.edition_id,
        MeetingRequest.consortium_id.in_(consortia.joined_by(registration.organisation_id)),
        MeetingRequest.state.in_(OPEN),
    )
    return list(db.session.scalars(ours.order_by(MeetingRequest.id.desc())))


def by_partner(registration: Registration) -> dict[int, MeetingRequest]:
    """Registration id of the other side → the open request, or else the latest one."""
    found: dict[int, MeetingRequest] = {}
    for request in of_registration(registration):
        other = request.to_id if request.from_id == registration.id else request.from_id
        if other not in found or (request.state in OPEN and found[other].state not in OPEN):
            found[other] = request
    return found


def unanswered(now: datetime) -> list[MeetingRequest]:
    """Requests still pending although the deadline for answers of their edition has passed."""
    late = select(MeetingRequest).join(Edition, Edition.id == MeetingRequest.edition_id)
    late = late.where(MeetingRequest.state == RequestState.PENDING, Edition.answers_close_at < now)
    return list(db.session.scalars(late.order_by(MeetingRequest.id)))


def scheduled(requests: Collection[MeetingRequest]) -> dict[int, Meeting]:
    """Request id → its meeting, for those that have one in the published schedule."""
    planned = select(Meeting).where(
        Meeting.request_id.in_([request.id for request in requests]),
        Meeting.state == MeetingState.SCHEDULED,
    )
    return {meeting.request_id: meeting for meeting in db.session.scalars(planned)}


def at(delegate: Delegate, slots: Collection[int]) -> list[Meeting]:
    """The meetings of a delegate at these slots, in time order."""
    theirs = select(Meeting).join(Attendance, Attendance.meeting_id == Meeting.id)
    theirs = theirs.where(
        Attendance.delegate_id == delegate.id,
        Attendance.slot_id.in_(slots),
        Meeting.state == MeetingState.SCHEDULED,
    )
    return sorted(db.session.scalars(theirs), key=lambda meeting: meeting.slot.starts_at)


def of_delegate(delegate: Delegate) -> list[Meeting]:
    """All the meetings a delegate goes to."""
    theirs = select(Meeting).join(Attendance, Attendance.meeting_id == Meeting.id)
    theirs = theirs.where(
        Attendance.delegate_id == delegate.id, Meeting.state == MeetingState.SCHEDULED
    )
    return sorted(db.session.scalars(theirs), key=lambda meeting: meeting.slot.starts_at)


def consequences(
    people: Sequence[Delegate], away: Mapping[int, Collection[int]]
) -> list[tuple[Delegate, Meeting, Delegate | None]]:
    """What new absences would cost: (who is away, the meeting, the colleague who takes it over).

    people: all delegates of a registration, by rank. away: delegate id → slot ids. The colleague is
    None for a meeting that would be freed; the same choice as `actions.freeing` makes.
    """
    planned = {one.id: of_delegate(one) for one in people}
    taken = {(one, meeting.slot_id) for one, found in planned.items() for meeting in found}
    told = []
    for one in people:
        for meeting in planned[one.id]:
            slot = meeting.slot_id
            if slot not in away.get(one.id, ()):
                continue
            free = [
                other
                for other in people
                if other.remote == one.remote
                and slot not in away.get(other.id, ())
                and (other.id, slot) not in taken
            ]
            taken |= {(free[0].id, slot)} if free else set()
            told.append((one, meeting, free[0] if free else None))
    return told


def stand_in(delegate: Delegate, slot_id: int) -> Delegate | None:
    """A colleague who is free at this slot, on site or remote like the delegate."""
    busy = select(Attendance.delegate_id).where(Attendance.slot_id == slot_id)
    away = select(Unavailability.delegate_id).where(Unavailability.slot_id == slot_id)
    free = select(Delegate).where(
        Delegate.registration_id == delegate.registration_id,
        Delegate.id != delegate.id,
        Delegate.remote == delegate.remote,
        Delegate.id.not_in(busy),
        Delegate.id.not_in(away),
    )
    return db.session.scalars(free.order_by(Delegate.rank, Delegate.id).limit(1)).first()
