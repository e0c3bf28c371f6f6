# SPDX-License-Identifier: EUPL-1.2
"""Close the last gap of value: solve the neighbourhood of the missing wishes to the end, meetings
around it kept.
"""

import time
from collections import Counter

from scheduler.board import floors_of
from scheduler.ledger import Ledger
from scheduler.mip import MixedModel, MixedSearch
from scheduler.reduce import Reduction
from scheduler.search import Stop, race

LARGEST = 400  # wishes of a window


def window_around(
    ledger: Ledger, missing: list[int], hops: int, largest: int = LARGEST
) -> set[int]:
    """The missing wishes, the meetings of their parties, and so on for some hops."""
    window = {wish for wish in missing if ledger.reduction.masks[wish]}
    edge = set(window)
    for _ in range(hops):
        parties = {party for wish in edge for party in ledger.reduction.parties[wish]}
        edge = {wish for party in sorted(parties) for wish in ledger.of_party[party]} - window
        if len(window) + len(edge) > largest:
            edge = set(sorted(edge)[: max(0, largest - len(window))])
        window |= edge
    return window


def solve_window(
    reduction: Reduction, slots: list[int], window: set[int], seconds: float, stop: Stop
) -> list[int]:
    """The best way to place a window of wishes, coverage before value; as it was if none is
    better.
    """
    kept = {wish: slot for wish, slot in enumerate(slots) if slot >= 0 and wish not in window}
    model = MixedModel(reduction, window, kept, lean=True)
    weights = {wish: round(1000 * reduction.problem.wishes[wish].value) for wish in window}
    cover = sum(weights.values()) + 1
    covered = _coverage(model, reduction, kept)
    gains = {literal: weights[wish] for (wish, _slot), literal in model.x.items()}
    model.model.maximise(gains | dict.fromkeys(covered, cover))
    search = MixedSearch(model, seconds)
    race([search], stop)
    if search.best is None:
        return slots
    return [
        search.best.get(wish, -1) if wish in window else slot for wish, slot in enumerate(slots)
    ]


def _coverage(model: MixedModel, reduction: Reduction, kept: dict[int, int]) -> list[int]:
    """Literals, one for each meeting that a party of the window has towards its floor (G0)."""
    literals = []
    floors = floors_of(reduction)
    staying = Counter(party for wish in kept for party in reduction.parties[wish])
    for party, wishes in model.wishes_of.items():
        lacking = floors[party] - staying[party]
        if lacking > 0:
            steps = [model.model.new_bool_var("") for _ in range(lacking)]
            held = [x for (wish, _slot), x in model.x.items() if wish in wishes]
            model.at_most([*steps, *(~x for x in held)], len(held))
            literals += steps
    return literals


def close_gap(
    reduction: Reduction, slots: list[int], short: list[int], seconds: float, stop: Stop
) -> list[int]:
    """Windows of one, then two hops around the wishes of parties short of their floor (`short`),
    then around the most valuable wishes left out.
    """
    until = time.monotonic() + seconds
    wishes = reduction.problem.wishes
    for hops in (1, 2):
        missing = [w for w, slot in enumerate(slots) if slot < 0 and reduction.allowed[w]]
        missing.sort(key=lambda w: (short_of(reduction, w, short), -wishes[w].value, w))
        for begin in range(0, min(len(missing), 60), 10):
            left = until - time.monotonic()
            if stop() or left <= 0:
                return slots
            ledger = Ledger(reduction, slots)
            window = window_around(ledger, missing[begin : begin + 10], hops)
            slots = solve_window(reduction, slots, window, min(left, max(0.5, seconds / 4)), stop)
    return slots


def short_of(reduction: Reduction, wish: int, short: list[int]) -> bool:
    """False, hence first, where a party of the wish is short of its floor."""
    return not any(party in short for party in reduction.parties[wish])
