# SPDX-License-Identifier: EUPL-1.2
"""The buyers that suit a company: by their open needs, and by contracts that will soon end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.models import clock
from app.models.base import db
from app.models.companies import Activity, Contract, Organisation, Sector, SectorGroup
from app.models.needs import Need
from app.queries import suggestions
from app.queries.supplies import codes_of, met_companies, of_companies, point_of, sectors_named
from app.rules.decp import months_after
from app.rules.demands import Demand
from app.rules.matching import Match, match
from app.rules.needs import band_of
from app.rules.ranking import month_of, turn_of

MONTHS_AHEAD = 18
MOST_CONTRACTS = 500


@dataclass
class Prospect:
    """A buyer, what speaks best for it, and what that is: an open need, or contracts that end.

    contracts: those of the company's trades that end within 18 months, the first to end first.
    """

    organisation: Organisation
    match: Match
    need: Need | None = None
    contracts: list[Contract] = field(default_factory=list)

    @property
    def score(self) -> int:
        return self.match.score

    @property
    def euros(self) -> float:
        """Without tax, of all its contracts that end."""
        return sum(one.current_amount or 0.0 for one in self.contracts)


@dataclass(frozen=True)
class Prospects:
    """Buyers, best first. sectors: id → sector, to name the trades in the reasons."""

    found: list[Prospect]
    sectors: Mapping[int, Sector]


def for_company(company: Organisation) -> Prospects:
    """The buyers that a company could serve, each once, by what fits best.

    A contract that ends is compared as a need of its buyer would be: by its code, its amount, and
    the department of the buyer. A need whose buyer keeps its name brings nobody here.
    """
    needs = suggestions.needs_for(company, named_only=True)
    found: dict[int, Prospect] = {}
    for one in needs.found:
        found.setdefault(one.organisation.id, Prospect(one.organisation, one.match, one.need))
    for contract, matched in _ending(company):
        buyer = found.get(contract.organisation_id)
        if buyer is None:
            buyer = Prospect(contract.organisation, matched)
            found[contract.organisation_id] = buyer
        elif buyer.need is None and matched.score > buyer.score:
            buyer.match = matched
        buyer.contracts.append(contract)
    month = month_of(clock.today())
    order = sorted(
        found.values(),
        key=lambda one: (-one.score, turn_of(one.organisation.id, company.id, month)),
    )
    return Prospects(order, {**needs.sectors, **sectors_named(_sectors(order))})


def _ending(company: Organisation) -> Iterable[tuple[Contract, Match]]:
    """The contracts of its trades that end soon and that it could serve, and what speaks for it."""
    families = _families(company)
    supply = of_companies(Organisation.id == company.id).by_id[company.id]
    contracts = _contracts([code for codes in families.values() for code in codes])
    met = met_companies({one.organisation_id for one in contracts})
    for contract in contracts:
        called_for = {
            family
            for family, codes in families.items()
            if any(contract.cpv.startswith(code) for code in codes)
        }
        buyer = contract.organisation
        demand = Demand(
            sectors={},
            families=frozenset(called_for),
            departments=(buyer.department,) if buyer.department else (),
            cpv=contract.cpv,
            amount=band_of(contract.current_amount),
            months=contract.duration_months,
            seat=point_of(buyer),
            home=buyer.department,
            met=met.get(buyer.id, frozenset()),
        )
        found = match(demand, supply)
        if isinstance(found, Match):
            yield contract, found


def _families(company: Organisation) -> dict[int, tuple[str, ...]]:
    """Family of its trades → its CPV prefixes."""
    own = (
        select(SectorGroup.id, SectorGroup.slug)
        .join(Sector, Sector.group_id == SectorGroup.id)
        .join(Activity, Activity.sector_id == Sector.id)
        .where(Activity.organisation_id == company.id)
        .distinct()
    )
    return {key: codes_of(slug) for key, slug in db.session.execute(own)}


def _contracts(codes: list[str]) -> list[Contract]:
    if not codes:
        return []
    today = clock.today()
    ending = (
        select(Contract)
        .where(
            Contract.expected_end.between(today, months_after(today, MONTHS_AHEAD)),
            or_(*(Contract.cpv.startswith(code) for code in codes)),
        )
        .options(joinedload(Contract.organisation))
        .order_by(Contract.expected_end, Contract.id)
        .limit(MOST_CONTRACTS)
    )
    return list(db.session.scalars(ending))


def _sectors(found: Iterable[Prospect]) -> set[int]:
    return {int(str(one.match.reasons[0].facts["sector"])) for one in found}
