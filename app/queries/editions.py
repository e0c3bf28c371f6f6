# SPDX-License-Identifier: EUPL-1.2
"""Editions, their slots and their places."""

from datetime import timedelta

from sqlalchemy import select

from app.models import clock
from app.models.accounts import Organiser as Organiser
from app.models.base import db
from app.models.editions import Edition as Edition
from app.models.editions import MeetingBlock as MeetingBlock
from app.models.editions import Place as Place
from app.models.editions import Series
from app.models.editions import Slot as Slot
from app.rules.editions import BlockOfSlots, EditionState
from app.rules.errors import NotFound
from app.rules.phases import Phase, phases


def by_slug(slug: str) -> Edition:
    """The edition of this address. Errors: NotFound."""
    edition = db.session.scalar(select(Edition).where(Edition.slug == slug))
    if edition is None:
        raise NotFound
    return edition


def current() -> Edition | None:
    """The open edition that comes next, or else the last one that was."""
    is_open = select(Edition).where(Edition.state == EditionState.OPEN)
    coming = is_open.where(Edition.ends_on >= clock.today()).order_by(Edition.starts_on)
    return (
        db.session.scalars(coming.limit(1)).first()
        or db.session.scalars(is_open.order_by(Edition.starts_on.desc()).limit(1)).first()
    )


def any_there() -> bool:
    """Whether the database has an edition at all."""
    return db.session.scalar(select(Edition.id).limit(1)) is not None


def any_real() -> bool:
    """Whether the database holds an edition that is not a demonstration."""
    real = select(Edition.id).where(Edition.is_demonstration.is_(False))
    return db.session.scalar(real.limit(1)) is not None


def of_organisers(organisers: frozenset[int]) -> list[Edition]:
    """The editions of these teams, the latest first."""
    theirs = select(Edition).where(Edition.organiser_id.in_(organisers))
    return list(db.session.scalars(theirs.order_by(Edition.starts_on.desc())))


def phases_of(edition: Edition) -> list[Phase]:
    """Where this edition stands now."""
    return phases(
        registration=edition.registration_closes_at,
        requests=edition.requests_close_at,
        answers=edition.answers_close_at,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        zone=edition.timezone,
        now=clock.now(),
    )


def takes_requests(edition: Edition) -> bool:
    """Whether one may still ask for a meeting at this edition."""
    close = edition.requests_close_at
    return edition.state == EditionState.OPEN and (close is None or clock.now() <= close)


def blocks(edition: Edition) -> list[MeetingBlock]:
    """Its half-days, in time order."""
    of_edition = select(MeetingBlock).where(MeetingBlock.edition_id == edition.id)
    return list(db.session.scalars(of_edition.order_by(MeetingBlock.day, MeetingBlock.starts)))


def slots(edition: Edition) -> list[Slot]:
    """Its slots, in time order."""
    of_edition = select(Slot).where(Slot.edition_id == edition.id)
    return list(db.session.scalars(of_edition.order_by(Slot.starts_at)))


def places(edition: Edition) -> list[Place]:
    """Its places, as they stand in the hall."""
    of_edition = select(Place).where(Place.edition_id == edition.id)
    return list(db.session.scalars(of_edition.order_by(Place.position)))


def block_of(edition: Edition, number: int) -> MeetingBlock:
    """The half-day of this number, if it is one of this edition. Errors: NotFound."""
    block = db.session.get(MeetingBlock, number)
    if block is None or block.edition_id != edition.id:
        raise NotFound
    return block


def place_of(edition: Edition, number: int) -> Place:
    """The place of this number, if it is one of this edition. Errors: NotFound."""
    place = db.session.get(Place, number)
    if place is None or place.edition_id != edition.id:
        raise NotFound
    return place


def as_slots(block: MeetingBlock, *, later: timedelta = timedelta()) -> BlockOfSlots:
    """The block as the rules see it, moved by some days."""
    return BlockOfSlots(
        block.day + later,
        block.starts,
        block.slot_minutes,
        block.changeover_minutes,
        block.slots_count,
    )


def teams(organisers: frozenset[int]) -> list[Organiser]:
    """These organiser teams, by name."""
    theirs = select(Organiser).where(Organiser.id.in_(organisers))
    return list(db.session.scalars(theirs.order_by(Organiser.name)))


def series_names(organisers: frozenset[int]) -> list[str]:
    """The fairs that these teams run again and again, by name."""
    theirs = select(Series.name).where(Series.organiser_id.in_(organisers))
    return list(db.session.scalars(theirs.order_by(Series.name)))
