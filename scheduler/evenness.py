# SPDX-License-Identifier: EUPL-1.2
"""The steps after value and idle slots: keep to a limit of waiting where one was asked, treat
people evenly, and prove how little of that could be better.
"""

import dataclasses
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.board import BREAKS, GOAL, IDLE_LIMIT, PEOPLE, WORDS
from scheduler.bounds import Bound
from scheduler.fairness import Standing, level, pieces_for, pieces_of
from scheduler.idle import Fate, LeastIdle, fate_of, least_idle, waits_in
from scheduler.improve import Run, improve_by_steps, improve_for
from scheduler.order import Order
from scheduler.problem import Number
from scheduler.reduce import Reduction
from scheduler.rounds import clock, value_at
from scheduler.solution import Solution

STEPS_SHARE = 10  # one step in so many more, for fairness


@dataclass(frozen=True)
class Evenness:
    """What is proven of idle slots and fairness, and what a limit of waiting cost."""

    least: LeastIdle
    share_bound: float
    price: Number = 0
    price_idle: int = 0


def treat_evenly(order: Order, run: Run, reduction: Reduction, bound: Bound) -> Evenness | None:
    """Seek G3 below the goals that are settled; None in mode "all", whose goal is another."""
    if run.board[GOAL] == BREAKS:
        return None
    before = value_at(reduction, run.best), sum(waits_in(reduction, run.best).values())
    if order.fairness is not None:
        keep_to_limit(order, run, order.fairness)
    fate = fate_of(reduction, bound, value_at(reduction, run.best))
    share = largest_share(fate)
    least = least_idle(fate, waits_in(reduction, run.best), clock(order))
    level(run, pieces(order), even_enough(order, least, share))
    waits = waits_in(reduction, run.best)
    if sum(waits.values()) != least.total and not order.stopped:
        least = max(least, least_idle(fate, waits, clock(order)), key=lambda found: found.total)
    return Evenness(
        least,
        share,
        before[0] - value_at(reduction, run.best) if order.fairness is not None else 0,
        sum(waits.values()) - before[1] if order.fairness is not None else 0,
    )


def keep_to_limit(order: Order, run: Run, limit: int) -> None:
    """A soft limit on the idle slots of a day of each party: beyond it a slot counts as ten."""
    run.restore_best()
    run.board[IDLE_LIMIT] = limit
    for party in range(int(run.board[PEOPLE])):
        for word in range(int(run.board[WORDS])):
            run.kernel.note_cost(run.board, run.state, party, word)
    run.best_rank = run.rank
    if order.iterations is not None:
        improve_by_steps(run, order.iterations // 4, lambda _: order.stop(), 0.5)
    else:
        seconds = max(0.1, order.left() - order.fairness_seconds)
        improve_for(run, time.monotonic() + seconds, lambda _: order.stop(), 0.5)


def pieces(order: Order) -> Iterator[tuple[int, float]]:
    """The steps that fairness may take."""
    if order.iterations is not None:
        return pieces_of(order.iterations // STEPS_SHARE)
    return pieces_for(min(max(0.1, order.left()), order.fairness_seconds))


def even_enough(order: Order, least: LeastIdle, share: float) -> Callable[[Standing], bool]:
    """True once nobody could wait less or be served better, or the caller wants to stop."""

    def enough(best: Standing) -> bool:
        worst, served = best.unfairness[0], -best.unfairness[1]
        return order.stop() or (
            best.idle <= least.total and worst <= least.worst and served >= share
        )

    return enough


def largest_share(fate: Fate) -> float:
    """The share of its wishes that the worst served party has at best, by its seats and quota."""
    asked = [0] * len(fate.reduction.seats)
    for parties in fate.reduction.parties:
        for party in parties:
            asked[party] += 1
    shares = [1.0]
    for party, seats in enumerate(fate.reduction.seats):
        quota = fate.reduction.problem.parties[party].max_meetings
        most = min(len(fate.wishes.get(party, ())), sum(seats))
        if asked[party]:
            shares.append(min(most, most if quota is None else quota) / asked[party])
    return min(shares)


def certify(answer: Solution, evenness: Evenness | None, limit: int | None) -> Solution:
    """The answer with what is proven of its idle slots and its fairness."""
    if evenness is None or answer.status == "unknown":
        return answer
    fairness = dataclasses.replace(
        answer.fairness,
        worst_idle_bound=evenness.least.worst,
        share_bound=evenness.share_bound,
        limit=limit,
        price=evenness.price,
        price_idle=evenness.price_idle,
    )
    return dataclasses.replace(answer, idle_bound=evenness.least.total, fairness=fairness)
