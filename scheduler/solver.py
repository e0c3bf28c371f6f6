# SPDX-License-Identifier: EUPL-1.2
"""The one entrance: a fair in, the best schedule found and its proven bound out."""

import dataclasses
import time

from scheduler import compiled, goals
from scheduler.board import floors_of
from scheduler.codec import digest_of
from scheduler.evenness import certify, treat_evenly
from scheduler.exact import fewest_breaks
from scheduler.explain import meetings_only, reasons
from scheduler.improve import Run, improve_by_steps, improve_for, start, steps_done
from scheduler.infeasible import explanation, plain_causes
from scheduler.model import Model
from scheduler.order import Order, Proof
from scheduler.problem import Number, Problem
from scheduler.reduce import Reduction, reduce
from scheduler.rounds import anneal_in_rounds, value_at
from scheduler.search import Search, run
from scheduler.seating import seat
from scheduler.solution import Attendance, Held, Meeting, ProgressCall, Solution
from scheduler.windows import close_gap
from scheduler.workshops import Programme, settle_workshops

LITERATURE_FAIRNESS = 2  # breaks of any two participants differ by at most so many


def solve(
    problem: Problem,
    *,
    seconds: float = 30,
    iterations: int | None = None,
    seed: int = 1,
    progress: ProgressCall | None = None,
    fairness: int | None = None,
) -> Solution:
    """Schedule a fair: coverage, then value, idle slots, fairness, and changes of place.

    `seconds`: budget of wall-clock; `iterations`: annealing steps instead, for the same answer
    everywhere; `fairness`: in mode "all", breaks of two parties differ by at most so many (2 unless
    said), otherwise idle slots of a day that no party should pass, at a price that the answer
    tells; `progress`: called about five times a second, a truthy answer stops and returns the best
    so far.
    """
    order = Order(problem, seconds, iterations, seed, progress, fairness)
    if not problem.workshops:
        bare = dataclasses.replace(problem, rooms=(), sign_ups=()) if problem.rooms else problem
        return _schedule(order, reduce(bare), None)
    order.phase = "workshops"
    whole = reduce(
        dataclasses.replace(problem, mode="optimise") if problem.mode == "all" else problem
    )
    programme = settle_workshops(whole, 60 if iterations is not None else 0.3 * seconds)
    if not programme.feasible:
        return _impossible(
            order, whole, ("No start and room are left for a promised workshop or meeting.",)
        )
    reduced = reduce(meetings_only(problem, programme.held, programme.sign_ups))
    answer = _schedule(order, reduced, programme)
    if answer.status == "infeasible":
        return dataclasses.replace(answer, status="unknown")
    return answer


def _schedule(order: Order, reduction: Reduction, programme: Programme | None) -> Solution:
    if reduction.problem.mode == "all":
        return _place_all(order, reduction, programme)
    return _optimise(order, reduction, programme)


def _place_all(order: Order, reduction: Reduction, programme: Programme | None) -> Solution:
    """Mode "all": every wish, the fewest breaks, with proof."""
    order.phase = "prove"
    fairness = LITERATURE_FAIRNESS if order.fairness is None else order.fairness
    causes = plain_causes(reduction)
    if causes:
        return _impossible(order, reduction, causes)
    exact = fewest_breaks(
        reduction, fairness, order.left, order.stop, seed=order.seed, effort=order.effort
    )
    if exact.status == "infeasible":
        why = explanation(reduction, lambda: min(5.0, order.left()), order.stop, fairness)
        return _impossible(order, reduction, why)
    slots = [-1] * len(reduction.parties)
    if exact.slots is not None:
        slots = [exact.slots[wish] for wish in range(len(slots))]
    else:
        first = start(reduction, order.seed, fairness)
        improve_by_steps(first, 20_000, lambda _: order.stop())
        slots = first.best
    total = sum(wish.value for wish in reduction.problem.wishes)
    answer = finish(order, reduction, slots, total, programme)
    status = "optimal" if exact.status == "optimal" and programme is None else answer.status
    if -1 not in slots and exact.status != "optimal":
        status = "feasible"
    return dataclasses.replace(answer, status=status, breaks_bound=exact.bound)


def _optimise(order: Order, reduction: Reduction, programme: Programme | None) -> Solution:
    """Mode "optimise": coverage, value with its bound, idle slots."""
    if order.iterations is None and order.seconds > 5:
        compiled.start_warming()
    order.phase = "construct"
    run_ = start(reduction, order.seed)
    proof = Proof(reduction)
    order.phase = "improve"
    anneal_in_rounds(order, run_, reduction, proof)
    reached = value_at(reduction, run_.best) >= proof.bound.value
    certified = proof.settle(order, enough=reached and not _missing_due(reduction, run_.best))
    if not certified.feasible:
        return _impossible(
            order, reduction, explanation(reduction, lambda: min(5.0, order.left()), order.stop)
        )
    if _missing_due(reduction, run_.best):
        order.phase = "place what is due"
        status = _place_due(order, run_, reduction)
        if status == "infeasible":
            return _impossible(
                order, reduction, explanation(reduction, lambda: min(5.0, order.left()), order.stop)
            )
    if value_at(reduction, run_.best) < certified.value or run_.best_rank[0] > 0:
        order.phase = "close the gap"
        _close_gap(order, run_, reduction)
    order.phase = "fairness"
    evenness = treat_evenly(order, run_, reduction, certified)
    bound = certified.value if programme is None else programme.bound
    answer = finish(order, reduction, run_.best, bound, programme, steps_done(run_))
    return certify(answer, evenness, order.fairness) if programme is None else answer


