# SPDX-License-Identifier: EUPL-1.2
"""The other establishments of a buyer, whose contracts are its own."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Instant, Key, Word, link


class Establishment(Base):
    """Another SIRET of a buyer, as an organiser confirmed: never guessed and kept in silence."""

    __tablename__ = "establishment"

    id: Mapped[Key]
    siret: Mapped[str] = mapped_column(String(14), unique=True)
    organisation_id: Mapped[int] = link("organisation")
    name: Mapped[Word]
    said_at: Mapped[Instant]
