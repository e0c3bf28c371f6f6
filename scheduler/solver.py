# SPDX-License-Identifier: EUPL-1.2
"""The one entrance: a fair in, the best schedule found and its proven bound out."""

import threading
import time
from dataclasses import dataclass, field

from scheduler import compiled, goals
from scheduler.board import COST, NO_LIMIT, SHORT
from scheduler.bounds import Bound, upper_bound
from scheduler.codec import digest_of
from scheduler.explain import reasons
from scheduler.improve import Run, improve_by_steps, improve_for, start, steps_done
from scheduler.problem import Number, Problem
from scheduler.reduce import Reduction, reduce
from scheduler.seating import seat
from scheduler.solution import Attendance, Held, Meeting, Progress, ProgressCall, Solution

TICK = 0.2  # seconds between two calls of progress
ROUNDS = 3  # annealings at most, each from the best answer so far


@dataclass
class Watch:
    """Tells the caller how the run goes, and hears whether to stop."""

    progress: ProgressCall | None
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0
    stopped: bool = False

    def tell(self, value: Number, bound: Number | None, idle: int, phase: str) -> bool:
        """Report at most five times a second; True once the caller wants to stop."""
        now = time.monotonic()
        if self.progress is not None and not self.stopped and now - self.told >= TICK:
            self.told = now
            self.stopped = bool(self.progress(Progress(value, bound, idle, now - self.began, phase)))
        return self.stopped

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


class Proof(threading.Thread):
    """The upper bound, worked out beside the annealing."""

    def __init__(self, reduction: Reduction) -> None:
        super().__init__(daemon=True)
        self.reduction = reduction
        self.bound: Bound | None = None

    def run(self) -> None:
        self.bound = upper_bound(self.reduction)


def solve(
    problem: Problem,
    *,
    seconds: float = 30,
    iterations: int | None = None,
    seed: int = 1,
    progress: ProgressCall | None = None,
    fairness: int | None = None,
) -> Solution:
    """Schedule a fair: coverage, then value, then idle slots, then changes of place.

    `seconds`: budget of wall-clock; `iterations`: annealing steps instead, for the same answer everywhere;
    `fairness`: idle slots of a day (breaks in mode "all") that no party should pass;
    `progress`: called about five times a second, a truthy answer stops and returns the best so far.
    """
    watch = Watch(progress)
    return _optimise(problem, watch, seconds, iterations, seed, fairness)


def _optimise(
    problem: Problem, watch: Watch, seconds: float, iterations: int | None, seed: int, fairness: int | None
) -> Solution:
    compiled_ready = compiled.is_warm()
    if not compiled_ready and iterations is None and seconds > 5:
        compiled.start_warming()
    reduction = reduce(problem)
    proof = Proof(reduction)
    proof.start()
    run = start(reduction, seed, NO_LIMIT if fairness is None else fairness)
    _anneal(run, reduction, proof, watch, seconds, iterations)
    proof.join()
    assert proof.bound is not None
    return finish(problem, reduction, run.best, proof.bound, watch, seed, iterations, run)


def value_at(reduction: Reduction, slots: list[int]) -> Number:
    return sum(w.value for w, slot in zip(reduction.problem.wishes, slots, strict=True) if slot >= 0)


def _anneal(
    run: Run, reduction: Reduction, proof: Proof, watch: Watch, seconds: float, iterations: int | None
) -> None:
    if iterations is not None:
        proof.join()

    def look(run: Run) -> bool:
        bound = proof.bound.value if proof.bound else None
        value = value_at(reduction, run.best) if watch.progress or bound is not None else 0
        done = bound is not None and value >= bound and run.best_rank[0] == 0 and run.best_rank[2] == 0
        return watch.tell(value, bound, run.best_rank[2] // 20, "improve") or done

    if iterations is not None:
        improve_by_steps(run, iterations, look)
        return
    reserve = min(3.0, 0.1 * seconds)
    span = max(2.0, 0.004 * len(reduction.parties))
    deadline = watch.began + seconds - reserve
    before = None
    for _ in range(ROUNDS):
        left = deadline - time.monotonic()
        if left <= 0 or look(run) or run.best_rank == before:
            break
        before = run.best_rank
        improve_for(run, time.monotonic() + (left if left < 2 * span else span), look)


def finish(
    problem: Problem,
    reduction: Reduction,
    slots: list[int],
    bound: Bound,
    watch: Watch,
    seed: int,
    iterations: int | None,
    run: Run,
    held: tuple[Held, ...] = (),
    sign_ups: tuple[Attendance, ...] = (),
) -> Solution:
    """Deal the places out, measure the answer and give reasons."""
    plan = {wish.id: slot for wish, slot in zip(reduction.problem.wishes, slots, strict=True) if slot >= 0}
    seating = seat(
        reduction.problem, plan, seed=seed, seconds=min(2.0, 0.3 + len(plan) / 10_000),
        steps=None if iterations is None else 20 * len(plan),
    )
    meetings = tuple(
        Meeting(wish, problem.slots[slot].id, seating.places[wish]) for wish, slot in plan.items()
    )
    active = goals.activity(problem, meetings, held, sign_ups)
    value = goals.value_of(problem, meetings, sign_ups)
    return Solution(
        problem=digest_of(problem),
        status="optimal" if value >= bound.value else "feasible",
        value=value,
        value_bound=max(bound.value, value),
        idle=goals.idle_of(problem, active),
        breaks=goals.breaks_of(problem, meetings, active),
        changes=seating.changes,
        changes_bound=seating.changes_bound,
        uncovered=goals.uncovered(problem, meetings),
        seed=seed,
        seconds=round(watch.seconds, 3),
        meetings=meetings,
        unplaced=reasons(reduction, slots),
        workshops=held,
        sign_ups=sign_ups,
        iterations=steps_done(run),
        fairness=goals.fairness_of(problem, meetings, active),
    )


__all__ = ["COST", "SHORT", "solve"]
