# SPDX-License-Identifier: EUPL-1.2
"""Companies that answer a contract together: a consortium, its lead and its members."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum

from app.rules.companies import GeoRange, Role
from app.rules.demands import Demand, Supply, Trade
from app.rules.errors import RuleBroken
from app.rules.matching import eligible
from app.rules.territories import departments_in

LEAST_MEMBERS = 2
LONGEST_TEXT = 2_000


class ConsortiumForm(StrEnum):
    """Whether each member answers for its share alone, or for the whole (code, art. R2142-20)."""

    JOINT = "joint"
    SEVERAL = "several"


class MemberState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


PRESENT = frozenset({MemberState.ASKED, MemberState.ACCEPTED})


def require_company(role: Role) -> None:
    """Errors: RuleBroken `consortium_of_companies`: a buyer is no member of a consortium."""
    if role != Role.COMPANY:
        raise RuleBroken("consortium_of_companies", field="siret")


def require_new_member(state: MemberState | None, *, name: str) -> None:
    """Errors: RuleBroken `consortium_member_there` on `siret`."""
    if state in PRESENT:
        raise RuleBroken("consortium_member_there", field="siret", name=name)


def require_share(share: int | None, others: Collection[int | None]) -> None:
    """Shares are per cent, and their sum is at most 100; nobody has to say theirs.

    Errors: RuleBroken `consortium_share` or `consortium_shares` on `share`.
    """
    if share is None:
        return
    if not 1 <= share <= 99:
        raise RuleBroken("consortium_share", field="share")
    left = 100 - sum(one or 0 for one in others)
    if share > left:
        raise RuleBroken("consortium_shares", field="share", left=left)


def require_answer(state: MemberState) -> None:
    """Errors: RuleBroken `consortium_answered`: the invitation waits no more."""
    if state != MemberState.ASKED:
        raise RuleBroken("consortium_answered")


def require_together(members: int) -> None:
    """Errors: RuleBroken `consortium_alone` unless two members or more agreed."""
    if members < LEAST_MEMBERS:
        raise RuleBroken("consortium_alone", field="side")


def require_no_lead(is_lead: bool) -> None:
    """Errors: RuleBroken `consortium_lead_stays`."""
    if is_lead:
        raise RuleBroken("consortium_lead_stays")


def as_one(demand: Demand, members: Sequence[Supply]) -> Supply:
    """The members as one company to compare with a need, the lead first.

    Each trade reaches as far as the member that has it; people, turnover and contracts add up. A
    reserved contract asks every member to be eligible: the kind is that of the first who is not.
    """
    lead = members[0]
    barred = (one.kind for one in members if not eligible(demand, one.kind))
    return replace(
        lead,
        trades=tuple(_fixed(one, rank) for one in members for rank in range(len(one.trades))),
        kind=next(barred, lead.kind),
        headcount=sum(one.headcount or 0 for one in members) or None,
        turnover=sum(one.turnover or 0 for one in members) or None,
        largest=max((one.largest or 0 for one in members), default=0) or None,
        won=tuple(dict.fromkeys(code for one in members for code in one.won)),
    )


def _fixed(member: Supply, rank: int) -> Trade:
    """A trade with the departments it reaches, counted from its own seat."""
    trade = member.trades[rank]
    if trade.geo_range == GeoRange.COUNTRY:
        return trade
    zones = departments_in(member.masks[rank])
    return replace(trade, geo_range=GeoRange.ZONES, zones=tuple(zones), km=None)
