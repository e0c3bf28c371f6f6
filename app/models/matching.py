# SPDX-License-Identifier: EUPL-1.2
"""Who is proposed to whom, what both sides made of it, and the alerts of companies."""

from datetime import date

from sqlalchemy import JSON, BigInteger, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import User
from app.models.base import Base, Code, Instant, Key, Prose, Words, link, status
from app.models.companies import Organisation
from app.models.needs import Need
from app.rules.alerts import Rhythm
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason


class NeedRanking(Base):
    """When the companies of a need were last ranked among the whole directory, and what was found.

    found: how many are proposed. aside: Exclusion → how many of the trade were put aside. It is out
    of date once the need, or any listing, has changed since `ranked_at`.
    """

    __tablename__ = "need_ranking"

    id: Mapped[Key]
    need_id: Mapped[int] = link("need", unique=True)
    ranked_at: Mapped[Instant]
    found: Mapped[int]
    aside: Mapped[dict[str, int]] = mapped_column(JSON)


class Proposal(Base):
    """A company among the best for a need, or a need among the best for a company, or both.

    score: 0 to 100. rank, company_rank: its place in the list of the need, and of the company, from
    1; None where it is not among those kept. reasons: Criterion → share of its points, 0 to 100.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("need_id", "organisation_id"),
        UniqueConstraint("need_id", "rank"),
        CheckConstraint("score BETWEEN 0 AND 100", "score"),
        CheckConstraint("rank IS NOT NULL OR company_rank IS NOT NULL", "ranked"),
    )

    id: Mapped[Key]
    need_id: Mapped[int] = link("need", index=False)
    organisation_id: Mapped[int] = link("organisation")
    score: Mapped[int]
    rank: Mapped[int | None]
    company_rank: Mapped[int | None]
    reasons: Mapped[dict[str, int]] = mapped_column(JSON)

    need: Mapped[Need] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Dismissal(Base):
    """« Not for me »: one side puts a proposal aside, and says why; it is never proposed again.

    organisation: the company. by_role: which of the two sides said so.
    """

    __tablename__ = "dismissal"
    __table_args__ = (UniqueConstraint("need_id", "organisation_id", "by_role"),)

    id: Mapped[Key]
    need_id: Mapped[int] = link("need", index=False)
    organisation_id: Mapped[int] = link("organisation")
    by_role: Mapped[Role] = status(Role)
    reason: Mapped[DismissalReason] = status(DismissalReason)
    text: Mapped[Prose]
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    said_at: Mapped[Instant]

    need: Mapped[Need] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class NeedInvitation(Base):
    """A buyer draws a company's attention to a need, once: the constraint keeps it from insisting.

    organisation: the company.
    """

    __tablename__ = "need_invitation"
    __table_args__ = (UniqueConstraint("need_id", "organisation_id"),)

    id: Mapped[Key]
    need_id: Mapped[int] = link("need", index=False)
    organisation_id: Mapped[int] = link("organisation")
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    invited_at: Mapped[Instant]

    need: Mapped[Need] = relationship()


class Alert(Base):
    """A person asks for the new needs that suit a company, in one letter a day or a week.

    families: slugs of families of trades, none meaning those of its activities. departments: where
    the need is; distance_km: or how far from the seat of the company at most. most_euros: small
    contracts only. token: the secret of the address that ends it. sent_on: the day of the last
    letter. paused_at: when it was ended, None while it runs.
    """

    __tablename__ = "need_alert"
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    user_id: Mapped[int] = link("user_account")
    families: Mapped[Words]
    departments: Mapped[Words]
    distance_km: Mapped[int | None]
    most_euros: Mapped[int | None] = mapped_column(BigInteger)
    rhythm: Mapped[Rhythm] = status(Rhythm)
    token: Mapped[Code] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    sent_on: Mapped[date | None]
    paused_at: Mapped[Instant | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    user: Mapped[User] = relationship(lazy="joined")


class AlertedNeed(Base):
    """A need that a person was told of; the constraint keeps any letter from telling it twice."""

    __tablename__ = "alerted_need"
    __table_args__ = (UniqueConstraint("user_id", "need_id"),)

    id: Mapped[Key]
    user_id: Mapped[int] = link("user_account", index=False)
    need_id: Mapped[int] = link("need")
    alert_id: Mapped[int] = link("need_alert")
    told_at: Mapped[Instant]
