# SPDX-License-Identifier: EUPL-1.2
"""The order of proposals: by points, equals in turn, and a place in four for newcomers.

Points alone would lead to the same companies each year: who won contracts is known, hence better
compared. Two rules, and no other, keep the door open:

1. **Equals take turns.** Among the same points, a draw decides that changes each month and with
   each need: nobody is first for the sake of a name or of an early entry.
2. **A place in four.** When none of three companies in a row is a newcomer, the fourth place goes
   to the best newcomer that waits, if it is at most 20 points behind who would stand there. A
   newcomer has won no public contract that we know of, and met nobody at an earlier edition.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

PLACES_IN_TURN = 4
MOST_POINTS_BEHIND = 20
BITS = 0xFFFFFFFF


@dataclass(frozen=True)
class Runner:
    """A company in the ranking of a need, or a need in that of a company."""

    id: int
    score: int
    is_new: bool = False


def month_of(day: date) -> int:
    """The number of a month; the draw among equals is held again with each."""
    return day.year * 12 + day.month


def turn_of(need: int, company: int, month: int) -> int:
    """Where a pair stands in the draw of a month, from 0 to 2^32; the same on every machine."""
    mixed = (need * 2_654_435_761 + company * 2_246_822_519 + month * 3_266_489_917) & BITS
    mixed = ((mixed ^ (mixed >> 15)) * 2_246_822_519) & BITS
    return mixed ^ (mixed >> 13)


def companies_in_order(found: Iterable[Runner], *, need: int, month: int) -> list[Runner]:
    """The companies proposed for a need, best first, each fourth place kept for a newcomer."""
    in_turn = sorted(found, key=lambda one: (-one.score, turn_of(need, one.id, month), one.id))
    return with_newcomers(in_turn)


def needs_in_order(found: Iterable[Runner], *, company: int, month: int) -> list[Runner]:
    """The needs proposed to a company, best first."""
    return sorted(found, key=lambda one: (-one.score, turn_of(one.id, company, month), one.id))


def with_newcomers(found: Sequence[Runner], most: int | None = None) -> list[Runner]:
    """The same companies with the places of newcomers; most: how many places are wanted."""
    known = [one for one in found if not one.is_new]
    new = [one for one in found if one.is_new]
    rank = {id(one): number for number, one in enumerate(found)}
    placed: list[Runner] = []
    at_known = at_new = since = 0
    for _ in range(len(found) if most is None else min(most, len(found))):
        waiting = new[at_new] if at_new < len(new) else None
        first = known[at_known] if at_known < len(known) else None
        if first is not None and not (waiting and _goes_first(waiting, first, rank, since)):
            placed.append(first)
            at_known, since = at_known + 1, since + 1
        elif waiting is not None:
            placed.append(waiting)
            at_new, since = at_new + 1, 0
    return placed


def _goes_first(new: Runner, known: Runner, rank: dict[int, int], since: int) -> bool:
    """Whether the best newcomer stands before the best other, after so many others in a row."""
    if rank[id(new)] < rank[id(known)]:
        return True
    return since >= PLACES_IN_TURN - 1 and new.score >= known.score - MOST_POINTS_BEHIND
