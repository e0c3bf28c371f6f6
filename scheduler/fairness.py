# SPDX-License-Identifier: EUPL-1.2
"""Fairness (G3): among the schedules as good by every goal above it, the one that treats people
most evenly.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.board import (
    ASKED,
    BAD,
    BADS,
    BREAKS,
    COST,
    COST_KEPT,
    COUNT,
    DAY_COST,
    GOAL,
    LEVEL,
    MASK,
    PEOPLE,
    PRESENT,
    SHORT,
    SHORT_KEPT,
    UNFAIR,
    VALUE,
    VALUE_KEPT,
    WAIT,
    WORDS,
)
from scheduler.improve import Run
from scheduler.judgement import hardship, idle_slots, neglect

HOT, COLD = 5000, 20  # temperatures, in hardship: one idle slot of somebody who had none is 9261
Unfairness = tuple[int, float, int, float]


@dataclass(frozen=True)
class Standing:
    """What an answer is worth, goal by goal; smaller is better."""

    short: int
    value: int
    idle: int
    unfairness: Unfairness
    cost: int

    @property
    def rank(self) -> tuple[object, ...]:
        return self.short, -self.value, self.idle, self.unfairness, self.cost


def standing(run: Run) -> Standing:
    """Where the schedule of a run stands, from G0 to G3."""
    b, s = run.board, run.state
    idle: Counter[int] = Counter()
    for i in range(int(s[BADS])):
        day = int(s[s[BAD] + i])
        mask, present = int(s[s[MASK] + day]), int(b[b[PRESENT] + day])
        idle[day // int(b[WORDS])] += idle_slots(mask, present)
    asked = [int(n) for n in b[b[ASKED] : b[ASKED] + b[PEOPLE]]]
    got = [int(n) for n in s[s[COUNT] : s[COUNT] + b[PEOPLE]]]
    asking = [party for party, wishes in enumerate(asked) if wishes]
    shares = [got[party] / asked[party] for party in asking] or [1.0]
    waits = [idle[party] for party in asking] or [0]
    unfairness = (
        max(waits),
        -min(shares),
        max(waits) - min(waits),
        max(shares) - min(shares),
    )
    return Standing(int(s[SHORT]), int(s[VALUE]), idle.total(), unfairness, int(s[COST]))


def begin(run: Run) -> None:
    """From here on steps lower unfairness, and keep what the goals above it have reached."""
    b, s = run.board, run.state
    people, words = int(b[PEOPLE]), int(b[WORDS])
    s[UNFAIR] = 0
    for party in range(people):
        days = s[DAY_COST] + party * words
        s[s[WAIT] + party] = sum(s[days : days + words])
        s[UNFAIR] += hardship(int(s[s[WAIT] + party]))
        if b[b[ASKED] + party]:
            s[UNFAIR] += neglect(int(b[b[ASKED] + party]), int(s[s[COUNT] + party]))
    keep(run)
    s[LEVEL] = 1


def keep(run: Run) -> None:
    """Nothing above fairness may be worse than now."""
    s = run.state
    s[SHORT_KEPT], s[VALUE_KEPT], s[COST_KEPT] = s[SHORT], s[VALUE], s[COST]


def heat_at(share: float) -> int:
    """The temperature after a share of the budget, falling geometrically."""
    return max(1, round(1024 * HOT * (COLD / HOT) ** min(1.0, share)))


def pieces_of(steps: int) -> Iterator[tuple[int, float]]:
    """A number of steps in equal pieces, each with the share of them then taken."""
    for piece in range(50):
        yield steps * (piece + 1) // 50 - steps * piece // 50, piece / 50


def pieces_for(seconds: float) -> Iterator[tuple[int, float]]:
    """Pieces of some hundredths of a second, each with the share of the seconds then spent."""
    began = before = time.monotonic()
    size = 50
    while (spent := before - began) < seconds:
        yield size, spent / seconds
        before, last = time.monotonic(), before
        size = max(50, min(4 * size, round(size * 0.05 / max(1e-6, before - last))))


def level(run: Run, pieces: Iterator[tuple[int, float]], stop: Callable[[Standing], bool]) -> None:
    """Seek fairness; the run ends with the best answer met, never worse by a goal above.

    `pieces`: how many steps to take next, and the share of the budget then spent.
    """
    if run.board[GOAL] == BREAKS:
        return
    run.upgrade()
    run.restore_best()
    best, slots = standing(run), run.best
    begin(run)
    for steps, share in pieces:
        run.kernel.anneal(run.board, run.state, steps, heat_at(share))
        now = standing(run)
        if now.rank < best.rank:
            best, slots = now, run.slots
        if run.state[COST] < run.state[COST_KEPT] or run.state[VALUE] > run.state[VALUE_KEPT]:
            keep(run)
        if stop(best):
            break
    run.state[LEVEL] = 0
    run.load(slots)
    run.best, run.best_rank = slots, run.rank
