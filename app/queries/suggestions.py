# SPDX-License-Identifier: EUPL-1.2
"""Who is proposed to whom, and why: a constant number of queries, then `rules.matching`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from app.models.base import db
from app.models.companies import Activity, Organisation, Sector
from app.models.editions import Edition
from app.models.meetings import MeetingRequest
from app.models.needs import Need, NeedSector
from app.models.registrations import Registration
from app.queries import needs as need_queries
from app.rules.companies import Role
from app.rules.matching import Demand, Exclusion, Match, Supply, Trade, match
from app.rules.meetings import RequestState
from app.rules.needs import NeedState
from app.rules.registrations import RegistrationState


@dataclass(frozen=True)
class Suggestion:
    """An organisation, or a need, with what speaks for the pair; need is the one that fits best."""

    organisation: Organisation
    match: Match
    need: Need


@dataclass(frozen=True)
class Suggestions:
    """The proposed, best first; how many of the same trade were put aside, by reason.

    sectors: id → sector, to name the trades in the reasons.
    """

    found: list[Suggestion]
    aside: Counter[Exclusion]
    sectors: Mapping[int, Sector]


def companies_for(need: Need, *, edition: Edition | None = None) -> Suggestions:
    """The companies that can answer a need, those of one edition only if it is given."""
    demands = _demands([need])
    companies = _companies(_families(demands), edition)
    refusing = _said_no(need, edition)
    pairs = [
        (organisation, need, Exclusion.SAID_NO if organisation.id in refusing else None)
        for organisation in companies
    ]
    return _ranked(pairs, demands, _supplies(companies))


def needs_for(company: Organisation, *, edition: Edition | None = None) -> Suggestions:
    """The published needs that a company can answer, of the buyers of one edition if given."""
    supplies = _supplies([company])
    families = {trade.family for trade in supplies[company.id].trades}
    called_for = select(NeedSector.need_id).join(NeedSector.sector)
    found = select(Need).where(
        Need.state == NeedState.PUBLISHED,
        Need.id.in_(called_for.where(Sector.group_id.in_(families))),
    )
    if edition is not None:
        found = found.where(Need.organisation_id.in_(_coming(edition, Role.BUYER)))
    needs = list(db.session.scalars(found.order_by(Need.id)))
    ranked = _ranked([(company, need, None) for need in needs], _demands(needs), supplies)
    by_buyer = [Suggestion(one.need.organisation, one.match, one.need) for one in ranked.found]
    return Suggestions(by_buyer, ranked.aside, ranked.sectors)


def for_pair(need: Need, company: Organisation) -> Suggestions:
    """What speaks for one company and one need: one suggestion, one reason aside, or nothing."""
    return _ranked([(company, need, None)], _demands([need]), _supplies([company]))


def other_side(registration: Registration) -> Suggestions:
    """For each organisation of the other bank at this edition, what fits best, best first."""
    edition = registration.edition
    if registration.role == Role.COMPANY:
        ranked = needs_for(registration.organisation, edition=edition)
    else:
        needs = need_queries.of_organisation(registration.organisation, state=NeedState.PUBLISHED)
        demands = _demands(needs)
        companies = _companies(_families(demands), edition)
        pairs = [(company, need, None) for company in companies for need in needs]
        ranked = _ranked(pairs, demands, _supplies(companies))
    return Suggestions(_one_each(ranked.found), ranked.aside, ranked.sectors)


def _one_each(found: Iterable[Suggestion]) -> list[Suggestion]:
    best: dict[int, Suggestion] = {}
    for one in found:
        best.setdefault(one.organisation.id, one)
    return list(best.values())


def _ranked(
    pairs: Iterable[tuple[Organisation, Need, Exclusion | None]],
    demands: Mapping[int, Demand],
    supplies: Mapping[int, Supply],
) -> Suggestions:
    found: list[Suggestion] = []
    aside: Counter[Exclusion] = Counter()
    for organisation, need, refused in pairs:
        answer = match(demands[need.id], supplies[organisation.id])
        if isinstance(answer, Match) and refused is None:
            found.append(Suggestion(organisation, answer, need))
        elif answer is not None:
            aside[refused or answer] += 1  # type: ignore[index]
    found.sort(key=lambda one: (one.match.rank, one.organisation.display_name, one.need.id))
    named = {sector for demand in demands.values() for sector in demand.sectors}
    named |= {trade.sector for supply in supplies.values() for trade in supply.trades}
    return Suggestions(found, aside, _sectors(named) if found else {})


def _demands(needs: Collection[Need]) -> dict[int, Demand]:
    sectors = need_queries.sectors_of(needs)
    return {
        need.id: Demand(
            sectors={sector.id: sector.group_id for sector in sectors.get(need.id, [])},
            departments=tuple(need.departments),
            set_aside=need.set_aside,
            cpv=need.cpv,
            amount=need.amount_band,
            seat=_seat(need.organisation),
        )
        for need in needs
    }


def _supplies(companies: Collection[Organisation]) -> dict[int, Supply]:
    trades: dict[int, list[Trade]] = defaultdict(list)
    theirs = select(Activity).where(
        Activity.organisation_id.in_([company.id for company in companies])
    )
    for one in db.session.scalars(theirs.order_by(Activity.id)):
        trades[one.organisation_id].append(_trade(one))
    return {
        company.id: Supply(
            trades=tuple(trades[company.id]),
            kind=company.company_kind,
            headcount=company.headcount,
            home=company.department,
            seat=_seat(company),
        )
        for company in companies
    }


def _trade(activity: Activity) -> Trade:
    return Trade(
        sector=activity.sector_id,
        family=activity.sector.group_id,
        sold=frozenset(activity.presta_types),
        geo_range=activity.geo_range,
        zones=tuple(activity.zones),
        km=activity.distance_km,
    )


def _seat(organisation: Organisation) -> tuple[float, float] | None:
    if organisation.lat is None or organisation.lon is None:
        return None
    return organisation.lat, organisation.lon


def _families(demands: Mapping[int, Demand]) -> set[int]:
    return {family for demand in demands.values() for family in demand.sectors.values()}


def _companies(families: Collection[int], edition: Edition | None) -> list[Organisation]:
    """The companies with an activity in one of these families of trades."""
    trading = select(Activity.organisation_id).join(Activity.sector)
    found = select(Organisation).where(
        Organisation.role == Role.COMPANY,
        Organisation.id.in_(trading.where(Sector.group_id.in_(families))),
    )
    if edition is not None:
        found = found.where(Organisation.id.in_(_coming(edition, Role.COMPANY)))
    return list(db.session.scalars(found.order_by(Organisation.id)))


def _coming(edition: Edition, role: Role) -> Select[int]:
    return select(Registration.organisation_id).where(
        Registration.edition_id == edition.id,
        Registration.role == role,
        Registration.state == RegistrationState.APPROVED,
    )


def _said_no(need: Need, edition: Edition | None) -> set[int]:
    """The organisations that declined this buyer, or were declined by it, at the edition."""
    if edition is None:
        return set()
    declined = select(MeetingRequest.from_organisation_id, MeetingRequest.to_organisation_id).where(
        MeetingRequest.edition_id == edition.id,
        MeetingRequest.state == RequestState.DECLINED,
        or_(
            MeetingRequest.from_organisation_id == need.organisation_id,
            MeetingRequest.to_organisation_id == need.organisation_id,
        ),
    )
    return {one for pair in db.session.execute(declined) for one in pair} - {need.organisation_id}


def _sectors(ids: Collection[int]) -> dict[int, Sector]:
    found = db.session.scalars(select(Sector).where(Sector.id.in_(ids)))
    return {sector.id: sector for sector in found}
