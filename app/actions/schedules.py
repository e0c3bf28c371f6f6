# SPDX-License-Identifier: EUPL-1.2
"""Schedules are asked for, kept when they pass the check, and stopped."""

from collections.abc import Sequence

from flask import current_app

from app.actions import jobs
from app.actions.base import action
from app.actions.publication import publish as publish
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition
from app.models.history import remember
from app.models.jobs import later
from app.models.schedules import ScheduleRun
from app.queries import repairs, schedules
from app.rules import schedules as rules
from app.rules.editions import Mode
from app.rules.schedules import UNDER_WAY, RunMode, RunState
from scheduler import (
    Problem,
    Solution,
    Violation,
    check,
    problem_from_json,
    problem_to_json,
    solution_to_json,
)

MOST_VIOLATIONS_NOTED = 20


@action
def ask_for_run(
    edition: Edition,
    *,
    by: User | None,
    seconds: int | None = None,
    seed: int = 1,
    limit: int | None = None,
) -> ScheduleRun:
    """Write down what there is to schedule, and ask for a job that will.

    seconds: of computing, at most; those of the settings unless said. limit: empty slots of a day
    that nobody should pass. Errors: RuleBroken when there is nothing to schedule, or when a run of
    this edition is under way.
    """
    take(edition)
    run = open_run(edition, repairs.whole(edition), by=by, seconds=seconds, seed=seed)
    run.note = {} if limit is None else {"limit": limit}
    run.job = later(
        "solve_schedule",
        owner_id=by.id if by else None,
        organiser_id=run.organiser_id,
        run=run.id,
    )
    return run


@action
def take(edition: Edition) -> None:
    """One run at a time per edition: whoever comes second waits here, then sees the first.

    Errors: RuleBroken when a run of this edition is under way.
    """
    db.session.refresh(edition, with_for_update={"of": Edition})
    running = schedules.under_way(edition)
    rules.require_idle(running.number if running else None)


@action
def open_run(
    edition: Edition, problem: Problem, *, by: User | None, seconds: int | None, seed: int
) -> ScheduleRun:
    """Write a run down before its job is asked for.

    Errors: RuleBroken when there is nothing to schedule.
    """
    tables = len(problem.places) or int(edition.mode == Mode.DIGITAL)
    rules.require_matter(slots=len(problem.slots), places=tables, requests=len(problem.wishes))
    run = _new_run(edition, problem, seconds=seconds or current_app.config["SOLVER_SECONDS"])
    run.seed = seed
    db.session.add(run)
    db.session.flush()
    remember(by, "schedule.asked", run, number=run.number)
    return run


@action
def begin(run_id: int) -> ScheduleRun | None:
    """Note that the computing starts; None when the run is gone or was stopped before."""
    run = _locked(run_id)
    if run is None or run.state not in UNDER_WAY:
        return None
    run.state = RunState.RUNNING
    return run


@action
def keep_answer(run_id: int, solution: Solution, *, stopped: bool = False) -> ScheduleRun:
    """Keep an answer that passes the check; of a wrong one only its violations are noted.

    stopped: somebody ended the computing early, this is the best answer by then.
    """
    run = db.session.get_one(ScheduleRun, run_id)
    broken = check(problem_from_json(run.problem), solution)
    run.seconds = round(solution.seconds, 1)
    if broken:
        return refuse_answer(run, broken)
    run.state, run.note = RunState.DONE, {"stopped": True} if stopped else {}
    run.solution = solution_to_json(solution)
    run.placed, run.idle = len(solution.meetings), solution.idle
    run.value, run.bound = int(solution.value), int(solution.value_bound)
    remember(None, "schedule.computed", run, number=run.number, placed=run.placed)
    return run


@action
def refuse_answer(run: ScheduleRun, broken: Sequence[Violation]) -> ScheduleRun:
    """Close a run whose answer is wrong: only what it violates is noted."""
    run.state = RunState.FAILED
    run.note = {"violations": [one.message for one in broken[:MOST_VIOLATIONS_NOTED]]}
    remember(None, "schedule.failed", run, number=run.number)
    return run


@action
def give_up(run_id: int, *, error: str = "") -> None:
    """Close a run without an answer: it was stopped too early, or (with an error) it failed."""
    run = _locked(run_id)
    if run is not None and run.state in UNDER_WAY:
        run.state = RunState.FAILED if error else RunState.CANCELLED
        run.note = {"error": error} if error else {}
        if error:
            remember(None, "schedule.failed", run, number=run.number)


@action
def cancel(run: ScheduleRun, *, by: User | None) -> None:
    """Ask a run to stop; the best answer found so far is kept."""
    if run.job is not None:
        jobs.cancel(run.job, by=by)
    remember(by, "schedule.stopped", run, number=run.number)


@action
def close_abandoned() -> int:
    """Close the runs whose job ended without them. Returns how many."""
    left = schedules.abandoned()
    for run in left:
        run.state = run.outcome
    return len(left)


def _new_run(edition: Edition, problem: Problem, *, seconds: int) -> ScheduleRun:
    return ScheduleRun(
        edition_id=edition.id,
        organiser_id=edition.organiser_id,
        number=schedules.next_number(edition),
        state=RunState.WAITING,
        mode=RunMode.BEST,
        seconds_allowed=seconds,
        problem=problem_to_json(problem),
        solution={},
        question={},
        answers={},
        asked=len(problem.wishes),
        placed=0,
        value=0,
        bound=0,
        idle=0,
        seconds=0.0,
        note={},
        created_at=clock.now(),
    )


def _locked(run_id: int) -> ScheduleRun | None:
    return db.session.get(
        ScheduleRun, run_id, with_for_update={"of": ScheduleRun}, populate_existing=True
    )
