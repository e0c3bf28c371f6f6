# SPDX-License-Identifier: EUPL-1.2
"""The outbox: every letter that was written, posted or not."""

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Code, Instant, Key, Prose, Word, link, status
from app.rules.letters import LetterState


class Letter(Base):
    """A letter as it was written; a job posts it, and its state and errors stay readable.

    unsubscribe: for letters to many, the address where one click ends them (RFC 8058).
    """

    __tablename__ = "letter"

    id: Mapped[Key]
    kind: Mapped[Code]
    organiser_id: Mapped[int | None] = link("organiser")
    to_email: Mapped[Word]
    to_name: Mapped[Word]
    subject: Mapped[Word]
    body_text: Mapped[Prose]
    body_html: Mapped[Prose]
    unsubscribe: Mapped[Prose] = mapped_column(server_default="")
    state: Mapped[LetterState] = status(LetterState, index=True)
    attempts: Mapped[int]
    error: Mapped[Prose]
    written_at: Mapped[Instant]
    posted_at: Mapped[Instant | None]


class SuspendedAddress(Base):
    """An address that a server refused for good: letters to many leave it out.

    address: as `rules.letters.same_address` writes it. reason: what the server said.
    """

    __tablename__ = "suspended_address"

    id: Mapped[Key]
    address: Mapped[Word] = mapped_column(unique=True)
    reason: Mapped[Prose]
    suspended_at: Mapped[Instant]
