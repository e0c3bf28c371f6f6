# SPDX-License-Identifier: EUPL-1.2
"""Search the neighbourhood of what an event touches, wider only while the proof is missing."""

import time

from scheduler.board import unit_of
from scheduler.bounds import Ladder
from scheduler.ledger import Ledger
from scheduler.mip import MixedModel, MixedSearch
from scheduler.search import race
from scheduler.standing import Bench
from scheduler.windows import window_around

LEVELS = (1, 2)
LARGEST = 2500  # wishes of a window
BESIDES = 40  # waiting wishes, the dearest, that the widest window takes in


def search(bench: Bench, slots: list[int], ladder: Ladder, theta: float) -> list[int]:
    """A better way to place the neighbourhood of the event.

    `ladder`: the bounds of the value, worked out only when the ceiling does not do.
    """
    for level in LEVELS:
        if bench.stop() or time.monotonic() >= bench.until:
            break
        untouched = not bench.moves(slots) and all(slots[wish] >= 0 for wish in bench.fresh)
        if (level > LEVELS[0] or untouched) and _reached(bench, slots, ladder):
            break
        slots = _window(bench, slots, level, theta)
    return slots


def _reached(bench: Bench, slots: list[int], ladder: Ladder) -> bool:
    value = bench.value(slots)
    below = bench.ceiling is not None and value >= bench.ceiling
    return below or value >= ladder.above(value).value


def _window(bench: Bench, slots: list[int], level: int, theta: float) -> list[int]:
    """The best way to place a window: value less theta per move, then the fewest moves."""
    index, wishes = bench.problem.slot_index, bench.problem.wishes
    ledger = Ledger(bench.reduction, slots)
    touched = [w for w, m in bench.published.items() if slots[w] != index[m.slot]]
    fresh = _hopeful(bench, slots, touched, level)
    window = window_around(ledger, [*touched, *fresh], max(1, level), largest=LARGEST)
    window -= bench.frozen.keys()
    if not window:
        return slots
    kept = {w: t for w, t in enumerate(slots) if t >= 0 and w not in window}
    model = MixedModel(bench.reduction, window, kept, lean=True)
    unit = unit_of([float(wish.value) for wish in wishes] + ([theta] if theta else []))
    worth, price = len(window) + 1, round(theta / unit) * (len(window) + 1) + 1
    goal = {}
    for (wish, slot), literal in model.x.items():
        meeting = bench.published.get(wish)
        stays = meeting is not None and index[meeting.slot] == slot
        goal[literal] = worth * round(wishes[wish].value / unit) + price * stays
    model.model.maximise(goal)
    mixed = MixedSearch(model, bench.until - time.monotonic())
    race([mixed], bench.stop)
    if mixed.best is None:
        return slots
    return [mixed.best.get(wish, -1) if wish in window else slot for wish, slot in enumerate(slots)]


def _hopeful(bench: Bench, slots: list[int], touched: list[int], level: int) -> list[int]:
    """Wishes to place: those the event brings, standby wishes near it, and at last the dearest
    others; the dearest first.
    """
    near = {p for w in (*touched, *bench.fresh) for p in bench.reduction.parties[w]} | bench.freed
    waiting = [w for w, slot in enumerate(slots) if slot < 0 and bench.reduction.masks[w]]
    waiting.sort(key=lambda w: (-bench.problem.wishes[w].value, w))
    brought = set(bench.fresh)
    if level == 0:
        return [w for w in waiting if w in brought]
    beside = {w for w in waiting if w in brought or near.intersection(bench.reduction.parties[w])}
    if level == 2:
        beside.update(waiting[:BESIDES])
    return [w for w in waiting if w in beside]