def _missing_due(reduction: Reduction, slots: list[int]) -> bool:
    return any(due and slot < 0 for due, slot in zip(reduction.due, slots, strict=True))


def _place_due(order: Order, run_: Run, reduction: Reduction) -> str:
    """Place every due wish by search, then take the rest up again."""
    due = [wish for wish, must in enumerate(reduction.due) if must]
    found = run(
        Search(
            Model(reduction, due),
            max(1.0, order.left()),
            order.seed,
            order.effort,
            linearization_level=0,
        ),
        order.stop,
    )
    if found.best is None:
        return found.status
    run_.load([found.best.get(wish, -1) for wish in range(len(reduction.parties))])
    run_.kernel.fill(run_.board, run_.state)
    run_.keep_best()
    if order.iterations is None:
        improve_for(
            run_, time.monotonic() + max(0.1, 0.5 * order.left()), lambda _: order.stop(), 0.5
        )
    else:
        improve_by_steps(run_, order.iterations // 4, lambda _: order.stop(), 0.5)
    return "feasible"


def short_parties(reduction: Reduction, slots: list[int]) -> list[int]:
    """Parties with fewer meetings than their floor."""
    held = [0] * len(reduction.seats)
    for parties, slot in zip(reduction.parties, slots, strict=True):
        for party in parties if slot >= 0 else ():
            held[party] += 1
    return [
        p for p, (n, floor) in enumerate(zip(held, floors_of(reduction), strict=True)) if n < floor
    ]


def _close_gap(order: Order, run_: Run, reduction: Reduction) -> None:
    """Exact windows around the wishes left out, then a cool annealing for the idle slots."""
    if order.left() < 0.5 or order.stop():
        return
    short = short_parties(reduction, run_.best)
    slots = close_gap(reduction, run_.best, short, min(60.0, 0.6 * order.left()), order.stop)
    if slots is run_.best:
        return
    run_.load(slots)
    run_.kernel.fill(run_.board, run_.state)
    run_.keep_best()
    if order.iterations is None:
        improve_for(run_, time.monotonic() + max(0.1, order.left()), lambda _: order.stop(), 0.3)
    else:
        improve_by_steps(run_, order.iterations // 4, lambda _: order.stop(), 0.3)


def finish(
    order: Order,
    reduction: Reduction,
    slots: list[int],
    bound: Number,
    programme: Programme | None,
    iterations: int = 0,
) -> Solution:
    """Deal the places out, measure the answer and give reasons."""
    problem = order.problem
    held: tuple[Held, ...] = programme.held if programme else ()
    sign_ups: tuple[Attendance, ...] = programme.sign_ups if programme else ()
    plan = {
        wish.id: slot
        for wish, slot in zip(reduction.problem.wishes, slots, strict=True)
        if slot >= 0
    }
    steps = None if order.iterations is None else 20 * len(plan)
    seating = seat(
        reduction.problem, plan, seed=order.seed, seconds=order.seating_seconds, steps=steps
    )
    meetings = tuple(
        Meeting(wish, problem.slots[t].id, seating.places[wish]) for wish, t in plan.items()
    )
    active = goals.activity(problem, meetings, held, sign_ups)
    value = goals.value_of(problem, meetings, sign_ups)
    status = (
        "unknown" if _missing_due(reduction, slots) else "optimal" if value >= bound else "feasible"
    )
    return Solution(
        problem=digest_of(problem),
        status=status,
        value=value,
        value_bound=max(bound, value),
        idle=goals.idle_of(problem, active),
        breaks=goals.breaks_of(problem, meetings, active),
        changes=seating.changes,
        changes_bound=seating.changes_bound,
        uncovered=goals.uncovered(problem, meetings),
        seed=order.seed,
        seconds=round(order.spent, 3),
        meetings=meetings,
        unplaced=reasons(reduction, slots),
        workshops=held,
        sign_ups=sign_ups,
        iterations=iterations,
        fairness=goals.fairness_of(problem, meetings, active),
    )


def _impossible(order: Order, reduction: Reduction, why: tuple[str, ...]) -> Solution:
    """The proven answer that there is no schedule, with a smallest explanation."""
    nothing = [-1] * len(reduction.parties)
    return Solution(
        problem=digest_of(order.problem),
        status="infeasible",
        seed=order.seed,
        seconds=round(order.spent, 3),
        unplaced=reasons(reduction, nothing) if len(nothing) < 2000 else (),
        explanation=why,
    )
