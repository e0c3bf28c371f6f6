# SPDX-License-Identifier: EUPL-1.2
"""Editions, their slots and their places."""

from sqlalchemy import select

from app.models import clock
from app.models.base import db
from app.models.editions import Edition, MeetingBlock, Place, Slot
from app.rules.editions import EditionState
from app.rules.errors import NotFound


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


def of_organisers(organisers: frozenset[int]) -> list[Edition]:
    """The editions of these teams, the latest first."""
    theirs = select(Edition).where(Edition.organiser_id.in_(organisers))
    return list(db.session.scalars(theirs.order_by(Edition.starts_on.desc())))


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
