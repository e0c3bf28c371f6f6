# SPDX-License-Identifier: EUPL-1.2
"""Sheets of guidance, good practice and news, each version kept, and what they are about."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import Organiser, User
from app.models.base import Base, Code, Instant, Key, Prose, Word, link, status
from app.models.companies import Sector
from app.rules.guidance import SheetKind, SheetState


class Sheet(Base):
    """A page of advice that lives between editions.

    credit: in whose name it is written, when not the team's (a network, a guest). version: the one
    that everybody reads, none before the first publication.
    """

    __tablename__ = "sheet"

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    slug: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[SheetKind] = status(SheetKind, index=True)
    state: Mapped[SheetState] = status(SheetState, index=True)
    credit: Mapped[Word]
    version: Mapped[int | None]
    published_at: Mapped[Instant | None] = mapped_column(index=True)
    created_at: Mapped[Instant]

    organiser: Mapped[Organiser] = relationship(lazy="joined")

    @property
    def is_public(self) -> bool:
        return self.state == SheetState.PUBLISHED


class SheetVersion(Base):
    """The words of a sheet as they were written once: never changed, only followed by others."""

    __tablename__ = "sheet_version"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = link("sheet")
    number: Mapped[int]
    title_fr: Mapped[Word]
    summary_fr: Mapped[Prose]
    text_fr: Mapped[Prose]
    title_en: Mapped[Word]
    summary_en: Mapped[Prose]
    text_en: Mapped[Prose]
    buyer: Mapped[Word]
    contract: Mapped[Word]
    clause: Mapped[Prose]
    result: Mapped[Prose]
    search: Mapped[Prose]
    written_at: Mapped[Instant]
    written_by_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    published_at: Mapped[Instant | None]

    written_by: Mapped[User | None] = relationship()


class SheetSector(Base):
    """A trade that a sheet is about."""

    __tablename__ = "sheet_sector"
    __table_args__ = (UniqueConstraint("sheet_id", "sector_id"),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = link("sheet")
    sector_id: Mapped[int] = link("sector")

    sector: Mapped[Sector] = relationship(lazy="joined")


class SheetNeed(Base):
    """A need beside which a sheet is shown."""

    __tablename__ = "sheet_need"
    __table_args__ = (UniqueConstraint("sheet_id", "need_id"),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = link("sheet")
    need_id: Mapped[int] = link("need")


class SheetWorkshop(Base):
    """A workshop beside which a sheet is shown."""

    __tablename__ = "sheet_workshop"
    __table_args__ = (UniqueConstraint("sheet_id", "workshop_id"),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = link("sheet")
    workshop_id: Mapped[int] = link("workshop")


class SheetEdition(Base):
    """An edition on whose page a sheet is shown."""

    __tablename__ = "sheet_edition"
    __table_args__ = (UniqueConstraint("sheet_id", "edition_id"),)

    id: Mapped[Key]
    sheet_id: Mapped[int] = link("sheet")
    edition_id: Mapped[int] = link("edition")
