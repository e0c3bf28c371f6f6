# SPDX-License-Identifier: EUPL-1.2
"""Consortia of companies that answer a contract together, and meet a buyer as one party."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from app.models.base import Base, Instant, Key, Prose, Word, link, status
from app.models.companies import Organisation
from app.rules.consortia import ConsortiumForm, MemberState


class Consortium(Base):
    """Several companies and their lead, who speaks for them (art. R2142-19 to R2142-27).

    dissolved_at: when it ended; its meetings keep its name.
    """

    __tablename__ = "consortium"

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    name: Mapped[Word]
    form: Mapped[ConsortiumForm] = status(ConsortiumForm)
    text: Mapped[Prose]
    created_at: Mapped[Instant]
    dissolved_at: Mapped[Instant | None]

    lead: Mapped[Organisation] = relationship(lazy="joined")


class ConsortiumMember(Base):
    """A company of a consortium, the lead included. share: per cent of the work, if it was said."""

    __tablename__ = "consortium_member"
    __table_args__ = (
        UniqueConstraint("consortium_id", "organisation_id"),
        CheckConstraint("share BETWEEN 1 AND 99", "share"),
        Index(
            "uq_consortium_member_lead",
            "consortium_id",
            unique=True,
            sqlite_where=text("is_lead"),
            postgresql_where=text("is_lead"),
        ),
    )

    id: Mapped[Key]
    consortium_id: Mapped[int] = link("consortium")
    organisation_id: Mapped[int] = link("organisation")
    is_lead: Mapped[bool]
    share: Mapped[int | None]
    state: Mapped[MemberState] = status(MemberState)
    asked_at: Mapped[Instant]
    answered_at: Mapped[Instant | None]

    consortium: Mapped[Consortium] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
