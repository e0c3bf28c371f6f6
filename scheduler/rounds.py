# SPDX-License-Identifier: EUPL-1.2
"""Round after round of annealing, until the best is proven or the budget is spent."""

import time
from collections.abc import Callable

from scheduler.board import IDLE_WEIGHT
from scheduler.idle import fate_of, least_idle, waits_in
from scheduler.improve import COLD, Run, improve_by_steps, improve_for
from scheduler.order import Order, Proof
from scheduler.problem import Number
from scheduler.reduce import Reduction

HEATS = (1.5, 0.5, 0.8, 0.5, 0.8)  # temperatures at which the rounds begin
SLOW = (0.8, 0.15)  # where a small fair has time for one slow round, which beats two
FIRST_SHARE = 0.85  # of a short budget; what is left closes a gap of value, or cools once more
LARGEST = 20_000  # wishes of a fair whose idle slots are proven; beyond, minutes
PATIENCE = 2  # rounds without a gain before it is given up
PROOF_SECONDS = 2.0


def value_at(reduction: Reduction, slots: list[int]) -> Number:
    return sum(
        w.value for w, slot in zip(reduction.problem.wishes, slots, strict=True) if slot >= 0
    )


def watch(order: Order, reduction: Reduction, proof: Proof) -> Callable[[Run], bool]:
    """Tell how the run stands; True once nothing is left to gain, or the caller wants to stop."""

    def look(current: Run) -> bool:
        order.value = value_at(reduction, current.best)
        order.idle = current.best_rank[2] // IDLE_WEIGHT
        order.bound = proof.bound.value
        reached = order.value >= order.bound
        if order.iterations is None and not reached and order.spent > proof.patience:
            proof.sharpen()
        best = reached and current.best_rank[::2] == (0, 0)
        return order.stop() or best or not proof.bound.feasible

    return look


def anneal_in_rounds(order: Order, run: Run, reduction: Reduction, proof: Proof) -> None:
    """Rounds of annealing until the budget is spent, nothing is left to gain, or rounds gain
    nothing.
    """
    look = watch(order, reduction, proof)
    if order.iterations is not None:
        improve_by_steps(run, order.iterations, look)
        return
    span = max(2.0, 0.004 * len(reduction.parties))
    fruitless = 0
    for number, heat in enumerate(HEATS):
        left = order.left() - order.fairness_seconds
        if left <= 0 or look(run) or fruitless == PATIENCE:
            break
        before = run.best_rank
        seconds, heats = min(left, span), (heat, COLD)
        if number == 0 and left < 2 * span:
            seconds = FIRST_SHARE * left
        elif number == 0 and left < 3 * span:
            seconds, heats = left, SLOW
        improve_for(run, time.monotonic() + seconds, look, *heats)
        fruitless = fruitless + 1 if run.best_rank == before else 0
        short = order.bound is None or order.value < order.bound
        if short or is_least(order, run, reduction, proof):
            break


def is_least(order: Order, run: Run, reduction: Reduction, proof: Proof) -> bool:
    """No schedule of this value has fewer idle slots, and that is proven in a moment."""
    waits = waits_in(reduction, run.best)
    if len(reduction.parties) > LARGEST or sum(waits.values()) > len(reduction.parties) / 10:
        return False  # far from it: not worth the proof
    fate = fate_of(reduction, proof.bound, value_at(reduction, run.best))
    return least_idle(fate, waits, clock(order)).total == sum(waits.values())


def clock(order: Order) -> Callable[[], bool]:
    """True once the proof has taken its time; where the answer must repeat it may take all it
    needs.
    """
    if order.iterations is not None:
        return lambda: False
    until = time.monotonic() + min(PROOF_SECONDS, 0.3 if order.stopped else 0.05 * order.seconds)
    return lambda: time.monotonic() > until
