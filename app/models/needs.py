# SPDX-License-Identifier: EUPL-1.2
"""What buyers want to buy, or to explore."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Instant, Key, Prose, Word, Words, link, status
from app.models.companies import Contract, Organisation, Sector
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside


class Need(Base):
    """A buyer's need; it lives in the directory and is shown at the editions its buyer attends.

    cpv: 2 to 8 digits (45 divisions at least). departments: codes of where the work is done.
    contract: the running contract whose end gave rise to it.
    """

    __tablename__ = "need"

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    kind: Mapped[NeedKind] = status(NeedKind)
    title: Mapped[Word]
    text: Mapped[Prose]
    cpv: Mapped[str] = mapped_column(String(8))
    amount_band: Mapped[AmountBand] = status(AmountBand)
    set_aside: Mapped[SetAside] = status(SetAside)
    departments: Mapped[Words]
    starts_on: Mapped[date | None]
    state: Mapped[NeedState] = status(NeedState, index=True)
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
