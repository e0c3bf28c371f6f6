# SPDX-License-Identifier: EUPL-1.2
"""How many structures of the directory could serve a purchase, or each need of a buyer."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.models import clock
from app.models.base import db
from app.models.companies import Organisation, SectorGroup
from app.models.needs import Need
from app.queries import eligibility
from app.queries import needs as need_queries
from app.queries.supplies import of_companies, of_needs
from app.rules.criteria import dependency
from app.rules.demands import Demand
from app.rules.eligibility import Buying
from app.rules.kinds import is_sse
from app.rules.market import Market
from app.rules.needs import NeedState, SetAside, band_of
from app.rules.potential import Able, Potential, potential
from app.rules.sectors import families_of_cpv

OVER = frozenset({NeedState.CLOSED, NeedState.AWARDED, NeedState.WITHDRAWN})


@dataclass(frozen=True)
class Purchase:
    """A purchase that is only thought of. family: a slug, or "" for those that the code points to.

    departments: codes. euros: the estimate, None when it is not known. cpv: 0 to 8 digits.
    """

    family: str = ""
    cpv: str = ""
    departments: tuple[str, ...] = ()
    euros: int | None = None
    months: int | None = None
    is_public: bool = True


def of(purchase: Purchase) -> Potential:
    """What could be done of one purchase; by the law of today."""
    slugs = (
        [purchase.family]
        if purchase.family
        else [one.slug for one in families_of_cpv(purchase.cpv)]
    )
    ids = select(SectorGroup.id).where(SectorGroup.slug.in_(slugs))
    demand = Demand(
        sectors={},
        families=frozenset(db.session.scalars(ids)),
        departments=purchase.departments,
        cpv=purchase.cpv,
        amount=band_of(purchase.euros),
        months=purchase.months,
    )
    buying = Buying(
        day=clock.today(), cpv=purchase.cpv, band=band_of(purchase.euros), euros=purchase.euros,
        months=purchase.months, is_public=purchase.is_public,
    )  # fmt: skip
    exact = _a_year(purchase.euros, purchase.months)
    return _of_all([(demand, buying, exact)])[0]


def of_programme(buyer: Organisation) -> list[tuple[Need, Potential]]:
    """Each need of a buyer that is not over, drafts too, the largest number of structures first."""
    needs = [one for one in need_queries.of_organisation(buyer) if one.state not in OVER]
    demands = of_needs(needs)
    asked = [
        (
            _open_to_all(demands[need.id]),
            eligibility.bought(need),
            _a_year(need.amount_exact, need.months),
        )
        for need in needs
    ]
    found = list(zip(needs, _of_all(asked), strict=True))
    return sorted(found, key=lambda pair: (-pair[1].able, pair[0].id))


def _of_all(asked: Collection[tuple[Demand, Buying, int | None]]) -> list[Potential]:
    """One reading of the companies for all purchases."""
    families = {family for demand, _, _ in asked for family in demand.all_families}
    supplies = of_companies(families=families).by_id
    inclusive = [one for one in supplies.values() if one.kind is None or is_sse(one.kind)]
    market = Market(inclusive)
    return [potential(buying, _able(demand, market, euros)) for demand, buying, euros in asked]


def _able(demand: Demand, market: Market, euros: int | None) -> list[Able]:
    """Those that reach the place and sell what is asked, with their dependency."""
    rows, _ = market.compare(demand).fitting()
    yearly = demand.euros if euros is None else euros
    found = []
    for row in rows.tolist():
        supply = market.supplies[row]
        known = yearly is not None and supply.capacity is not None
        percent = dependency(yearly, supply.capacity) if known else None  # type: ignore[arg-type]
        found.append(Able(supply.kind, percent))
    return found


def _a_year(euros: int | None, months: int | None) -> int | None:
    """What an exact estimate brings in a year."""
    if euros is None:
        return None
    return euros * 12 // months if months and months > 12 else euros


def _open_to_all(demand: Demand) -> Demand:
    """The same need without its reservation: the question is what could be reserved."""
    return replace(demand, set_aside=SetAside.NONE, kinds=frozenset())
