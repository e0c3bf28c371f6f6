# SPDX-License-Identifier: EUPL-1.2
"""Meetings of the published schedule that are given up: their place and people are free again."""

from collections.abc import Collection

from sqlalchemy import delete, select

from app.actions import letters, links
from app.actions.base import action
from app.mail import letters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.history import remember
from app.models.meetings import Attendance, Meeting, MeetingRequest
from app.models.registrations import Delegate, Registration
from app.queries import consortia, meetings, registrations
from app.rules.meetings import MeetingState


@action
def free(
    freed: Collection[Meeting], *, by: User | None, given_up_by: Registration, tell: bool = True
) -> int:
    """Cancel meetings; the other side of each is told. Returns how many.

    The sequence grows, so that calendars take the meeting away (RFC 5545 §3.8.7.4).
    """
    for meeting in freed:
        meeting.state, meeting.place_id = MeetingState.CANCELLED, None
        meeting.sequence += 1
        meeting.updated_at = clock.now()
        db.session.execute(delete(Attendance).where(Attendance.meeting_id == meeting.id))
        remember(by, "meeting.freed", meeting, by_registration=given_up_by.id)
    if tell:
        _tell_partners(freed, given_up_by)
    return len(freed)


@action
def stand_in_or_free(delegate: Delegate, slots: Collection[int], *, by: User | None) -> int:
    """Give a delegate's meetings at these slots to colleagues who are free; free the others.

    Returns how many were freed.
    """
    freed = []
    for meeting in meetings.at(delegate, slots):
        colleague = meetings.stand_in(delegate, meeting.slot_id)
        if colleague is None and _is_side(meeting.request, delegate.registration):
            freed.append(meeting)
            continue
        db.session.execute(
            delete(Attendance).where(
                Attendance.meeting_id == meeting.id, Attendance.delegate_id == delegate.id
            )
        )
        if colleague is None:  # a consortium meets its buyer without this member
            continue
        db.session.add(
            Attendance(meeting_id=meeting.id, delegate_id=colleague.id, slot_id=meeting.slot_id)
        )
        db.session.flush()
    return free(freed, by=by, given_up_by=delegate.registration)


@action
def step_out(registration: Registration) -> None:
    """Its people leave the meetings of consortia, which take place without them."""
    theirs = select(Delegate.id).where(Delegate.registration_id == registration.id)
    db.session.execute(delete(Attendance).where(Attendance.delegate_id.in_(theirs)))


def _is_side(request: MeetingRequest, registration: Registration) -> bool:
    return registration.id in (request.from_id, request.to_id)


def _others(
    request: MeetingRequest, given_up_by: Registration, companions: dict[int, list[int]]
) -> list[Registration]:
    """All who would have been there but for this registration, members of a consortium included."""
    numbers = [request.from_id, request.to_id, *companions.get(request.consortium_id or 0, ())]
    return registrations.these([one for one in numbers if one != given_up_by.id])


def _tell_partners(freed: Collection[Meeting], given_up_by: Registration) -> None:
    companions = consortia.companions(given_up_by.edition) if freed else {}
    pairs = [
        (meeting, partner)
        for meeting in freed
        for partner in _others(meeting.request, given_up_by, companions)
    ]
    readers = registrations.readers({partner for _, partner in pairs})
    for meeting, partner in pairs:
        for reader in readers.get(partner.id, []):
            written = mail.meeting_freed(
                language=reader.language,
                name=reader.name,
                other=meeting.request.name_of(given_up_by),
                edition=partner.edition.name,
                starts_at=meeting.slot.starts_at,
                zone=partner.edition.timezone,
                link=links.page("member.requests.inbox", registration=partner.id),
            )
            letters.put(
                written, to=reader.email, name=reader.name, organiser_id=partner.organiser_id
            )
