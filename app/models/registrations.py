# SPDX-License-Identifier: EUPL-1.2
"""Who comes to an edition: organisations, their delegates, and when these are away."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Code, Instant, Key, Prose, Word, link, status
from app.models.companies import Organisation
from app.models.editions import Edition, Place
from app.rules.companies import Role
from app.rules.registrations import RegistrationState


class Registration(Base):
    """An organisation at an edition; role, organiser_id and organisation_id say who may act on it.

    home_place: where it always sits, if the organiser decided so. reason: why it was refused.
    """

    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("edition_id", "organisation_id"),)

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    organiser_id: Mapped[int] = link("organiser")
    organisation_id: Mapped[int] = link("organisation")
    role: Mapped[Role] = status(Role)
    state: Mapped[RegistrationState] = status(RegistrationState, index=True)
    needs_accessible: Mapped[bool]
    max_meetings: Mapped[int | None]
    home_place_id: Mapped[int | None] = link("place", ondelete="SET NULL")
    message: Mapped[Prose]
    reason: Mapped[Prose]
    created_at: Mapped[Instant]
    decided_at: Mapped[Instant | None]

    edition: Mapped[Edition] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
    home_place: Mapped[Place | None] = relationship()


class Delegate(Base):
    """A person with a badge.

    badge_code: opaque, printed as a QR code. feed_token: the secret of the private calendar.
    remote: takes part by video. rank: 0 for the person who takes the meetings by default.
    """

    __tablename__ = "delegate"

    id: Mapped[Key]
    registration_id: Mapped[int] = link("registration")
    organisation_id: Mapped[int] = link("organisation")
    organiser_id: Mapped[int] = link("organiser")
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    first_name: Mapped[Word]
    last_name: Mapped[Word]
    function: Mapped[Word]
    email: Mapped[Word]
    phone: Mapped[str] = mapped_column(String(40))
    badge_code: Mapped[Code] = mapped_column(unique=True)
    feed_token: Mapped[Code] = mapped_column(unique=True)
    remote: Mapped[bool]
    rank: Mapped[int]

    registration: Mapped[Registration] = relationship(lazy="joined")

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Unavailability(Base):
    """A slot at which a delegate cannot meet."""

    __tablename__ = "unavailability"
    __table_args__ = (UniqueConstraint("delegate_id", "slot_id"),)

    id: Mapped[Key]
    delegate_id: Mapped[int] = link("delegate")
    slot_id: Mapped[int] = link("slot")
