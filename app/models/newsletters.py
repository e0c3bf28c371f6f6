# SPDX-License-Identifier: EUPL-1.2
"""The newsletter of a team: who asked for it, its issues, and who received which."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import Organiser
from app.models.base import Base, Code, Facts, Instant, Key, Prose, Word, Words, link, status
from app.rules.newsletters import Audience, IssueState, SubscriptionState


class Subscription(Base):
    """An address that asked for the newsletter of a team, and confirmed it by a click.

    departments: codes of those whose needs and companies it wants, none for all. code: the secret
    of its links, to confirm, to change and to leave.
    """

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("organiser_id", "email"),)

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    email: Mapped[Word]
    language: Mapped[str] = mapped_column(String(2))
    audience: Mapped[Audience] = status(Audience)
    departments: Mapped[Words]
    state: Mapped[SubscriptionState] = status(SubscriptionState, index=True)
    code: Mapped[Code] = mapped_column(unique=True)
    asked_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    left_at: Mapped[Instant | None]

    organiser: Mapped[Organiser] = relationship(lazy="joined")


class Issue(Base):
    """One newsletter: what happened between two days, and a word of the team.

    chosen: Part → ids of what it tells of. intro_*: Markdown. sent_at: when the last left.
    """

    __tablename__ = "issue"

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    title_fr: Mapped[Word]
    title_en: Mapped[Word]
    intro_fr: Mapped[Prose]
    intro_en: Mapped[Prose]
    since: Mapped[date]
    until: Mapped[date]
    chosen: Mapped[Facts]
    state: Mapped[IssueState] = status(IssueState)
    created_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]

    organiser: Mapped[Organiser] = relationship(lazy="joined")

    @property
    def is_public(self) -> bool:
        return self.state == IssueState.SENT


class IssueSending(Base):
    """One issue written to one subscriber: the database refuses a second."""

    __tablename__ = "issue_sending"
    __table_args__ = (UniqueConstraint("issue_id", "subscription_id"),)

    id: Mapped[Key]
    issue_id: Mapped[int] = link("issue")
    subscription_id: Mapped[int] = link("subscription")
    letter_id: Mapped[int | None] = link("letter", ondelete="SET NULL")
