# SPDX-License-Identifier: EUPL-1.2
"""A good answer early, in mode "all": annealing for a moment, with no proof."""

import time
from collections.abc import Iterable
from itertools import pairwise

from scheduler.board import NO_LIMIT
from scheduler.improve import improve_by_steps, improve_for, start
from scheduler.reduce import Reduction
from scheduler.search import Stop

STEPS = 30_000  # where the answer must repeat, whatever the machine


def rough_answer(
    reduction: Reduction, fairness: int | None, seed: int, seconds: float | None, stop: Stop
) -> tuple[dict[int, int], int] | None:
    """Every wish placed (wish → slot) and the breaks, as even as asked; None when none was found.

    `seconds`: None for a number of steps instead of the clock.
    """
    run = start(reduction, seed, NO_LIMIT if fairness is None else fairness)
    if seconds is None:
        improve_by_steps(run, STEPS, lambda _: stop())
    else:
        improve_for(run, time.monotonic() + seconds, lambda _: stop())
    slots = dict(enumerate(run.best))
    counts = breaks_of(reduction, slots)
    even = fairness is None or max(counts, default=0) - min(counts, default=0) <= fairness
    return (slots, sum(counts)) if even and -1 not in run.best else None


def breaks_of(reduction: Reduction, slots: dict[int, int]) -> list[int]:
    """The breaks of each party that has wishes."""
    uses: dict[int, set[int]] = {}
    for wish, parties in enumerate(reduction.parties):
        for party in parties:
            uses.setdefault(party, set()).add(slots[wish])
    return [_gaps(sorted(used)) for used in uses.values()]


def _gaps(used: Iterable[int]) -> int:
    return sum(after - before > 1 for before, after in pairwise(used))
