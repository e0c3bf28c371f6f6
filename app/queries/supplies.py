# SPDX-License-Identifier: EUPL-1.2
"""Companies and needs as `rules.matching` compares them, read as light rows in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from app.models import clock
from app.models.base import db
from app.models.companies import (
    Activity,
    Contract,
    ContractHolder,
    Organisation,
    Sector,
    SectorGroup,
)
from app.models.editions import Edition
from app.models.meetings import Meeting, MeetingRequest
from app.models.needs import Need
from app.models.registrations import Registration
from app.queries import needs as need_queries
from app.rules.companies import CompanyKind, GeoRange, Role
from app.rules.demands import Demand, Supply, Trade
from app.rules.meetings import MeetingState
from app.rules.registrations import RegistrationState
from app.rules.sectors import BY_SLUG
from app.rules.territories import reached


@dataclass(frozen=True)
class Supplies:
    """Companies to compare: id → supply; new: those without a past contract or a past meeting."""

    by_id: Mapping[int, Supply]
    new: frozenset[int]


def of_companies(
    where: ColumnElement[bool] | None = None, *, families: Collection[int] | None = None
) -> Supplies:
    """The companies of the directory, or those of them that fulfil a condition; five queries.

    families: those that trade in one of these families (ids), with these trades alone.
    """
    is_company = Organisation.role == Role.COMPANY
    condition = is_company if where is None else and_(is_company, where)
    if families is not None:
        condition = and_(condition, trading_in(families))
    trades, won = _trades(condition, families), _won(condition)
    seen = won.keys() | _met_anybody()
    rows = db.session.execute(
        select(
            Organisation.id, Organisation.company_kind, Organisation.headcount,
            Organisation.department, Organisation.lat, Organisation.lon,
            Organisation.turnover, Organisation.largest_contract,
        ).where(condition).order_by(Organisation.id)
    )  # fmt: skip
    found = {
        row.id: Supply(
            trades=tuple(trades.get(row.id, ())),
            kind=row.company_kind,
            headcount=row.headcount,
            home=row.department,
            seat=point_of(row),
            turnover=row.turnover,
            largest=row.largest_contract,
            won=tuple(won.get(row.id, ())),
            id=row.id,
        )
        for row in rows
    }
    return Supplies(found, frozenset(found.keys() - seen))


def trading_in(families: Collection[int]) -> ColumnElement[bool]:
    """Companies with an activity in one of these families of trades (ids)."""
    trading = select(Activity.organisation_id).join(Sector, Sector.id == Activity.sector_id)
    return Organisation.id.in_(trading.where(Sector.group_id.in_(families)))


def coming_to(edition: Edition, role: Role) -> Select[int]:
    """The ids of those of one bank who were approved at an edition."""
    return select(Registration.organisation_id).where(
        Registration.edition_id == edition.id,
        Registration.role == role,
        Registration.state == RegistrationState.APPROVED,
    )


def of_needs(
    needs: Collection[Need], *, refused: Mapping[int, Collection[int]] | None = None
) -> dict[int, Demand]:
    """Need id → the need as it is compared; two queries. refused: need → companies put aside.

    The seat and the past meetings of a buyer whose name is kept do not count, for anybody: a
    distance or a memory would give it away, and both sides are to see the same points.
    """
    sectors = need_queries.sectors_of(needs)
    met = met_companies({need.organisation_id for need in needs if not need.is_anonymous})
    refused = refused or {}
    return {
        need.id: Demand(
            sectors={sector.id: sector.group_id for sector in sectors.get(need.id, [])},
            departments=departments_of(need),
            set_aside=need.set_aside,
            cpv=need.cpv,
            other_cpv=tuple(need.other_cpv or ()),
            amount=need.amount_band,
            months=need.months,
            seat=None if need.is_anonymous else point_of(need.organisation),
            home="" if need.is_anonymous else need.organisation.department,
            sold=frozenset(need.presta_types or ()),
            kinds=frozenset(CompanyKind(one) for one in need.wanted_kinds or ()),
            day=need.published_on,
            met=frozenset() if need.is_anonymous else met.get(need.organisation_id, frozenset()),
            refused=frozenset(refused.get(need.id, ())),
            id=need.id,
        )
        for need in needs
    }


def met_companies(buyers: Collection[int]) -> dict[int, frozenset[int]]:
    """Buyer id → the companies it met at editions that are over."""
    found: dict[int, set[int]] = defaultdict(set)
    sides = (MeetingRequest.from_organisation_id, MeetingRequest.to_organisation_id)
    asked: Any = select(*sides)
    pairs = _past_meetings(asked).where(or_(*(side.in_(buyers) for side in sides)))
    for one, other in db.session.execute(pairs.distinct()):
        buyer, company = (one, other) if one in buyers else (other, one)
        found[buyer].add(company)
    return {buyer: frozenset(companies) for buyer, companies in found.items()}


def sectors_named(ids: Collection[int]) -> dict[int, Sector]:
    """Id → sector, to name the trades of the reasons."""
    found = db.session.scalars(select(Sector).where(Sector.id.in_(ids)))
    return {sector.id: sector for sector in found}


def _trades(
    condition: ColumnElement[bool], families: Collection[int] | None
) -> dict[int, list[Trade]]:
    """Company → its activities, in the order it said so."""
    asked = Sector.group_id.in_(families) if families is not None else true()
    rows = db.session.execute(
        select(
            Activity.organisation_id, Activity.sector_id, Activity.presta_types,
            Activity.geo_range, Activity.zones, Activity.distance_km,
            Sector.group_id, SectorGroup.slug,
        )
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .join(Sector, Sector.id == Activity.sector_id)
        .join(SectorGroup, SectorGroup.id == Sector.group_id)
        .where(condition, asked)
        .order_by(Activity.organisation_id, Activity.id)
    )  # fmt: skip
    found: dict[int, list[Trade]] = defaultdict(list)
    for company, sector, sold, geo_range, zones, km, family, slug in rows:
        codes = codes_of(slug)
        trade = Trade(sector, family, frozenset(sold), geo_range, tuple(zones), km, codes)
        found[company].append(trade)
    return found


def codes_of(family: str) -> tuple[str, ...]:
    """The CPV prefixes of a family of trades, by its slug."""
    return BY_SLUG[family].cpv if family in BY_SLUG else ()


def _won(condition: ColumnElement[bool]) -> dict[int, list[str]]:
    """Company → the CPV codes of the public contracts that it won; known by its SIREN."""
    siren = func.substr(Organisation.siret, 1, 9)
    rows = db.session.execute(
        select(Organisation.id, Contract.cpv)
        .join(ContractHolder, ContractHolder.siren == siren)
        .join(Contract, Contract.id == ContractHolder.contract_id)
        .where(condition, Organisation.siret.is_not(None))
        .distinct()
        .order_by(Organisation.id, Contract.cpv)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for company, cpv in rows:
        found[company].append(cpv)
    return dict(found)


def _met_anybody() -> set[int]:
    sides = (MeetingRequest.from_organisation_id, MeetingRequest.to_organisation_id)
    found: set[int] = set()
    for side in sides:
        found.update(db.session.scalars(_past_meetings(select(side)).distinct()))
    return found


def _past_meetings(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Meeting, Meeting.request_id == MeetingRequest.id)
        .join(Edition, Edition.id == MeetingRequest.edition_id)
        .where(Meeting.state == MeetingState.SCHEDULED, Edition.ends_on < clock.today())
    )


def departments_of(need: Need) -> tuple[str, ...]:
    """Where the work is done, by departments, whatever way the buyer said it."""
    if need.geo_range == GeoRange.ZONES:
        return tuple(need.departments)
    seat = point_of(need.organisation)
    home = need.organisation.department
    return tuple(sorted(reached(need.geo_range, km=need.distance_km, seat=seat, home=home)))


def point_of(row: Any) -> tuple[float, float] | None:
    """Latitude and longitude of a listing, where both are known."""
    return None if row.lat is None or row.lon is None else (row.lat, row.lon)
