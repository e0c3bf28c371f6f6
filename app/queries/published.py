# SPDX-License-Identifier: EUPL-1.2
"""The published meetings of an edition as light rows: when, where, between whom, about what."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.models.base import db
from app.models.companies import Offer, Organisation
from app.models.consortia import Consortium
from app.models.editions import Edition, Place, Slot
from app.models.meetings import Attendance, Meeting, MeetingRequest
from app.models.needs import Need
from app.models.registrations import Delegate, Registration
from app.queries import consortia
from app.rules.companies import Role
from app.rules.editions import PlaceKind
from app.rules.meetings import MeetingState

FEW = 100  # up to here meetings are named one by one; beyond, those of the whole edition are read


class Party(NamedTuple):
    """One side of a meeting."""

    registration: int
    role: Role
    name: str


class Attendee(NamedTuple):
    """A delegate who goes to a meeting."""

    delegate: int
    registration: int
    name: str
    function: str


class PublishedMeeting(NamedTuple):
    """A meeting of the published schedule; instants in UTC, place "" when it has none."""

    id: int
    uid: str
    sequence: int
    version: int
    state: MeetingState
    updated_at: datetime
    slot: int
    start: datetime
    end: datetime
    place: str
    place_kind: PlaceKind | None
    accessible: bool
    link: str
    subject: str
    asking: Party
    asked: Party
    consortium: int | None

    @property
    def takes_place(self) -> bool:
        return self.state == MeetingState.SCHEDULED

    def other_side(self, registration: int) -> Party:
        """Whom this registration meets; a member of a consortium meets the buyer."""
        if registration == self.asked.registration:
            return self.asking
        if registration == self.asking.registration or self.asking.role == Role.COMPANY:
            return self.asked
        return self.asking


def of_side(meeting: PublishedMeeting, party: Party, going: list[Attendee]) -> list[Attendee]:
    """The delegates of one side; those a buyer meets are of its consortium."""
    other = meeting.asked if party is meeting.asking else meeting.asking
    if meeting.consortium and party.role == Role.COMPANY:
        return [one for one in going if one.registration != other.registration]
    return [one for one in going if one.registration == party.registration]


def meetings(edition: Edition, *, registration: int | None = None) -> list[PublishedMeeting]:
    """The meetings, cancelled ones too, in time order; those of one registration if asked."""
    found = _meetings().where(Meeting.edition_id == edition.id)
    if registration is not None:
        ours = select(Registration.organisation_id).where(Registration.id == registration)
        found = found.where(
            or_(
                MeetingRequest.from_id == registration,
                MeetingRequest.to_id == registration,
                MeetingRequest.consortium_id.in_(consortia.joined_by(ours.scalar_subquery())),
            )
        )
    return [_meeting(row) for row in db.session.execute(found)]


def _meetings() -> Select[*tuple[Any, ...]]:
    asking, asked = aliased(Registration), aliased(Registration)
    one, other = aliased(Organisation), aliased(Organisation)
    return (
        select(
            Meeting.id, Meeting.uid, Meeting.sequence, Meeting.version, Meeting.state,
            Meeting.updated_at, Meeting.slot_id, Slot.starts_at, Slot.ends_at,
            Place.code, Place.kind, Place.accessible, Place.link,
            Need.title.label("need"), Offer.name.label("offer"),
            asking.id.label("asking"), asking.role.label("asking_role"),
            func.coalesce(func.nullif(one.brand, ""), one.name).label("asking_name"),
            asked.id.label("asked"), asked.role.label("asked_role"),
            func.coalesce(func.nullif(other.brand, ""), other.name).label("asked_name"),
            Consortium.id.label("consortium"), Consortium.name.label("consortium_name"),
        )
        .join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(asking, asking.id == MeetingRequest.from_id)
        .join(asked, asked.id == MeetingRequest.to_id)
        .join(one, one.id == asking.organisation_id)
        .join(other, other.id == asked.organisation_id)
        .outerjoin(Place, Place.id == Meeting.place_id)
        .outerjoin(Need, Need.id == MeetingRequest.need_id)
        .outerjoin(Offer, Offer.id == MeetingRequest.offer_id)
        .outerjoin(Consortium, Consortium.id == MeetingRequest.consortium_id)
        .order_by(Slot.starts_at, Place.position, Meeting.id)
    )  # fmt: skip


def _meeting(row: Row[Any]) -> PublishedMeeting:
    return PublishedMeeting(
        id=row.id,
        uid=row.uid,
        sequence=row.sequence,
        version=row.version,
        state=row.state,
        updated_at=row.updated_at,
        slot=row.slot_id,
        start=row.starts_at,
        end=row.ends_at,
        place=row.code or "",
        place_kind=row.kind,
        accessible=row.accessible is not False,
        link=row.link or "",
        subject=row.need or row.offer or "",
        asking=_party(row.asking, row.asking_role, row.asking_name, row.consortium_name),
        asked=_party(row.asked, row.asked_role, row.asked_name, row.consortium_name),
        consortium=row.consortium,
    )


def _party(registration: int, role: Role, name: str, consortium: str | None) -> Party:
    """A consortium is met under its own name."""
    return Party(registration, role, consortium if consortium and role == Role.COMPANY else name)


def attendees(edition: Edition, meetings: list[PublishedMeeting]) -> dict[int, list[Attendee]]:
    """Meeting → the delegates who go to it, the first of each side first."""
    found = (
        select(
            Attendance.meeting_id, Delegate.id, Delegate.registration_id,
            Delegate.first_name, Delegate.last_name, Delegate.function,
        )
        .join(Delegate, Delegate.id == Attendance.delegate_id)
        .join(Slot, Slot.id == Attendance.slot_id)
        .where(Slot.edition_id == edition.id)
        .order_by(Delegate.rank, Delegate.id)
    )  # fmt: skip
    if len(meetings) < FEW:
        found = found.where(Attendance.meeting_id.in_([meeting.id for meeting in meetings]))
    going: dict[int, list[Attendee]] = defaultdict(list)
    for meeting, delegate, registration, first, last, function in db.session.execute(found):
        going[meeting].append(Attendee(delegate, registration, f"{first} {last}".strip(), function))
    return going
