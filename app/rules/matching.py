# SPDX-License-Identifier: EUPL-1.2
"""Why a company is proposed for a need: up to six criteria, each with its reason or its doubt.

A company of another trade is not compared at all. Among those of the trade, three things put one
aside: it does not reach the place, the contract is reserved to others, or one side already said no.
The others are ranked by the number of criteria that hold; no weight is hidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.eligibility import Nature, nature_of
from app.rules.needs import AmountBand, SetAside
from app.rules.reservations import is_sure, may_answer
from app.rules.territories import distance_km, reached

NEAR_KM = 50
# A contract should not make more than this share of the holder's turnover, or it depends on it.
# Source: « potentiel inclusif » of Le marché de l'inclusion (30 %).
SAFE_SHARE = 0.3
# Rough yearly turnover per employee of services, in euros; it only raises a doubt, never excludes.
EUROS_PER_EMPLOYEE = 45_000


class Criterion(StrEnum):
    """What is compared, in the order in which it is said."""

    SECTOR = "sector"
    TERRITORY = "territory"
    SET_ASIDE = "set_aside"
    PRESTA = "presta"
    NEAR = "near"
    SIZE = "size"


class Exclusion(StrEnum):
    """Why a company of the right trade is not proposed."""

    OUT_OF_REACH = "out_of_reach"
    NOT_ELIGIBLE = "not_eligible"
    SAID_NO = "said_no"


@dataclass(frozen=True)
class Demand:
    """A need as it is compared.

    sectors: id → id of its family. departments: codes. seat: latitude and longitude of the buyer.
    """

    sectors: Mapping[int, int]
    departments: tuple[str, ...]
    set_aside: SetAside = SetAside.NONE
    cpv: str = ""
    amount: AmountBand = AmountBand.UNKNOWN
    seat: tuple[float, float] | None = None


@dataclass(frozen=True)
class Trade:
    """One activity of a company: sector and family (ids), types of service, how far it goes."""

    sector: int
    family: int
    sold: frozenset[str]
    geo_range: GeoRange
    zones: tuple[str, ...] = ()
    km: int | None = None


@dataclass(frozen=True)
class Supply:
    """A company as it is compared; home is the department of its seat."""

    trades: tuple[Trade, ...]
    kind: CompanyKind | None = None
    headcount: int | None = None
    home: str = ""
    seat: tuple[float, float] | None = None


@dataclass(frozen=True)
class Reason:
    """One criterion that holds, or a doubt about it; facts fill its sentence."""

    criterion: Criterion
    holds: bool
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """What speaks for a pair, out of how many criteria that the need allows to compare."""

    reasons: tuple[Reason, ...]
    compared: int

    @property
    def holding(self) -> int:
        return sum(reason.holds for reason in self.reasons)

    @property
    def doubts(self) -> int:
        return len(self.reasons) - self.holding

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller, the better: many criteria first, then few doubts."""
        return -self.holding, self.doubts


def match(demand: Demand, supply: Supply) -> Match | Exclusion | None:
    """Compare a company with a need: a match, why it is put aside, or None for another trade."""
    trades = _of_the_trade(demand, supply)
    if not trades:
        return None
    trade, covered = max(
        ((one, _covered(demand, supply, one)) for one in trades),
        key=lambda pair: (len(pair[1]), pair[0].sector in demand.sectors),
    )
    if demand.departments and not covered:
        return Exclusion.OUT_OF_REACH
    if supply.kind is not None and not may_answer(demand.set_aside, supply.kind):
        return Exclusion.NOT_ELIGIBLE
    found = (
        _sector(demand, trade),
        _territory(demand, trade, covered),
        _set_aside(demand, supply),
        _presta(demand, trade),
        _near(demand, supply),
        _size(demand, supply),
    )
    return Match(tuple(reason for reason in found if reason is not None), compared(demand))


def compared(demand: Demand) -> int:
    """How many of the six criteria this need allows to compare."""
    told = (demand.departments, demand.set_aside != SetAside.NONE, wanted_type(demand.cpv))
    return 2 + sum(map(bool, told)) + (demand.amount != AmountBand.UNKNOWN)


def wanted_type(cpv: str) -> PrestaType | None:
    """Goods are made, works and services are rendered; None when the need has no CPV code."""
    nature = nature_of(cpv)
    if nature is None:
        return None
    return PrestaType.BUILD if nature == Nature.SUPPLIES else PrestaType.PREST


def best(matches: Iterable[Match | Exclusion | None]) -> Match | None:
    """The best of several matches, if there is one."""
    return min((one for one in matches if isinstance(one, Match)), key=_rank, default=None)


def _rank(one: Match) -> tuple[int, int]:
    return one.rank


def _of_the_trade(demand: Demand, supply: Supply) -> list[Trade]:
    """Its activities in a sector of the need, or else in a family of one."""
    same = [trade for trade in supply.trades if trade.sector in demand.sectors]
    families = set(demand.sectors.values())
    return same or [trade for trade in supply.trades if trade.family in families]


def _covered(demand: Demand, supply: Supply, trade: Trade) -> frozenset[str]:
    """The departments of the need that this activity reaches; a seat there counts as well."""
    there = reached(
        trade.geo_range,
        zones=trade.zones,
        km=trade.km,
        seat=supply.seat,
        home=supply.home,
        among=demand.departments,
    )
    return there | (frozenset(demand.departments) & {supply.home})


def _sector(demand: Demand, trade: Trade) -> Reason:
    return Reason(Criterion.SECTOR, trade.sector in demand.sectors, {"sector": trade.sector})


def _territory(demand: Demand, trade: Trade, covered: frozenset[str]) -> Reason | None:
    if not demand.departments:
        return None
    facts = {
        "departments": tuple(sorted(covered)),
        "asked": len(demand.departments),
        "country": trade.geo_range == GeoRange.COUNTRY,
    }
    return Reason(Criterion.TERRITORY, len(covered) == len(demand.departments), facts)


def _set_aside(demand: Demand, supply: Supply) -> Reason | None:
    if demand.set_aside == SetAside.NONE:
        return None
    holds = supply.kind is not None and is_sure(demand.set_aside, supply.kind)
    facts = {"article": demand.set_aside, "kind": supply.kind}
    return Reason(Criterion.SET_ASIDE, holds, facts)


def _presta(demand: Demand, trade: Trade) -> Reason | None:
    wanted = wanted_type(demand.cpv)
    if wanted is None:
        return None
    holds = wanted in trade.sold or (wanted == PrestaType.PREST and PrestaType.DISP in trade.sold)
    return Reason(Criterion.PRESTA, holds, {"type": wanted})


def _near(demand: Demand, supply: Supply) -> Reason | None:
    """Never a doubt: who comes from far may still come."""
    if demand.seat is not None and supply.seat is not None:
        km = round(distance_km(demand.seat, supply.seat))
        return Reason(Criterion.NEAR, True, {"km": km}) if km <= NEAR_KM else None
    if supply.home in demand.departments:
        return Reason(Criterion.NEAR, True, {"department": supply.home})
    return None


def _size(demand: Demand, supply: Supply) -> Reason | None:
    """Whether the least amount of the band is a safe share of what so many people can do."""
    if demand.amount == AmountBand.UNKNOWN or not supply.headcount:
        return None
    least = int(demand.amount.partition("-")[0])
    holds = least <= SAFE_SHARE * supply.headcount * EUROS_PER_EMPLOYEE
    return Reason(Criterion.SIZE, holds, {"headcount": supply.headcount})
