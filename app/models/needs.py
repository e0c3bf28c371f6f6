# SPDX-License-Identifier: EUPL-1.2
"""What buyers want to buy, or to explore."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Code, Instant, Key, Prose, Word, Words, link, status
from app.models.companies import Contract, Organisation, Sector
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside


class Need(Base):
    """A buyer's need; it lives in the directory and is shown at the editions its buyer attends.

    cpv: 2 to 8 digits (45 divisions at least). departments: codes of where the work is done.
    contract: the running contract whose end gave rise to it. months: how long the new one runs.
    amount_exact: in euros, for the buyer alone. published_on: the day whose law counts, none while
    it is a draft.
    """

    __tablename__ = "need"

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    kind: Mapped[NeedKind] = status(NeedKind)
    title: Mapped[Word]
    text: Mapped[Prose]
    cpv: Mapped[str] = mapped_column(String(8))
    amount_band: Mapped[AmountBand] = status(AmountBand)
    amount_exact: Mapped[int | None] = mapped_column(BigInteger)
    months: Mapped[int | None]
    is_innovative: Mapped[bool] = mapped_column(default=False)
    set_aside: Mapped[SetAside] = status(SetAside)
    departments: Mapped[Words]
    starts_on: Mapped[date | None]
    state: Mapped[NeedState] = status(NeedState, index=True)
    published_on: Mapped[date | None]
    contract_id: Mapped[int | None] = link("contract", ondelete="SET NULL")
    search: Mapped[Prose]
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    contract: Mapped[Contract | None] = relationship()

    @property
    def is_public(self) -> bool:
        return self.state == NeedState.PUBLISHED


class NeedSector(Base):
    """A trade that a need calls for."""

    __tablename__ = "need_sector"
    __table_args__ = (UniqueConstraint("need_id", "sector_id"),)

    id: Mapped[Key]
    need_id: Mapped[int] = link("need")
    sector_id: Mapped[int] = link("sector")

    sector: Mapped[Sector] = relationship(lazy="joined")


class NeedQuestion(Base):
    """A company's question about a need, and the buyer's answer: everybody reads both.

    asked_by: who asked, told to nobody, so that no company shows its hand (R2111-1).
    """

    __tablename__ = "need_question"
    __table_args__ = (CheckConstraint("(answer = '') = (answered_at IS NULL)", "answered"),)

    id: Mapped[Key]
    need_id: Mapped[int] = link("need")
    asked_by_id: Mapped[int] = link("organisation")
    text: Mapped[Prose]
    asked_at: Mapped[Instant]
    answer: Mapped[Prose]
    answered_at: Mapped[Instant | None]

    need: Mapped[Need] = relationship(lazy="joined")

    @property
    def is_public(self) -> bool:
        return self.need.is_public

    @property
    def organisation_id(self) -> int:
        """The buyer, who answers."""
        return self.need.organisation_id


class NeedClause(Base):
    """A clause planned for a need: a copy, which a later version of the library leaves as it is."""

    __tablename__ = "need_clause"
    __table_args__ = (UniqueConstraint("need_id", "code"),)

    id: Mapped[Key]
    need_id: Mapped[int] = link("need")
    code: Mapped[Code]
    version: Mapped[int]
    title_fr: Mapped[Word]
    title_en: Mapped[Word]
    article: Mapped[Code]
    text: Mapped[Prose]
    taken_at: Mapped[Instant]
