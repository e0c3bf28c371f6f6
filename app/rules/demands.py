# SPDX-License-Identifier: EUPL-1.2
"""A need and a company as they are compared, with what is reckoned once for all their pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.criteria import WEIGHTS, Criterion, capacity_of, euros_a_year, significant
from app.rules.eligibility import Nature, nature_of
from app.rules.needs import AmountBand, SetAside
from app.rules.territories import mask_of, on_sphere, reach_mask

Point = tuple[float, float]


@dataclass(frozen=True)
class Demand:
    """A need as it is compared.

    sectors: id → id of its family; families: more families, for a contract known by its code only.
    departments: codes of departments or regions. seat: latitude and longitude of the buyer, None
    when its name is kept. sold, kinds: all that is wanted, empty for anything. day: whose law
    counts. met, refused: ids of companies met at earlier editions, and put aside by either side.
    """

    sectors: Mapping[int, int]
    departments: tuple[str, ...]
    set_aside: SetAside = SetAside.NONE
    cpv: str = ""
    other_cpv: tuple[str, ...] = ()
    amount: AmountBand = AmountBand.UNKNOWN
    months: int | None = None
    seat: Point | None = None
    home: str = ""
    sold: frozenset[str] = frozenset()
    kinds: frozenset[CompanyKind] = frozenset()
    day: date | None = None
    families: frozenset[int] = frozenset()
    met: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    id: int = 0

    @cached_property
    def all_families(self) -> frozenset[int]:
        return self.families | frozenset(self.sectors.values())

    @cached_property
    def mask(self) -> int:
        """Its departments, one bit each."""
        return mask_of(self.departments)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """What tells its CPV codes apart, the main one first."""
        return tuple(significant(code) for code in (self.cpv, *self.other_cpv) if code)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The types of service that answer it: those it asks for, or those its code calls for."""
        return self.sold or types_of(self.cpv)

    @cached_property
    def euros(self) -> int | None:
        """The least it brings in a year."""
        return euros_a_year(self.amount, self.months)

    @cached_property
    def point(self) -> tuple[float, float, float] | None:
        return on_sphere(self.seat) if self.seat else None

    @cached_property
    def possible(self) -> int:
        """The sum of the weights that can be compared."""
        return sum(WEIGHTS[one] for one in criteria_of(self))


@dataclass(frozen=True)
class Trade:
    """One activity of a company: sector and family (ids), types of service, how far it goes.

    codes: the CPV prefixes of its family.
    """

    sector: int
    family: int
    sold: frozenset[str]
    geo_range: GeoRange
    zones: tuple[str, ...] = ()
    km: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Supply:
    """A company as it is compared; home is the department of its seat.

    turnover, largest: euros a year, and of the largest contract it did. won: the CPV codes of the
    public contracts that it won.
    """

    trades: tuple[Trade, ...]
    kind: CompanyKind | None = None
    headcount: int | None = None
    home: str = ""
    seat: Point | None = None
    turnover: int | None = None
    largest: int | None = None
    won: tuple[str, ...] = ()
    id: int = 0

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """What each of its trades reaches; the department of the seat is always reached."""
        here = mask_of((self.home,))
        return tuple(
            here
            | reach_mask(one.geo_range, zones=one.zones, km=one.km, seat=self.seat, home=self.home)
            for one in self.trades
        )

    @cached_property
    def point(self) -> tuple[float, float, float] | None:
        return on_sphere(self.seat) if self.seat else None

    @cached_property
    def capacity(self) -> int | None:
        return capacity_of(self.turnover, self.headcount)

    @cached_property
    def codes_won(self) -> tuple[str, ...]:
        return tuple(significant(code) for code in self.won)


def criteria_of(demand: Demand) -> tuple[Criterion, ...]:
    """The criteria that this need allows to compare."""
    told = {
        Criterion.SECTOR: True,
        Criterion.TERRITORY: bool(demand.mask),
        Criterion.SET_ASIDE: demand.set_aside != SetAside.NONE,
        Criterion.CPV: bool(demand.codes),
        Criterion.PRESTA: bool(demand.wanted),
        Criterion.NEAR: bool(demand.mask) or demand.point is not None,
        Criterion.SIZE: demand.euros is not None,
        Criterion.NOVELTY: True,
    }
    return tuple(one for one in Criterion if told[one])


def types_of(cpv: str) -> frozenset[str]:
    """Goods are made; works and services are rendered, or done by staff lent; {} without a code."""
    nature = nature_of(cpv)
    if nature is None:
        return frozenset()
    if nature == Nature.SUPPLIES:
        return frozenset({PrestaType.BUILD.value})
    return frozenset({PrestaType.PREST.value, PrestaType.DISP.value})
