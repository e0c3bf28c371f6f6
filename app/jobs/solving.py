# SPDX-License-Identifier: EUPL-1.2
"""Computes a schedule: reads the question, lets the database go, thinks, and keeps the answer."""

from dataclasses import dataclass
from typing import Any

from app.actions import jobs, schedules
from app.jobs.progress import SECONDS_BETWEEN_REPORTS, Cancelled, Progress, every
from app.models.base import db
from scheduler import Problem, Solution, problem_from_json, sample, solve
from scheduler import Progress as Known


@dataclass(frozen=True)
class Wanted:
    """Where the search begins, and the empty slots of a day that nobody should pass."""

    seed: int
    limit: int | None


@dataclass
class Watch:
    """What a side thread tells of the computing, and what it hears: whether to stop."""

    job_id: int
    seconds_allowed: int
    known: Known | None = None
    stop: bool = False

    def hear(self, known: Known) -> bool:
        """Called by the scheduler: keep the latest figures, and say whether to stop."""
        self.known = known
        return self.stop

    def tell(self) -> None:
        """Write the latest figures on the job's row, and read whether somebody cancelled."""
        known = self.known
        figures = {
            "value": known.value if known else None,
            "bound": known.bound if known else None,
            "idle": known.idle if known else None,
            "seconds": round(known.seconds, 1) if known else 0.0,
        }
        self.stop |= jobs.report(
            self.job_id,
            done=min(int(figures["seconds"] or 0), self.seconds_allowed),
            total=self.seconds_allowed,
            message="",
            result=figures,
        )


def warm_up() -> None:
    """Schedule a tiny invented fair, so that the first real one finds the scheduler loaded.

    Loading takes seconds during which it hears nobody: a run stopped then would stop late.
    """
    solve(sample(30), seconds=0.3)


def solve_schedule(progress: Progress) -> dict[str, Any]:
    """Compute the run named in the job; a run that is stopped keeps the best answer so far.

    Errors: Cancelled, with what was kept.
    """
    run = schedules.begin(progress.asked["run"])
    if run is None:
        raise Cancelled
    run_id, problem = run.id, problem_from_json(run.problem)
    wanted = Wanted(run.seed, run.note.get("limit"))
    watch = Watch(progress.job_id, run.seconds_allowed)
    db.session.remove()  # a minute of thought must not hold a connection, let alone a transaction
    try:
        solution = _solved(problem, wanted, watch)
    except Exception as failure:
        schedules.give_up(run_id, error=str(failure) or type(failure).__name__)
        raise
    if watch.stop and not solution.meetings:
        schedules.give_up(run_id)
        raise Cancelled
    return _kept(run_id, solution, stopped=watch.stop)


def _solved(problem: Problem, wanted: Wanted, watch: Watch) -> Solution:
    """The scheduler may be silent for long while it proves: a side thread speaks and listens."""
    with every(SECONDS_BETWEEN_REPORTS, watch.tell):
        return solve(
            problem,
            seconds=watch.seconds_allowed,
            seed=wanted.seed,
            progress=watch.hear,
            fairness=wanted.limit,
        )


def _kept(run_id: int, solution: Solution, *, stopped: bool) -> dict[str, Any]:
    run = schedules.keep_answer(run_id, solution, stopped=stopped)
    kept = {
        "run": run.id,
        "value": run.value,
        "bound": run.bound,
        "idle": run.idle,
        "seconds": run.seconds,
        "placed": run.placed,
    }
    if stopped:
        raise Cancelled(kept)
    return kept
