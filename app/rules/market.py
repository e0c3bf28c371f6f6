# SPDX-License-Identifier: EUPL-1.2
"""All companies as columns, so that a need is compared with thousands of them at once.

It gives the points and the exclusions of `rules.matching.match`, number for number: a test compares
the two on invented pairs. Words and reasons stay with `match`, for the few that are shown.
Rows: C companies and T trades, the trades of a company next to each other.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.criteria import (
    FAR_KM,
    HALF,
    SAFE_PERCENT,
    SIBLING,
    WEIGHTS,
    WHOLE,
    Criterion,
    closest,
)
from app.rules.demands import Demand, Supply, criteria_of
from app.rules.matching import Exclusion, eligible
from app.rules.ranking import BITS, Runner, with_newcomers
from app.rules.reservations import is_sure, was_there
from app.rules.territories import mask_of

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

WORD = (1 << 64) - 1
KINDS: tuple[CompanyKind | None, ...] = (None, *CompanyKind)
TYPES: dict[str, int] = {one.value: 1 << rank for rank, one in enumerate(PrestaType)}
EXCLUSIONS = tuple(Exclusion)
FITS, ELSEWHERE, OTHERWISE, HERE = -1, 1, 2, 3


@dataclass(frozen=True)
class Compared:
    """What became of each company of the trade: rows of the market, points, and exclusion.

    rows: in growing order. score: 0 to 100, -1 when put aside. aside: index in EXCLUSIONS, or -1.
    """

    rows: Ints
    score: Ints
    aside: Ints

    def fitting(self) -> tuple[Ints, Ints]:
        """(rows, points) of those that are proposed."""
        kept = self.score >= 0
        return self.rows[kept], self.score[kept]


class Market:
    """The companies of the directory, ready to be compared with needs, one need at a time."""

    def __init__(self, supplies: Sequence[Supply]) -> None:
        self.supplies = supplies
        self._companies(supplies)
        self._trades(supplies)
        self._contracts(supplies)

    def _companies(self, supplies: Sequence[Supply]) -> None:
        kind_number = {kind: number for number, kind in enumerate(KINDS)}
        nowhere = (np.nan, np.nan, np.nan)
        self.ids = _ints([one.id for one in supplies])
        self.kinds = _ints([kind_number[one.kind] for one in supplies])
        self.capacity = _ints([one.capacity or 0 for one in supplies])
        self.largest = _ints([-1 if one.largest is None else one.largest for one in supplies])
        self.points: Floats = np.array(
            [one.point or nowhere for one in supplies], dtype=np.float64
        ).reshape(-1, 3)
        self.homes = _words([mask_of((one.home,)) for one in supplies])
        self.has_home: Flags = np.array([bool(one.home) for one in supplies], dtype=np.bool_)

    def _trades(self, supplies: Sequence[Supply]) -> None:
        trades = [(row, one) for row, company in enumerate(supplies) for one in company.trades]
        self.owner = _ints([row for row, _ in trades])
        self.sector = _ints([one.sector for _, one in trades])
        self.family = _ints([one.family for _, one in trades])
        self.reach = _words([mask for company in supplies for mask in company.masks])
        self.sold = _ints([sum(TYPES.get(kind, 0) for kind in one.sold) for _, one in trades])
        around = [one.km or 0 if one.geo_range == GeoRange.CUSTOM else 0 for _, one in trades]
        self.km = _ints(around)
        self.codes, self.code = _numbered([one.codes for _, one in trades])
        self.of_family = {
            int(family): np.flatnonzero(self.family == family) for family in set(self.family)
        }

    def _contracts(self, supplies: Sequence[Supply]) -> None:
        won = [(row, code) for row, one in enumerate(supplies) for code in one.codes_won]
        self.winner = _ints([row for row, _ in won])
        self.won_codes, self.won = _numbered([code for _, code in won])

    def compare(self, demand: Demand) -> Compared:
        """What `match` says of this need and each company of its trade."""
        trades = self._of_the_trade(demand)
        if not trades.size:
            return Compared(_ints([]), _ints([]), _ints([]))
        rows, first = np.unique(self.owner[trades], return_index=True)
        km = self._km(demand, rows)
        covered = self._covered(demand, trades, rows, km)
        stage = self._stage(demand, trades, covered)
        earned = np.where(stage == HERE, self._of_trades(demand, trades, covered), -1)
        stage, earned = (np.maximum.reduceat(one, first) for one in (stage, earned))
        earned = earned + self._of_companies(demand, rows, km)
        aside = self._aside(demand, rows, stage)
        score = (2 * earned + demand.possible) // (2 * demand.possible)
        return Compared(rows, np.where(aside == FITS, score, -1), aside)

    def _of_the_trade(self, demand: Demand) -> Ints:
        found = [self.of_family[one] for one in demand.all_families if one in self.of_family]
        return np.sort(np.concatenate(found)) if found else _ints([])

    def _km(self, demand: Demand, rows: Ints) -> Floats:
        """Kilometres to the buyer; not a number where one of the two seats is not known."""
        if demand.point is None:
            return np.full(rows.size, np.nan)
        gap = np.array(demand.point) - self.points[rows]
        dx, dy, dz = gap[:, 0], gap[:, 1], gap[:, 2]
        found: Floats = np.sqrt(dx * dx + dy * dy + dz * dz)
        return found

    def _covered(self, demand: Demand, trades: Ints, rows: Ints, km: Floats) -> Ints:
        """How many of the departments of the need each trade reaches."""
        wanted = _words([demand.mask])[0]
        reach = self.reach[trades] & wanted
        if demand.point is not None:
            at_home = _words([mask_of((demand.home,))])[0] & wanted
            place = np.searchsorted(rows, self.owner[trades])
            near = (self.km[trades] > 0) & (km[place] <= self.km[trades])
            reach |= np.where(near[:, None], at_home, np.uint64(0))
        return np.bitwise_count(reach).sum(axis=1).astype(np.int64)

    def _stage(self, demand: Demand, trades: Ints, covered: Ints) -> Ints:
        """How far each trade comes: it goes there, and sells what is asked."""
        there = covered > 0 if demand.mask else np.ones(trades.size, dtype=np.bool_)
        asked = sum(TYPES.get(kind, 0) for kind in demand.sold)
        sells = (self.sold[trades] & asked) != 0 if demand.sold else there
        return np.where(there, np.where(sells, HERE, OTHERWISE), ELSEWHERE)

    def _of_trades(self, demand: Demand, trades: Ints, covered: Ints) -> Ints:
        same = np.isin(self.sector[trades], list(demand.sectors))
        same |= np.isin(self.family[trades], list(demand.families))
        earned = WEIGHTS[Criterion.SECTOR] * np.where(same, WHOLE, SIBLING)
        if demand.mask:
            part = WHOLE * covered // demand.mask.bit_count()
            earned += WEIGHTS[Criterion.TERRITORY] * part
        if demand.codes:
            earned += WEIGHTS[Criterion.CPV] * self._cpv(demand, trades)
        if demand.wanted:
            wanted = sum(TYPES.get(kind, 0) for kind in demand.wanted)
            sells = (self.sold[trades] & wanted) != 0
            earned += WEIGHTS[Criterion.PRESTA] * np.where(sells, WHOLE, 0)
        return earned

    def _cpv(self, demand: Demand, trades: Ints) -> Ints:
        of_family = _ints([closest(demand.codes, codes) for codes in self.codes])
        share = of_family[self.code[trades]]
        of_won = _ints([closest(demand.codes, (one,)) for one in self.won_codes])
        if not of_won.any():
            return share
        best = np.zeros(len(self.supplies), dtype=np.int64)
        np.maximum.at(best, self.winner, of_won[self.won])
        return np.maximum(share, best[self.owner[trades]])

    def _of_companies(self, demand: Demand, rows: Ints, km: Floats) -> Ints:
        shares: dict[Criterion, Callable[[], Ints]] = {
            Criterion.SET_ASIDE: lambda: self._reserved(demand)[self.kinds[rows]],
            Criterion.NEAR: lambda: self._near(demand, rows, km),
            Criterion.SIZE: lambda: self._size(demand, rows),
            Criterion.NOVELTY: lambda: np.where(
                np.isin(self.ids[rows], list(demand.met)), 0, WHOLE
            ),
        }
        earned = np.zeros(rows.size, dtype=np.int64)
        for criterion in criteria_of(demand):
            if criterion in shares:
                earned += WEIGHTS[criterion] * shares[criterion]()
        return earned

    def _reserved(self, demand: Demand) -> Ints:
        """Kind → its share."""
        known = demand.day is None or was_there(demand.set_aside, demand.day)
        sure = [known and kind is not None and is_sure(demand.set_aside, kind) for kind in KINDS]
        return np.where(np.array(sure), WHOLE, HALF)

    def _near(self, demand: Demand, rows: Ints, km: Floats) -> Ints:
        there = (self.homes[rows] & _words([demand.mask])[0]).any(axis=1)
        unknown = np.where(there | ~self.has_home[rows], HALF, 0)
        whole_km = np.rint(np.nan_to_num(km)).astype(np.int64)
        near = np.maximum(0, WHOLE - WHOLE * whole_km // FAR_KM)
        return np.where(np.isnan(km), unknown, near)

    def _size(self, demand: Demand, rows: Ints) -> Ints:
        euros, capacity = demand.euros or 0, self.capacity[rows]
        percent = WHOLE * euros // np.maximum(capacity, 1)
        over = np.maximum(0, percent - SAFE_PERCENT)
        share = np.maximum(0, WHOLE - WHOLE * over // (WHOLE - SAFE_PERCENT))
        done = np.where(self.largest[rows] >= euros, WHOLE, HALF)
        return np.where(capacity > 0, share, done)

    def _aside(self, demand: Demand, rows: Ints, stage: Ints) -> Ints:
        """The first reason that puts each company aside, in the order of `match`."""
        kinds = self.kinds[rows]
        may = np.array([eligible(demand, kind) for kind in KINDS])
        wanted = np.array([not demand.kinds or kind in demand.kinds for kind in KINDS])
        checks = {
            Exclusion.OTHER_KIND: ~wanted[kinds],
            Exclusion.NOT_ELIGIBLE: ~may[kinds],
            Exclusion.OTHER_PRESTA: stage == OTHERWISE,
            Exclusion.OUT_OF_REACH: stage == ELSEWHERE,
            Exclusion.SAID_NO: np.isin(self.ids[rows], list(demand.refused)),
        }
        aside = np.full(rows.size, FITS, dtype=np.int64)
        for exclusion, holds in checks.items():
            aside[holds] = EXCLUSIONS.index(exclusion)
        return aside


def first_companies(
    market: Market, compared: Compared, *, need: int, new: Collection[int], month: int, most: int
) -> list[Runner]:
    """The first places of a need, in the order of `rules.ranking.companies_in_order`.

    new: ids of the newcomers. Only the best of each side are turned into runners.
    """
    rows, score = compared.fitting()
    ids = market.ids[rows]
    order = np.lexsort((ids, turns(np.full(ids.size, need), ids, month), -score))
    is_new = np.isin(ids[order], list(new))
    kept = np.sort(np.concatenate([np.flatnonzero(side)[:most] for side in (is_new, ~is_new)]))
    runners = [
        Runner(int(ids[order[place]]), int(score[order[place]]), bool(is_new[place]))
        for place in kept
    ]
    return with_newcomers(runners, most)


def turns(needs: Ints, companies: Ints, month: int) -> Words:
    """`rules.ranking.turn_of` for many pairs at once."""
    mask = np.uint64(BITS)
    left = needs.astype(np.uint64) * np.uint64(2_654_435_761)
    right = companies.astype(np.uint64) * np.uint64(2_246_822_519)
    mixed = (left + right + np.uint64(month * 3_266_489_917)) & mask
    mixed = ((mixed ^ (mixed >> np.uint64(15))) * np.uint64(2_246_822_519)) & mask
    found: Words = mixed ^ (mixed >> np.uint64(13))
    return found


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _words(masks: Sequence[int]) -> Words:
    """Each mask of up to 128 departments as two words of 64 bits."""
    pairs = [(mask & WORD, mask >> 64) for mask in masks]
    return np.array(pairs, dtype=np.uint64).reshape(-1, 2)


def _numbered(values: Sequence[object]) -> tuple[list, Ints]:
    """(each value once, the number of each)."""
    numbers: dict[object, int] = {}
    found = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), _ints(found)
