# SPDX-License-Identifier: EUPL-1.2
"""Consortia proposed for a need, and needs for one: its members compared as one company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.models.base import db
from app.models.companies import Organisation, Sector
from app.models.consortia import Consortium, ConsortiumMember
from app.models.editions import Edition
from app.models.needs import Need, NeedSector
from app.queries import consortia, supplies
from app.rules.companies import Role
from app.rules.consortia import MemberState, as_one
from app.rules.demands import Demand, Supply
from app.rules.matching import Match, match
from app.rules.needs import NeedState

MOST = 5


@dataclass(frozen=True)
class Joint:
    """A consortium and a need, with what speaks for the pair."""

    consortium: Consortium
    members: list[ConsortiumMember]
    need: Need
    match: Match


def for_need(need: Need, *, edition: Edition | None = None) -> list[Joint]:
    """The consortia that can answer a need, best first; of an edition, those whose lead comes."""
    demand = supplies.of_needs([need])[need.id]
    found = _with_trades(demand.all_families, edition)
    members = consortia.members_of([one.id for one in found])
    known = _supplies(members.values())
    pairs = ((one, _joined(demand, members[one.id], known)) for one in found)
    matches = ((one, match(demand, supply)) for one, supply in pairs)
    joint = [
        Joint(one, members[one.id], need, fits) for one, fits in matches if isinstance(fits, Match)
    ]
    return sorted(joint, key=lambda one: (-one.match.score, one.consortium.id))[:MOST]


def for_consortium(consortium: Consortium) -> list[Joint]:
    """The open needs that its members can answer together, best first."""
    members = consortia.members(consortium)
    known = _supplies([members])
    families = {trade.family for supply in known.values() for trade in supply.trades}
    called_for = select(NeedSector.need_id).join(NeedSector.sector)
    called_for = called_for.where(Sector.group_id.in_(families))
    needs = list(
        db.session.scalars(
            select(Need).where(Need.state == NeedState.PUBLISHED, Need.id.in_(called_for))
        )
    )
    demands = supplies.of_needs(needs)
    matches = (
        (need, match(demands[need.id], _joined(demands[need.id], members, known))) for need in needs
    )
    joint = [Joint(consortium, members, need, fits) for need, fits in matches
             if isinstance(fits, Match)]  # fmt: skip
    return sorted(joint, key=lambda one: (-one.match.score, one.need.id))[:MOST]


def sectors_told(joint: Iterable[Joint]) -> dict[int, Sector]:
    """The trades that their reasons name."""
    told = {reason.facts.get("sector") for one in joint for reason in one.match.reasons}
    return supplies.sectors_named({one for one in told if isinstance(one, int)})


def _with_trades(families: Iterable[int], edition: Edition | None) -> list[Consortium]:
    trading = select(Organisation.id).where(supplies.trading_in(list(families)))
    theirs = select(ConsortiumMember.consortium_id).where(
        ConsortiumMember.state == MemberState.ACCEPTED,
        ConsortiumMember.organisation_id.in_(trading),
    )
    found = select(Consortium).where(
        Consortium.dissolved_at.is_(None),
        Consortium.id.in_(theirs),
        Consortium.id.in_(consortia.together()),
    )
    if edition is not None:
        coming = supplies.coming_to(edition, Role.COMPANY)
        found = found.where(Consortium.organisation_id.in_(coming))
    return list(db.session.scalars(found.order_by(Consortium.id)))


def _supplies(members: Iterable[Sequence[ConsortiumMember]]) -> dict[int, Supply]:
    numbers = {one.organisation_id for group in members for one in group}
    return dict(supplies.of_companies(Organisation.id.in_(numbers)).by_id)


def _joined(
    demand: Demand, members: Sequence[ConsortiumMember], known: dict[int, Supply]
) -> Supply:
    agreed = [
        known[one.organisation_id]
        for one in members
        if one.state == MemberState.ACCEPTED and one.organisation_id in known
    ]
    return as_one(demand, agreed)
