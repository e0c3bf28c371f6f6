# SPDX-License-Identifier: EUPL-1.2
"""Fairs that return, their editions, and the grid of slots and places of each."""

from datetime import date, time

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import Organiser
from app.models.base import Base, Code, Instant, Key, Prose, Word, link, status
from app.rules.editions import EditionState, Mode, PlaceKind


class Series(Base):
    """The fair that returns (Coventis), whatever becomes of one edition."""

    __tablename__ = "series"

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    slug: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Word]

    organiser: Mapped[Organiser] = relationship(lazy="joined")


class Edition(Base):
    """One occurrence of a fair: when, where, and until when one may do what.

    Deadlines are instants in UTC, None meaning none. timezone: IANA name of where it takes place.
    version: the number of the published schedule, 0 before the first.
    """

    __tablename__ = "edition"

    id: Mapped[Key]
    series_id: Mapped[int] = link("series")
    organiser_id: Mapped[int] = link("organiser")
    slug: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Word]
    theme: Mapped[Word]
    mode: Mapped[Mode] = status(Mode)
    state: Mapped[EditionState] = status(EditionState, index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    venue: Mapped[Word]
    city: Mapped[Word]
    practical: Mapped[Prose]
    timezone: Mapped[str] = mapped_column(String(40))
    registration_closes_at: Mapped[Instant | None]
    requests_close_at: Mapped[Instant | None]
    answers_close_at: Mapped[Instant | None]
    version: Mapped[int]
    is_demonstration: Mapped[bool]
    created_at: Mapped[Instant]

    series: Mapped[Series] = relationship(lazy="joined")

    @property
    def is_public(self) -> bool:
        return self.state != EditionState.DRAFT


class MeetingBlock(Base):
    """A half-day cut into slots; starts is local time at the fair."""

    __tablename__ = "meeting_block"
    __table_args__ = (
        UniqueConstraint("edition_id", "day", "starts"),
        CheckConstraint(
            "slot_minutes >= 5 AND changeover_minutes >= 0 AND slots_count >= 1", "sizes"
        ),
    )

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    name: Mapped[Word]
    day: Mapped[date]
    starts: Mapped[time]
    slot_minutes: Mapped[int]
    changeover_minutes: Mapped[int]
    slots_count: Mapped[int]


class Slot(Base):
    """One time at which everybody may meet somebody. Instants in UTC."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("edition_id", "starts_at"),)

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    block_id: Mapped[int] = link("meeting_block")
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]

    block: Mapped[MeetingBlock] = relationship(lazy="joined")


class Place(Base):
    """A table, stand, room or video room; code is what is written on it ("12", "Visio 3").

    position: its rank in the hall. link: the address of a video room.
    """

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[PlaceKind] = status(PlaceKind)
    position: Mapped[int]
    accessible: Mapped[bool]
    screen: Mapped[bool]
    link: Mapped[Word]


class PlaceClosure(Base):
    """A slot at which a place is shut (a broken screen, a leak)."""

    __tablename__ = "place_closure"
    __table_args__ = (UniqueConstraint("place_id", "slot_id"),)

    id: Mapped[Key]
    place_id: Mapped[int] = link("place")
    slot_id: Mapped[int] = link("slot")
