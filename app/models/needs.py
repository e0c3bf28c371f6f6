# SPDX-License-Identifier: EUPL-1.2
"""What buyers want to buy, or to explore."""

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from app.models.accounts import User
from app.models.base import Base, Code, Facts, Instant, Key, Prose, Word, Words, link, status
from app.models.companies import Contract, Organisation, Sector
from app.rules.companies import GeoRange
from app.rules.needs import AmountBand, InterestState, NeedKind, NeedState, SetAside


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """The database itself refuses any other word."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", column)


def _words() -> MappedColumn[list[str]]:
    return mapped_column(JSON, default=list, server_default=sql("'[]'"))


def _prose() -> MappedColumn[str]:
    return mapped_column(default="", server_default="")


class Need(Base):
    """A buyer's need; it lives in the directory and is shown at the editions its buyer attends.

    cpv: 2 to 8 digits (45 divisions at least), the main one; other_cpv: those beside it.
    geo_range: ZONES (departments: codes of where the work is done), COUNTRY, or CUSTOM (companies
    within distance_km of the buyer's seat). contract: the running contract whose end gave rise to
    it. months: how long the new one runs. amount_exact: in euros, for the buyer alone.
    answer_by, tender_on, starts_on, ends_on: until when companies show interest, when the tender is
    planned, when the work begins and ends. presta_types, wanted_kinds: PrestaType and CompanyKind
    values, none meaning any. is_anonymous: the buyer's name is kept from companies.
    organiser_id: the team that validated it or will. reason: why it was sent back. end_note: how it
    ended, for the buyer's register. published_on: the day whose law counts, none before.
    line_key, brought: of a need that came from a programme: the key of its line, and what the file
    said (attribute → value), so that a second import knows what a person typed since.
    """

    __tablename__ = "need"
    __table_args__ = (
        UniqueConstraint("organisation_id", "line_key"),
        _one_of("state", NeedState),
        _one_of("kind", NeedKind),
        _one_of("set_aside", SetAside),
        CheckConstraint("(geo_range = 'CUSTOM') = (distance_km IS NOT NULL)", "distance"),
        CheckConstraint("state <> 'submitted' OR organiser_id IS NOT NULL", "validator"),
        CheckConstraint("state <> 'sent_back' OR reason <> ''", "sent_back_reason"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    kind: Mapped[NeedKind] = status(NeedKind)
    title: Mapped[Word]
    text: Mapped[Prose]
    cpv: Mapped[str] = mapped_column(String(8))
    other_cpv: Mapped[Words] = _words()
    amount_band: Mapped[AmountBand] = status(AmountBand)
    amount_exact: Mapped[int | None] = mapped_column(BigInteger)
    months: Mapped[int | None]
    is_innovative: Mapped[bool] = mapped_column(default=False)
    is_anonymous: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    set_aside: Mapped[SetAside] = status(SetAside)
    presta_types: Mapped[Words] = _words()
    wanted_kinds: Mapped[Words] = _words()
    geo_range: Mapped[GeoRange] = status(
        GeoRange, default=GeoRange.ZONES, server_default=GeoRange.ZONES.value
    )
    departments: Mapped[Words]
    distance_km: Mapped[int | None]
    answer_by: Mapped[date | None]
    tender_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[NeedState] = status(NeedState, index=True)
    reason: Mapped[Prose] = _prose()
    end_note: Mapped[Prose] = _prose()
    submitted_at: Mapped[Instant | None]
    published_on: Mapped[date | None]
    organiser_id: Mapped[int | None] = link("organiser", ondelete="SET NULL")
    contract_id: Mapped[int | None] = link("contract", ondelete="SET NULL")
    campaign_id: Mapped[int | None] = link("campaign", ondelete="SET NULL")
    line_key: Mapped[Word | None]
    brought: Mapped[Facts] = mapped_column(JSON, default=dict, server_default=sql("'{}'"))
    search: Mapped[Prose]
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    contract: Mapped[Contract | None] = relationship()

    @property
    def is_public(self) -> bool:
        return self.state == NeedState.PUBLISHED

    @property
    def codes(self) -> list[str]:
        """Its CPV codes, the main one first."""
        return [code for code in (self.cpv, *self.other_cpv) if code]


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


class NeedInterest(Base):
    """A company says that a need interests it; the buyer answers. One per company and need.

    company: who shows interest; organisation_id: the buyer, who answers. When the buyer accepts,
    the name behind an anonymous need is told to this company.
    """

    __tablename__ = "need_interest"
    __table_args__ = (
        UniqueConstraint("need_id", "company_id"),
        _one_of("state", InterestState),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", "answered"),
    )

    id: Mapped[Key]
    need_id: Mapped[int] = link("need")
    company_id: Mapped[int] = link("organisation")
    message: Mapped[Prose]
    state: Mapped[InterestState] = status(InterestState)
    shown_at: Mapped[Instant]
    answered_at: Mapped[Instant | None]

    need: Mapped[Need] = relationship(lazy="joined")
    company: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def organisation_id(self) -> int:
        return self.need.organisation_id


class NeedAttachment(Base):
    """A file that goes with a need; it lies in the database, so that it goes when its need goes.

    name: what the person called it. media_type: found in the file itself, not in its name.
    """

    __tablename__ = "need_attachment"
    __table_args__ = (CheckConstraint("size > 0", "size"),)

    id: Mapped[Key]
    need_id: Mapped[int] = link("need")
    name: Mapped[Word]
    media_type: Mapped[Code]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[Instant]

    need: Mapped[Need] = relationship(lazy="joined")

    @property
    def is_public(self) -> bool:
        return self.need.is_public

    @property
    def organisation_id(self) -> int:
        return self.need.organisation_id

    @property
    def organiser_id(self) -> int | None:
        return self.need.organiser_id


class NeedImport(Base):
    """A purchase programme that a buyer brought: looked at, then made into drafts.

    lines: what will be written, one per need (JSON). rejected: line, column, value, key, facts.
    counts: fate → how many needs. columns: what was found → the title of its column.
    """

    __tablename__ = "need_import"
    __table_args__ = (CheckConstraint("total >= 0", "total"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    file_name: Mapped[Word]
    total: Mapped[int]
    columns: Mapped[Facts]
    lines: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    rejected: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    counts: Mapped[Facts]
    created_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
    user: Mapped[User | None] = relationship(lazy="joined")
