# SPDX-License-Identifier: EUPL-1.2
"""Close the last gap of value: solve the neighbourhood of the missing wishes to the end, meetings
around it kept.
"""

from scheduler.ledger import Ledger
from scheduler.model import Model, Search, Stop, run
from scheduler.reduce import Reduction

LARGEST = 400  # wishes of a window


def window_around(
    ledger: Ledger, missing: list[int], hops: int, largest: int = LARGEST
) -> set[int]:
    """The missing wishes, the meetings of their parties, and so on for some hops."""
    window = {wish for wish in missing if ledger.reduction.allowed[wish]}
    edge = set(window)
    for _ in range(hops):
        parties = {party for wish in edge for party in ledger.reduction.parties[wish]}
        edge = {wish for party in sorted(parties) for wish in ledger.of_party[party]} - window
        if len(window) + len(edge) > largest:
            edge = set(sorted(edge)[: max(0, largest - len(window))])
        window |= edge
    return window


def solve_window(
    reduction: Reduction,
    slots: list[int],
    window: set[int],
    seconds: float,
    stop: Stop,
    effort: float | None = None,
) -> list[int]:
    """The most valuable way to place a window of wishes; the schedule as it was if none is
    better.
    """
    kept = {wish: slot for wish, slot in enumerate(slots) if slot >= 0 and wish not in window}
    model = Model(reduction, window, kept)
    weights = {wish: round(1000 * reduction.problem.wishes[wish].value) for wish in window}
    now = {wish: slots[wish] for wish in window if slots[wish] >= 0}
    goal = sum(weights[wish] * literal for (wish, _slot), literal in model.x.items())
    model.model.maximize(goal)
    for (wish, slot), literal in model.x.items():
        model.model.add_hint(literal, now.get(wish) == slot)
    search = run(Search(model, seconds, effort=effort), stop)
    if search.best is None or sum(weights[w] for w in search.best) <= sum(weights[w] for w in now):
        return slots
    return [
        search.best.get(wish, -1) if wish in window else slot for wish, slot in enumerate(slots)
    ]


def close_gap(
    reduction: Reduction, slots: list[int], seconds: float, stop: Stop, effort: float | None = None
) -> list[int]:
    """Try windows of one, then two hops around the wishes left out, the most valuable first."""
    for hops in (1, 2):
        ledger = Ledger(reduction, slots)
        missing = [w for w, slot in enumerate(slots) if slot < 0 and reduction.allowed[w]]
        missing.sort(key=lambda w: (-reduction.problem.wishes[w].value, w))
        for begin in range(0, min(len(missing), 40), 10):
            if stop():
                return slots
            window = window_around(ledger, missing[begin : begin + 10], hops)
            slots = solve_window(reduction, slots, window, seconds / 8, stop, effort)
            ledger = Ledger(reduction, slots)
    return slots
