# SPDX-License-Identifier: EUPL-1.2
"""Whether a company is proposed for a need, with how many points out of 100, and why.

A company of another trade is not compared at all. Among those of the trade, some are put aside: it
reaches no department of the need, it does not sell what is asked, the contract is reserved to
others, the buyer wants other kinds of structure, or one side already said no. The others are ranked
by the points of `rules.criteria`; `rules.ranking` settles ties and keeps places for newcomers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.rules.companies import CompanyKind, GeoRange
from app.rules.criteria import (
    HALF,
    SAFE_PERCENT,
    SIBLING,
    WEIGHTS,
    WHOLE,
    Criterion,
    closest,
    dependency,
    near_share,
    points,
    size_share,
)
from app.rules.demands import Demand, Supply, Trade
from app.rules.needs import SetAside
from app.rules.reservations import is_sure, may_answer, was_there
from app.rules.territories import chord_km, departments_in, mask_of


class Exclusion(StrEnum):
    """Why a company of the right trade is not proposed, the first that holds."""

    SAID_NO = "said_no"
    OUT_OF_REACH = "out_of_reach"
    OTHER_PRESTA = "other_presta"
    NOT_ELIGIBLE = "not_eligible"
    OTHER_KIND = "other_kind"


@dataclass(frozen=True)
class Reason:
    """What one criterion gave: its share of the points, and the facts of its sentence.

    holds: it speaks for the pair, it is a doubt, or (None) it is only told with the points.
    """

    criterion: Criterion
    holds: bool | None
    share: int = WHOLE
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return WEIGHTS[self.criterion]


@dataclass(frozen=True)
class Match:
    """What speaks for a pair, and its points out of 100."""

    reasons: tuple[Reason, ...]
    score: int

    def share(self, criterion: Criterion) -> int | None:
        """The share of one criterion, None when it was not compared."""
        return next((one.share for one in self.reasons if one.criterion == criterion), None)


def eligible(demand: Demand, kind: CompanyKind | None) -> bool:
    """Whether this kind may hold the contract, by the law of the day; one not said is not judged.

    A reservation that the law of that day did not know shuts nobody out, and nobody in.
    """
    return kind is None or not _is_reserved(demand) or may_answer(demand.set_aside, kind)


def match(demand: Demand, supply: Supply) -> Match | Exclusion | None:
    """Compare a company with a need: a match, why it is put aside, or None for another trade.

    Of several trades of a company the one that gives most points is compared, the first if equal.
    """
    families = demand.all_families
    ranks = [rank for rank, trade in enumerate(supply.trades) if trade.family in families]
    if not ranks:
        return None
    if supply.id in demand.refused:
        return Exclusion.SAID_NO
    covered = {rank: _covered(demand, supply, rank) for rank in ranks}
    ranks = [rank for rank in ranks if covered[rank] or not demand.mask]
    if not ranks:
        return Exclusion.OUT_OF_REACH
    ranks = [rank for rank in ranks if not demand.sold or supply.trades[rank].sold & demand.sold]
    if not ranks:
        return Exclusion.OTHER_PRESTA
    if not eligible(demand, supply.kind):
        return Exclusion.NOT_ELIGIBLE
    if demand.kinds and supply.kind not in demand.kinds:
        return Exclusion.OTHER_KIND
    around = _of_company(demand, supply)
    return max(
        (_of_trade(demand, supply, rank, covered[rank], around) for rank in ranks),
        key=lambda one: sum(part.weight * part.share for part in one.reasons),
    )


def best(matches: Iterable[Match | Exclusion | None]) -> Match | None:
    """The best of several matches, if there is one."""
    found = [one for one in matches if isinstance(one, Match)]
    return max(found, key=lambda one: one.score, default=None)


def _is_reserved(demand: Demand) -> bool:
    return demand.set_aside != SetAside.NONE and (
        demand.day is None or was_there(demand.set_aside, demand.day)
    )


def _covered(demand: Demand, supply: Supply, rank: int) -> int:
    """The departments of the need that a trade reaches, one bit each.

    One that goes some kilometres around its seat reaches the department of a buyer so near, too.
    """
    reach, trade = supply.masks[rank], supply.trades[rank]
    around = trade.km if trade.geo_range == GeoRange.CUSTOM else None
    known = around is not None and demand.point is not None and supply.point is not None
    if known and chord_km(demand.point, supply.point) <= around:  # type: ignore[arg-type, operator]
        reach |= mask_of((demand.home,))
    return demand.mask & reach


def _of_trade(
    demand: Demand, supply: Supply, rank: int, covered: int, around: list[Reason | None]
) -> Match:
    trade = supply.trades[rank]
    found = [
        _sector(demand, trade),
        _territory(demand, trade, covered),
        _cpv(demand, supply, trade),
        _presta(demand, trade),
        *around,
    ]
    order = list(Criterion)
    reasons = sorted((one for one in found if one), key=lambda one: order.index(one.criterion))
    earned = sum(one.weight * one.share for one in reasons)
    return Match(tuple(reasons), points(earned, demand.possible))


def _of_company(demand: Demand, supply: Supply) -> list[Reason | None]:
    """What is the same for all its trades."""
    return [
        _set_aside(demand, supply),
        _near(demand, supply),
        _size(demand, supply),
        _novelty(demand, supply),
    ]


def _sector(demand: Demand, trade: Trade) -> Reason:
    same = trade.sector in demand.sectors or trade.family in demand.families
    share = WHOLE if same else SIBLING
    return Reason(Criterion.SECTOR, same, share, {"sector": trade.sector})


def _territory(demand: Demand, trade: Trade, covered: int) -> Reason | None:
    if not demand.mask:
        return None
    count, asked = covered.bit_count(), demand.mask.bit_count()
    facts = {
        "departments": departments_in(covered),
        "asked": asked,
        "country": trade.geo_range == GeoRange.COUNTRY,
    }
    return Reason(Criterion.TERRITORY, count == asked, WHOLE * count // asked, facts)


def _cpv(demand: Demand, supply: Supply, trade: Trade) -> Reason | None:
    if not demand.codes:
        return None
    won = closest(demand.codes, supply.codes_won)
    known = closest(demand.codes, trade.codes)
    share = max(won, known)
    facts = {"cpv": demand.cpv or demand.other_cpv[0], "won": won > 0 and won >= known}
    return Reason(Criterion.CPV, None if HALF > share > 0 else share > 0, share, facts)


def _presta(demand: Demand, trade: Trade) -> Reason | None:
    if not demand.wanted:
        return None
    shared = demand.wanted & trade.sold
    facts = {"types": tuple(sorted(shared or demand.wanted))}
    return Reason(Criterion.PRESTA, bool(shared), WHOLE if shared else 0, facts)


def _set_aside(demand: Demand, supply: Supply) -> Reason | None:
    if demand.set_aside == SetAside.NONE:
        return None
    facts = {"article": demand.set_aside, "kind": supply.kind}
    if not _is_reserved(demand):
        return Reason(Criterion.SET_ASIDE, None, HALF, {**facts, "not_yet": True})
    sure = supply.kind is not None and is_sure(demand.set_aside, supply.kind)
    return Reason(Criterion.SET_ASIDE, sure, WHOLE if sure else HALF, facts)


def _near(demand: Demand, supply: Supply) -> Reason | None:
    """Never a doubt: who comes from far may still come."""
    if not demand.mask and demand.point is None:
        return None
    if demand.point is not None and supply.point is not None:
        km = round(chord_km(demand.point, supply.point))
        share = near_share(km)
        return Reason(Criterion.NEAR, True if share >= HALF else None, share, {"km": km})
    if mask_of((supply.home,)) & demand.mask:
        return Reason(Criterion.NEAR, True, HALF, {"department": supply.home})
    return Reason(Criterion.NEAR, None, 0 if supply.home else HALF)


def _size(demand: Demand, supply: Supply) -> Reason | None:
    """Whether the least of the band, a year, is a safe part of what the company does in a year."""
    if demand.euros is None:
        return None
    if supply.capacity is None:
        done = supply.largest is not None and supply.largest >= demand.euros
        return Reason(Criterion.SIZE, done or None, WHOLE if done else HALF, {"done": done})
    percent = dependency(demand.euros, supply.capacity)
    facts = {
        "percent": percent,
        "headcount": supply.headcount,
        "estimated": not supply.turnover,
    }
    return Reason(Criterion.SIZE, percent <= SAFE_PERCENT, size_share(percent), facts)


def _novelty(demand: Demand, supply: Supply) -> Reason:
    met = supply.id in demand.met
    return Reason(Criterion.NOVELTY, None, 0 if met else WHOLE, {"met": met})
