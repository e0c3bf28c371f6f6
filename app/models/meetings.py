# SPDX-License-Identifier: EUPL-1.2
"""Requests for meetings, and the meetings that a published schedule makes of them."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Instant, Key, Prose, link, status
from app.models.companies import Offer
from app.models.consortia import Consortium
from app.models.editions import Place, Slot
from app.models.needs import Need
from app.models.registrations import Delegate, Registration
from app.rules.companies import Role
from app.rules.meetings import DeclineReason, MeetingState, Motive, RequestState


class MeetingRequest(Base):
    """One side asks the other; a pair has one open request at a time, and it blocks no slot.

    pair: "low-high" of the two registrations, and the consortium if there is one. consortium: the
    companies that meet as one party; the registration of its lead stands for it. priority and
    answer_priority: 1 (first choice) to 5.
    """

    __tablename__ = "meeting_request"
    __table_args__ = (
        CheckConstraint(
            "priority BETWEEN 1 AND 5 AND answer_priority BETWEEN 1 AND 5", "priorities"
        ),
        Index(
            "uq_meeting_request_open_pair",
            "edition_id",
            "pair",
            unique=True,
            sqlite_where=text("state IN ('pending', 'accepted')"),
            postgresql_where=text("state IN ('pending', 'accepted')"),
        ),
    )

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    organiser_id: Mapped[int] = link("organiser")
    pair: Mapped[str] = mapped_column(String(40))
    from_id: Mapped[int] = link("registration")
    to_id: Mapped[int] = link("registration")
    from_organisation_id: Mapped[int] = link("organisation")
    to_organisation_id: Mapped[int] = link("organisation")
    need_id: Mapped[int | None] = link("need", ondelete="SET NULL")
    offer_id: Mapped[int | None] = link("offer", ondelete="SET NULL")
    consortium_id: Mapped[int | None] = link("consortium", ondelete="SET NULL")
    motive: Mapped[Motive] = status(Motive, server_default=Motive.BUSINESS.value)
    message: Mapped[Prose]
    priority: Mapped[int]
    answer_priority: Mapped[int]
    state: Mapped[RequestState] = status(RequestState, index=True)
    decline_reason: Mapped[DeclineReason | None] = status(DeclineReason)
    answer: Mapped[Prose]
    created_at: Mapped[Instant]
    answered_at: Mapped[Instant | None]

    asking: Mapped[Registration] = relationship(foreign_keys=[from_id], lazy="joined")
    asked: Mapped[Registration] = relationship(foreign_keys=[to_id], lazy="joined")
    need: Mapped[Need | None] = relationship(lazy="joined")
    offer: Mapped[Offer | None] = relationship(lazy="joined")
    consortium: Mapped[Consortium | None] = relationship(lazy="joined")

    def name_of(self, side: Registration) -> str:
        """How this side is called here: a consortium by its own name, not by its lead's."""
        if self.consortium is not None and side.role == Role.COMPANY:
            return self.consortium.name
        return side.organisation.display_name

    @property
    def asking_name(self) -> str:
        return self.name_of(self.asking)

    @property
    def asked_name(self) -> str:
        return self.name_of(self.asked)


def pair_of(one: Registration, other: Registration, consortium: Consortium | None = None) -> str:
    """The same text whichever of the two asks; a consortium is another party than its lead."""
    low, high = sorted((one.id, other.id))
    return f"{low}-{high}" + (f"-c{consortium.id}" if consortium else "")


class Meeting(Base):
    """A request that has its slot and its place in the published schedule.

    uid and sequence: identity and change counter in calendars (RFC 5545 §3.8.4.7, §3.8.7.4).
    A cancelled meeting keeps its slot for the calendar, but holds neither place nor people.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("place_id", "slot_id"),)

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    request_id: Mapped[int] = link("meeting_request", unique=True)
    slot_id: Mapped[int] = link("slot")
    place_id: Mapped[int | None] = link("place")
    state: Mapped[MeetingState] = status(MeetingState)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    sequence: Mapped[int]
    version: Mapped[int]
    updated_at: Mapped[Instant]

    request: Mapped[MeetingRequest] = relationship(lazy="joined")
    slot: Mapped[Slot] = relationship(lazy="joined")
    place: Mapped[Place | None] = relationship(lazy="joined")


class Attendance(Base):
    """A delegate at a meeting; the constraint keeps a person out of two places at once."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("delegate_id", "slot_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = link("meeting")
    delegate_id: Mapped[int] = link("delegate")
    slot_id: Mapped[int] = link("slot")

    delegate: Mapped[Delegate] = relationship(lazy="joined")
