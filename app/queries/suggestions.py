# SPDX-License-Identifier: EUPL-1.2
"""Who is proposed to whom, and why: a constant number of queries, then `rules.matching`."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from app.models import clock
from app.models.base import db
from app.models.companies import Activity, Organisation, Sector
from app.models.editions import Edition
from app.models.meetings import MeetingRequest
from app.models.needs import Need, NeedSector
from app.models.registrations import Registration
from app.queries import dismissals, rankings
from app.queries import needs as need_queries
from app.queries.supplies import (
    Supplies,
    coming_to,
    of_companies,
    of_needs,
    sectors_named,
)
from app.rules.companies import Role
from app.rules.demands import Demand
from app.rules.matching import Exclusion, Match, match
from app.rules.meetings import RequestState
from app.rules.needs import NeedState
from app.rules.ranking import Runner, companies_in_order, month_of, needs_in_order


@dataclass(frozen=True)
class Suggestion:
    """An organisation, or a need, with what speaks for the pair; need is the one that fits best."""

    organisation: Organisation
    match: Match
    need: Need
    is_new: bool = False


@dataclass(frozen=True)
class Suggestions:
    """The proposed, best first; how many of the same trade were put aside, by reason.

    sectors: id → sector, to name the trades in the reasons. total: how many are proposed in all.
    """

    found: list[Suggestion]
    aside: Counter[Exclusion]
    sectors: Mapping[int, Sector]
    total: int


def companies_for(
    need: Need, *, edition: Edition | None = None, most: int | None = None
) -> Suggestions:
    """The companies that can answer a need, those of one edition only if it is given.

    most: how many are shown; a ranking of the directory that was kept and still holds then spares
    comparing everybody again.
    """
    refused = dismissals.refused([need.id])
    refused[need.id] |= _declined(need, edition)
    demand = of_needs([need], refused=refused)[need.id]
    kept = rankings.kept(need) if most is not None and edition is None else None
    if kept is not None and (most or 0) <= len(kept.companies) - len(refused[need.id]):
        return _as_kept(need, demand, kept, most or 0)
    coming = None if edition is None else Organisation.id.in_(coming_to(edition, Role.COMPANY))
    supplies = of_companies(coming, families=demand.all_families)
    return _ranked(need, demand, supplies, most)


def needs_for(
    company: Organisation, *, edition: Edition | None = None, named_only: bool = False
) -> Suggestions:
    """The open needs that a company can answer, of the buyers of one edition if given.

    named_only: leave out those whose buyer is kept from this company.
    """
    needs = _needs_of_its_trades(company, edition)
    if named_only:
        told = need_queries.told([company.id])
        needs = [need for need in needs if not need.is_anonymous or need.id in told]
    by_id = {need.id: need for need in needs}
    demands = of_needs(needs, refused=dismissals.refused(by_id))
    supply = of_companies(Organisation.id == company.id).by_id[company.id]
    matches, aside = _sorted_out((key, match(demand, supply)) for key, demand in demands.items())
    runners = [Runner(key, one.score) for key, one in matches.items()]
    order = needs_in_order(runners, company=company.id, month=month_of(clock.today()))
    found = [
        Suggestion(by_id[one.id].organisation, matches[one.id], by_id[one.id]) for one in order
    ]
    return Suggestions(found, aside, _named(found, demands.values()), len(found))


def for_pair(need: Need, company: Organisation) -> Suggestions:
    """What speaks for one company and one need: one suggestion, one reason aside, or nothing."""
    return _ranked(need, of_needs([need])[need.id], of_companies(Organisation.id == company.id))


def other_side(registration: Registration) -> Suggestions:
    """For each organisation of the other bank at this edition, what fits best, best first."""
    edition = registration.edition
    if registration.role == Role.COMPANY:
        ranked = needs_for(registration.organisation, edition=edition, named_only=True)
        found = _one_each(ranked.found)
        return Suggestions(found, ranked.aside, ranked.sectors, len(found))
    needs = need_queries.of_organisation(registration.organisation, state=NeedState.PUBLISHED)
    demands = of_needs(needs, refused=dismissals.refused([need.id for need in needs]))
    families = {family for demand in demands.values() for family in demand.all_families}
    coming = Organisation.id.in_(coming_to(edition, Role.COMPANY))
    supplies = of_companies(coming, families=families)
    each = [_ranked(need, demands[need.id], supplies) for need in needs]
    together = [one for ranked in each for one in ranked.found]
    together.sort(key=lambda one: -one.match.score)
    found = _one_each(together)
    aside = sum((ranked.aside for ranked in each), Counter())
    named = {key: one for ranked in each for key, one in ranked.sectors.items()}
    return Suggestions(found, aside, named, len(found))


def _one_each(found: Iterable[Suggestion]) -> list[Suggestion]:
    best: dict[int, Suggestion] = {}
    for one in found:
        best.setdefault(one.organisation.id, one)
    return list(best.values())


def _ranked(need: Need, demand: Demand, supplies: Supplies, most: int | None = None) -> Suggestions:
    answers = ((key, match(demand, supply)) for key, supply in supplies.by_id.items())
    matches, aside = _sorted_out(answers)
    runners = [Runner(key, one.score, key in supplies.new) for key, one in matches.items()]
    order = companies_in_order(runners, need=need.id, month=month_of(clock.today()))
    found = _with_names(need, order[:most], matches)
    return Suggestions(found, aside, _named(found, [demand]), len(order))


def _as_kept(need: Need, demand: Demand, kept: rankings.Kept, most: int) -> Suggestions:
    """The first places as they were ranked, compared again for the words of their reasons."""
    supplies = of_companies(Organisation.id.in_(kept.companies))
    matches, _ = _sorted_out((key, match(demand, one)) for key, one in supplies.by_id.items())
    order = [
        Runner(key, matches[key].score, key in supplies.new)
        for key in kept.companies
        if key in matches
    ]
    found = _with_names(need, order[:most], matches)
    aside = Counter({Exclusion(reason): count for reason, count in kept.aside.items()})
    return Suggestions(found, aside, _named(found, [demand]), kept.found)


def _sorted_out(
    answers: Iterable[tuple[int, Match | Exclusion | None]],
) -> tuple[dict[int, Match], Counter[Exclusion]]:
    """Those that are proposed, and how many are put aside, by reason."""
    matches: dict[int, Match] = {}
    aside: Counter[Exclusion] = Counter()
    for key, answer in answers:
        if isinstance(answer, Match):
            matches[key] = answer
        elif answer is not None:
            aside[answer] += 1
    return matches, aside


def _with_names(
    need: Need, order: Collection[Runner], matches: Mapping[int, Match]
) -> list[Suggestion]:
    listed = select(Organisation).where(Organisation.id.in_([one.id for one in order]))
    by_id = {one.id: one for one in db.session.scalars(listed)}
    return [Suggestion(by_id[one.id], matches[one.id], need, one.is_new) for one in order]


def _named(found: Collection[Suggestion], demands: Iterable[Demand]) -> dict[int, Sector]:
    if not found:
        return {}
    named = {sector for demand in demands for sector in demand.sectors}
    for one in found:
        named |= {int(str(part.facts["sector"])) for part in one.match.reasons[:1]}
    return sectors_named(named)


def _needs_of_its_trades(company: Organisation, edition: Edition | None) -> list[Need]:
    own = select(Sector.group_id).join(Activity, Activity.sector_id == Sector.id)
    called_for = select(NeedSector.need_id).join(NeedSector.sector)
    families = own.where(Activity.organisation_id == company.id)
    found = rankings.open_needs().where(
        Need.id.in_(called_for.where(Sector.group_id.in_(families)))
    )
    if edition is not None:
        found = found.where(Need.organisation_id.in_(coming_to(edition, Role.BUYER)))
    return list(db.session.scalars(found.order_by(Need.id)))


def _declined(need: Need, edition: Edition | None) -> set[int]:
    """The organisations that declined this buyer, or were declined by it, at the edition."""
    if edition is None:
        return set()
    either: ColumnElement[bool] = or_(
        MeetingRequest.from_organisation_id == need.organisation_id,
        MeetingRequest.to_organisation_id == need.organisation_id,
    )
    declined = select(MeetingRequest.from_organisation_id, MeetingRequest.to_organisation_id).where(
        MeetingRequest.edition_id == edition.id,
        MeetingRequest.state == RequestState.DECLINED,
        either,
    )
    return {one for pair in db.session.execute(declined) for one in pair} - {need.organisation_id}
