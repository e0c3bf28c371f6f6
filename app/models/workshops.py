# SPDX-License-Identifier: EUPL-1.2
"""The workshops that an edition announces."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from app.models.base import Base, Instant, Key, Prose, Word, link


class Workshop(Base):
    """A workshop of an edition, as its programme announces it; English may be empty.

    text_*: Markdown. speaker: who holds it, in the words of the team.
    """

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("edition_id", "title_fr"),)

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    organiser_id: Mapped[int] = link("organiser")
    title_fr: Mapped[Word]
    title_en: Mapped[Word]
    text_fr: Mapped[Prose]
    text_en: Mapped[Prose]
    speaker: Mapped[Word]
    announced_at: Mapped[Instant]

    def said(self, part: str, language: str) -> str:
        """Its title or text: in this language if it was written in it, else in French."""
        return getattr(self, f"{part}_{language}", "") or getattr(self, f"{part}_fr")
