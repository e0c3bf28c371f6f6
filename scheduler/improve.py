# SPDX-License-Identifier: EUPL-1.2
"""Better and better answers: simulated annealing on Kempe chains, from hot to cold."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scheduler import compiled
from scheduler.board import (
    AT_START,
    BEFORE_START,
    BUSY,
    CAPACITY,
    COST,
    DONE,
    FLOOR,
    IDLE_WEIGHT,
    NO_LIMIT,
    PEOPLE,
    RNG,
    ROW_START,
    SHORT,
    SLOT_OF,
    SLOTS,
    VALUE,
    WISHES,
    WORDS,
    Table,
    board_of,
    flat,
)
from scheduler.judgement import LOG_STEPS
from scheduler.kernel import LONGEST_CHAIN, enlist, note_cost
from scheduler.reduce import Reduction, reduce
from scheduler.samples import sample

HOT, COLD = 1.5, 0.08  # temperatures, in idle slots
LOGS = [round(-1024 * math.log((i + 0.5) / LOG_STEPS)) for i in range(LOG_STEPS)]


def empty_state(b: Table, seed: int) -> list[int]:
    """A schedule without any meeting; no wish waits yet."""
    wishes, people, slots, words = b[WISHES], b[PEOPLE], b[SLOTS], b[WORDS]
    days = people * words
    singles = [0] * 14
    singles[RNG] = (seed * 2654435761 + 40503) % 0xFFFFFFFF or 1
    singles[SHORT] = sum(b[b[FLOOR] : b[FLOOR] + people])
    tables = [
        [-1] * wishes,
        [0] * (people * slots),
        [-1] * b[b[AT_START] + people],
        list(b[b[BUSY] : b[BUSY] + days]),
        [0] * days,
        [0] * people,
        [0] * (b[BEFORE_START] - b[CAPACITY]),
        [0] * slots,
        [-1] * (b[b[ROW_START] + slots] + wishes),
        [-1] * wishes,
        [-1] * wishes,
        [0] * wishes,
        [-1] * (2 * LONGEST_CHAIN + 2),
        [-1] * (days + 1),
        [-1] * days,
        LOGS,
        [0] * people,
    ]
    s = flat(singles, tables)
    for party in range(people):
        for word in range(words):
            note_cost(b, s, party, word)
    return s


def line_up(s: Table, wishes: list[int]) -> None:
    """Put wishes on the waiting list; it is served from its end."""
    for wish in wishes:
        enlist(s, wish)


def hardest_first(reduction: Reduction) -> list[int]:
    """Wishes that have an allowed slot, the hardest last (the list is read from its end).

    Due wishes come first, then the more valuable, then those whose parties are asked most for
    their seats.
    """
    asked = [0] * len(reduction.seats)
    for wish, parties in enumerate(reduction.parties):
        for party in parties:
            asked[party] += 1 if reduction.allowed[wish] else 0
    strains = [n / max(1, sum(row)) for n, row in zip(asked, reduction.seats, strict=True)]
    worths = [
        wish.value * (1.5 - min(1.0, max([strains[party] for party in parties])))
        for wish, parties in zip(reduction.problem.wishes, reduction.parties, strict=True)
    ]
    choices = [-len(slots) for slots in reduction.allowed]
    ranks = [
        2 * (w.fixed is not None) + due
        for w, due in zip(reduction.problem.wishes, reduction.due, strict=True)
    ]
    order = [wish for wish, slots in enumerate(reduction.allowed) if slots]
    for key in (choices, worths, ranks):  # stable: the last one decides
        order.sort(key=key.__getitem__)
    return order


@dataclass
class Run:
    """One annealing under way: the board, the state, and the kernel that moves it."""

    board: Table
    state: Table
    kernel: Any
    best: list[int]
    best_rank: tuple[int, int, int]

    def upgrade(self) -> None:
        """Go on with the compiled kernel as soon as its cache is warm."""
        if not compiled.is_compiled(self.state) and compiled.is_warm():
            self.board, self.state = compiled.array(self.board), compiled.array(self.state)
            self.kernel = compiled.jitted()

    @property
    def rank(self) -> tuple[int, int, int]:
        """Smaller is better: coverage, then value, then idle slots."""
        return (int(self.state[SHORT]), -int(self.state[VALUE]), int(self.state[COST]))

    @property
    def slots(self) -> list[int]:
        """Wish → slot or -1, as the schedule stands."""
        begin = int(self.state[SLOT_OF])
        return [int(slot) for slot in self.state[begin : begin + int(self.board[WISHES])]]

    def keep_best(self) -> None:
        if self.rank < self.best_rank:
            self.best_rank, self.best = self.rank, self.slots

    def restore_best(self) -> None:
        """Take the schedule back to the best one met."""
        if self.rank != self.best_rank:
            self.load(self.best)

    def load(self, slots: list[int]) -> None:
        """Make the schedule equal to `slots` (wish → slot or -1)."""
        b, s, k = self.board, self.state, self.kernel
        moving = [w for w, slot in enumerate(slots) if s[s[SLOT_OF] + w] != slot]
        for wish in moving:
            if s[s[SLOT_OF] + wish] >= 0:
                k.take(b, s, wish)
                k.enlist(s, wish)
        for wish in moving:
            if slots[wish] >= 0:
                k.strike(s, wish)
                k.put(b, s, wish, slots[wish])
        self.keep_best()


def start(reduction: Reduction, seed: int, idle_limit: int = NO_LIMIT) -> Run:
    """The first valid schedule: greedy, hardest wishes first."""
    board: Table = board_of(reduction, idle_limit)
    state: Table = empty_state(board, seed)
    line_up(state, hardest_first(reduction))
    kernel: Any = compiled.functions()
    if compiled.is_warm():
        board, state = compiled.array(board), compiled.array(state)
    kernel.fill(board, state)
    run = Run(board, state, kernel, [], (1 << 60, 0, 0))
    run.keep_best()
    return run


def heat_at(share: float, hot: float = HOT, cold: float = COLD) -> int:
    """The temperature after a share of the budget, falling geometrically."""
    return max(1, round(1024 * IDLE_WEIGHT * hot * (cold / hot) ** min(1.0, share)))


Watch = Callable[[Run], bool]


def improve_by_steps(run: Run, steps: int, watch: Watch, hot: float = HOT) -> None:
    """Anneal for a number of steps; the same everywhere, whatever the clock."""
    pieces = 200
    for piece in range(pieces):
        size = steps * (piece + 1) // pieces - steps * piece // pieces
        run.upgrade()
        run.kernel.anneal(run.board, run.state, size, heat_at(piece / pieces, hot))
        run.keep_best()
        if watch(run):
            break
    run.restore_best()


def improve_for(run: Run, until: float, watch: Watch, hot: float = HOT, cold: float = COLD) -> None:
    """Anneal until a moment of `time.monotonic`."""
    began = time.monotonic()
    span = max(1e-6, until - began)
    size = 200
    now = began
    while now < until:
        run.upgrade()
        run.kernel.anneal(run.board, run.state, size, heat_at((now - began) / span, hot, cold))
        run.keep_best()
        if watch(run):
            break
        before, now = now, time.monotonic()
        aim = min(0.05, span / 100)
        size = max(50, min(4 * size, round(size * aim / max(1e-6, now - before))))
    run.restore_best()


def rehearse(kernel: Any) -> None:
    """Call every entry of a kernel once, on a tiny fair, so that it is compiled."""
    reduction = reduce(sample(12, seed=1))
    plain = board_of(reduction)
    board, state = compiled.array(plain), empty_state(plain, 1)
    line_up(state, hardest_first(reduction))
    state = compiled.array(state)
    kernel.fill(board, state)
    kernel.anneal(board, state, 100, heat_at(0.5))
    placed = next(wish for wish in range(board[WISHES]) if state[state[SLOT_OF] + wish] >= 0)
    slot = int(state[state[SLOT_OF] + placed])
    kernel.take(board, state, placed)
    kernel.enlist(state, placed)
    kernel.strike(state, placed)
    kernel.put(board, state, placed, slot)
    kernel.settle(compiled.array(tiny_plan()), 10, 1)


def tiny_plan() -> list[int]:
    """A seating of two linked meetings in two slots and two places, as `settle` reads it."""
    tables = [
        [0, 1],
        [0, 0],
        [1, 1],
        [1, 1, 1, 1],
        [0, 1, 2],
        [1, 0],
        [2, 2],
        [0, 1],
        [0, -1, -1, 1],
    ]
    return flat([2, 2, 1, 0], tables)


def steps_done(run: Run) -> int:
    return int(run.state[DONE])
