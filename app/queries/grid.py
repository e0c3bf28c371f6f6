# SPDX-License-Identifier: EUPL-1.2
"""What hangs on the slots and places of an edition."""

from sqlalchemy import func, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import MeetingBlock, Place, Slot
from app.models.meetings import Meeting
from app.models.registrations import Registration, Unavailability


def meetings_in(block: MeetingBlock) -> int:
    """How many meetings, cancelled ones included, stand in a slot of this block."""
    held = select(func.count(Meeting.id)).join(Slot, Slot.id == Meeting.slot_id)
    return db.session.scalar(held.where(Slot.block_id == block.id)) or 0


def absences_in(block: MeetingBlock) -> int:
    """How many times a delegate said that he is away in a slot of this block."""
    away = select(func.count(Unavailability.id)).join(Slot, Slot.id == Unavailability.slot_id)
    return db.session.scalar(away.where(Slot.block_id == block.id)) or 0


def meetings_at(place: Place) -> int:
    """How many meetings are held at this place."""
    return (
        db.session.scalar(select(func.count(Meeting.id)).where(Meeting.place_id == place.id)) or 0
    )


def at_home_at(place: Place) -> str | None:
    """The name of the organisation that always sits there, if one does."""
    guest = select(Organisation.name).join(
        Registration, Registration.organisation_id == Organisation.id
    )
    return db.session.scalar(guest.where(Registration.home_place_id == place.id).limit(1))


def home_of(registration: Registration) -> Place | None:
    """Where the participant always sits, if the team decided so."""
    number = registration.home_place_id
    return db.session.get(Place, number) if number is not None else None
