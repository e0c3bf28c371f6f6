# SPDX-License-Identifier: EUPL-1.2
"""The directory in the order of one need: coarse steps for all, the full reasons for one page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from app.models.base import db
from app.models.companies import Organisation, Sector
from app.models.needs import Need as Need
from app.queries import needs as need_queries
from app.queries.supplies import of_companies, of_needs
from app.rules.companies import CompanyKind, Role
from app.rules.directory import Facet, Wanted, places_of
from app.rules.matching import Exclusion, Match, match
from app.rules.needs import NeedState, SetAside
from app.rules.reservations import RESERVATIONS


@dataclass(frozen=True)
class Fit:
    """What speaks for each company of a page; sectors: id → sector, to name them."""

    answers: Mapping[int, Match | Exclusion | None] = field(default_factory=dict)
    sectors: Mapping[int, Sector] = field(default_factory=dict)


def needs_of(organisation: Organisation) -> list[Need]:
    """The open needs that a buyer may sort the directory by."""
    return need_queries.of_organisation(organisation, state=NeedState.PUBLISHED)


def steps(need: Need) -> list[Wanted]:
    """From the closest to the farthest: trade and place and all the rest, then one thing less."""
    sectors = need_queries.sectors(need)
    trades = {Facet.SECTORS: frozenset(sector.slug for sector in sectors)}
    families = {Facet.SECTORS: frozenset(sector.group.slug for sector in sectors)}
    departments = [places_of(zone) for zone in need.departments]
    there = {Facet.SERVED: frozenset().union(*departments)}
    rest = {Facet.SOLD: frozenset(need.presta_types), Facet.KINDS: _kinds(need)}
    chosen = (
        {**trades, **there, **rest},
        {**families, **there, **rest},
        {**trades, **there},
        {**families, **there},
        families,
    )
    return [Wanted(Role.COMPANY, values) for values in chosen]


def _kinds(need: Need) -> frozenset[str]:
    """The kinds that may answer, empty for all."""
    wanted = frozenset(need.wanted_kinds)
    if need.set_aside == SetAside.NONE:
        return wanted
    allowed = frozenset(CompanyKind(kind).value for kind in RESERVATIONS[need.set_aside].kinds)
    return (wanted & allowed) or allowed


def of_page(need: Need, organisations: Collection[Organisation]) -> Fit:
    """What speaks for each of these companies, and what is in the way; a few queries."""
    demand = of_needs([need])[need.id]
    ids = [organisation.id for organisation in organisations]
    supplies = of_companies(Organisation.id.in_(ids))
    answers = {number: match(demand, supply) for number, supply in supplies.by_id.items()}
    named = set(demand.sectors)
    named |= {trade.sector for supply in supplies.by_id.values() for trade in supply.trades}
    found = db.session.scalars(select(Sector).where(Sector.id.in_(named)))
    return Fit(answers, {sector.id: sector for sector in found})
