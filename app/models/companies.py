# SPDX-License-Identifier: EUPL-1.2
"""The directory: organisations, what companies do, what buyers are, and who speaks for them."""

from datetime import date

from sqlalchemy import JSON, BigInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import User
from app.models.base import Base, Code, Facts, Instant, Key, Prose, Word, Words, link, status
from app.rules.companies import BuyerKind, CompanyKind, Family, GeoRange, MembershipState, Role


class SectorGroup(Base):
    """A family of trades, such as green spaces or catering."""

    __tablename__ = "sector_group"

    id: Mapped[Key]
    slug: Mapped[Code] = mapped_column(unique=True)
    name_fr: Mapped[Word]
    name_en: Mapped[Word]


class Sector(Base):
    """A trade, within its family."""

    __tablename__ = "sector"

    id: Mapped[Key]
    slug: Mapped[Code] = mapped_column(unique=True)
    name_fr: Mapped[Word]
    name_en: Mapped[Word]
    group_id: Mapped[int] = link("sector_group")

    group: Mapped[SectorGroup] = relationship(lazy="joined")


class Organisation(Base):
    """A legal establishment of the directory, imported or typed, claimed or not.

    siret: 14 digits, or None for a foreign organisation, which then has a vat_number.
    search: name, brand, city and trades, folded (no accents, lower case), for the search box.
    department: its official code ("34", "2A"). lat, lon: degrees. logo: file name of the picture.
    legal_form: INSEE code of four digits, or "". family: of the SSE, None outside it or unknown.
    turnover, largest_contract: euros without tax, a year and one contract. may_group: it answers
    with others. authors: field → {"by": "person:12" or a source, "on": day}, see rules.authorship.
    """

    __tablename__ = "organisation"

    id: Mapped[Key]
    role: Mapped[Role] = status(Role, index=True)
    siret: Mapped[str | None] = mapped_column(String(14), unique=True)
    vat_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    name: Mapped[Word]
    brand: Mapped[Word]
    naf: Mapped[str] = mapped_column(String(8))
    address: Mapped[Word]
    post_code: Mapped[str] = mapped_column(String(10))
    city: Mapped[Word]
    department: Mapped[str] = mapped_column(String(3), index=True)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    website: Mapped[Word]
    description: Mapped[Prose]
    logo: Mapped[str | None] = mapped_column(String(80))
    company_kind: Mapped[CompanyKind | None] = status(CompanyKind, index=True)
    family: Mapped[Family | None] = status(Family, index=True)
    legal_form: Mapped[str] = mapped_column(String(4), server_default="")
    headcount: Mapped[int | None]
    turnover: Mapped[int | None] = mapped_column(BigInteger)
    largest_contract: Mapped[int | None] = mapped_column(BigInteger)
    may_group: Mapped[bool] = mapped_column(server_default=false())
    buyer_kind: Mapped[BuyerKind | None] = status(BuyerKind)
    is_demonstration: Mapped[bool]
    source: Mapped[Code]
    search: Mapped[Prose]
    authors: Mapped[Facts] = mapped_column(server_default="{}")
    claimed_at: Mapped[Instant | None]
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    @property
    def organisation_id(self) -> int:
        return self.id

    @property
    def display_name(self) -> str:
        return self.brand or self.name


class Membership(Base):
    """A person's right to speak for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    user_id: Mapped[int] = link("user_account")
    state: Mapped[MembershipState] = status(MembershipState)
    asked_at: Mapped[Instant]

    organisation: Mapped[Organisation] = relationship()
    user: Mapped[User] = relationship()


class Activity(Base):
    """A trade of a company: sector × types of service × how far it goes.

    presta_types: values of PrestaType. zones: codes of departments ("34") or regions ("R76"),
    when geo_range is ZONES. distance_km: from its seat, when geo_range is CUSTOM.
    """

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("organisation_id", "sector_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    sector_id: Mapped[int] = link("sector")
    presta_types: Mapped[Words]
    geo_range: Mapped[GeoRange] = status(GeoRange)
    zones: Mapped[Words]
    distance_km: Mapped[int | None]

    sector: Mapped[Sector] = relationship(lazy="joined")


class Offer(Base):
    """Something a company sells, in its own words."""

    __tablename__ = "offer"

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    name: Mapped[Word]
    description: Mapped[Prose]


class Contract(Base):
    """A public contract of a buyer, or one lot of it, that ends one day and may be a need again.

    lot: the amount as signed, which tells the lots of one contract apart ("" when nobody said it).
    amount, current_amount: euros without tax, as signed and after the last amendment; the duration
    and the expected end are those after it. social, environmental: the considerations, None where
    the buyer filled nothing. Source: DECP, arrêté of 22 December 2022.
    """

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("uid", "lot"),)

    id: Mapped[Key]
    uid: Mapped[Code]
    lot: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[int] = link("organisation")
    title: Mapped[Word]
    nature: Mapped[Word]
    procedure: Mapped[Word]
    cpv: Mapped[str] = mapped_column(String(8))
    amount: Mapped[float | None]
    current_amount: Mapped[float | None]
    notified_on: Mapped[date]
    duration_months: Mapped[int | None]
    expected_end: Mapped[date | None] = mapped_column(index=True)
    social: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    environmental: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    innovative: Mapped[bool | None]
    offers: Mapped[int | None]
    grouping: Mapped[Word]
    source: Mapped[Code]

    organisation: Mapped[Organisation] = relationship()


class ContractHolder(Base):
    """A company that holds a contract, in the directory or not.

    number: its SIRET, or what was published in its place. siren: nine digits, "" without a SIRET.
    """

    __tablename__ = "contract_holder"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: Mapped[Key]
    contract_id: Mapped[int] = link("contract")
    number: Mapped[Code]
    siren: Mapped[str] = mapped_column(String(9), index=True)
    name: Mapped[Word]

    contract: Mapped[Contract] = relationship()
