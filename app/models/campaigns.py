# SPDX-License-Identifier: EUPL-1.2
"""The yearly census of needs: which buyers were asked, when, and what they answered."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from app.models.base import Base, Instant, Key, Prose, Word, link
from app.models.companies import Organisation
from app.models.editions import Edition


class Campaign(Base):
    """A team asks buyers for what they will buy; closed_at: when nothing more was expected.

    answer_by: the last day on which buyers answer. year: whose purchases it is about.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("organiser_id", "name"),
        CheckConstraint("year BETWEEN 2000 AND 2100", "year"),
    )

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    organiser_id: Mapped[int] = link("organiser")
    name: Mapped[Word]
    year: Mapped[int]
    answer_by: Mapped[date]
    message: Mapped[Prose]
    job_id: Mapped[int | None] = link("job", ondelete="SET NULL")
    opened_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]

    edition: Mapped[Edition] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class CampaignBuyer(Base):
    """A buyer that a campaign asks. written_at: of the last letter, whether first or reminder.

    nothing_at: when it answered that it buys nothing this year; its needs tell the rest.
    """

    __tablename__ = "campaign_buyer"
    __table_args__ = (
        UniqueConstraint("campaign_id", "organisation_id"),
        CheckConstraint("letters >= 0 AND (letters = 0) = (written_at IS NULL)", "letters"),
    )

    id: Mapped[Key]
    campaign_id: Mapped[int] = link("campaign")
    organisation_id: Mapped[int] = link("organisation")
    letters: Mapped[int]
    written_at: Mapped[Instant | None]
    nothing_at: Mapped[Instant | None]

    campaign: Mapped[Campaign] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
