# SPDX-License-Identifier: EUPL-1.2
"""The job that computes a schedule, with the real scheduler on a tiny fair."""

import subprocess
import sys
import threading
import time

import pytest

from app.actions import jobs, schedules
from app.jobs import handlers, solving
from app.models.base import db
from app.queries import jobs as job_queries
from app.queries import schedules as runs
from app.rules.jobs import JobState
from app.rules.schedules import RunState
from scheduler import Meeting, Progress, Solution, check, problem_from_json, solution_from_json
from tests.builders import a_fair


@pytest.fixture
def run(app, monkeypatch):
    """A run whose job waits for somebody to carry it out."""
    fair = a_fair()
    db.session.commit()
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    return schedules.ask_for_run(fair.edition, by=None, seconds=2)


def now(run):
    db.session.rollback()
    db.session.expire_all()
    return runs.by_id(run.id)


def test_the_answer_is_checked_kept_and_proven(run):
    handlers.carry_out(run.job_id)

    kept = now(run)
    assert kept.state == RunState.DONE
    assert kept.job.state == JobState.DONE
    assert kept.is_proven
    solution = solution_from_json(kept.solution)
    assert check(problem_from_json(kept.problem), solution) == []
    assert kept.placed == len(solution.meetings) > 0
    assert kept.job.result["run"] == kept.id


def test_no_database_connection_is_held_while_the_scheduler_thinks(run, monkeypatch):
    held = []

    def think(problem, **_):
        held.append(db.session.registry.has() and db.session().in_transaction())
        return Solution("", "feasible")

    monkeypatch.setattr(solving, "solve", think)
    handlers.carry_out(run.job_id)

    assert held == [False]


def a_slow_solver(meetings, seconds=10.0):
    """A scheduler that has an answer at once and would think for long, unless stopped."""

    def think(problem, *, progress, **_):
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if progress(Progress(5, 9, 1, time.monotonic() - began, "improve")):
                break
            time.sleep(0.05)
        return Solution("", "feasible", value=5, value_bound=9, meetings=meetings(problem))

    return think


def one_meeting(problem):
    return (Meeting(problem.wishes[0].id, 1, problem.places[0].id),)


def cancel_after(app, run, seconds):
    def press():
        time.sleep(seconds)
        with app.app_context():
            jobs.cancel(job_queries.by_id(run.job_id), by=None)

    thread = threading.Thread(target=press)
    thread.start()
    return thread


def test_cancelling_takes_effect_within_two_seconds_and_keeps_the_best_answer(
    app, run, monkeypatch
):
    monkeypatch.setattr(solving, "solve", a_slow_solver(one_meeting))
    pressed = cancel_after(app, run, 0.3)
    began = time.monotonic()
    handlers.carry_out(run.job_id)
    pressed.join()

    assert time.monotonic() - began < 0.3 + 2
    kept = now(run)
    assert kept.state == RunState.DONE
    assert kept.placed == 1
    assert kept.note["stopped"]
    assert kept.job.state == JobState.CANCELLED
    assert kept.job.result["placed"] == 1


def test_stopped_before_any_answer_the_run_is_cancelled(app, run, monkeypatch):
    monkeypatch.setattr(solving, "solve", a_slow_solver(lambda problem: ()))
    pressed = cancel_after(app, run, 0.1)
    handlers.carry_out(run.job_id)
    pressed.join()

    assert now(run).state == RunState.CANCELLED


def test_progress_is_told_on_the_row_while_the_scheduler_thinks(app, run, monkeypatch):
    seen = []

    def look():
        time.sleep(0.9)
        with app.app_context():
            job = job_queries.by_id(run.job_id)
            seen.append((job.state, job.result, job.total))

    monkeypatch.setattr(solving, "solve", a_slow_solver(one_meeting, seconds=1.3))
    looking = threading.Thread(target=look)
    looking.start()
    handlers.carry_out(run.job_id)
    looking.join()

    state, figures, total = seen[0]
    assert state == JobState.RUNNING
    assert (figures["value"], figures["bound"], figures["idle"], total) == (5, 9, 1, 2)
    assert figures["seconds"] > 0


def test_a_scheduler_that_falls_leaves_a_failed_run_with_its_reason(run, monkeypatch):
    def fall(problem, **_):
        raise ArithmeticError("no bound")

    monkeypatch.setattr(solving, "solve", fall)
    handlers.carry_out(run.job_id)

    kept = now(run)
    assert kept.state == RunState.FAILED
    assert kept.note == {"error": "no bound"}
    assert kept.job.state == JobState.FAILED


def test_a_run_stopped_while_it_waited_is_never_computed(run, monkeypatch):
    monkeypatch.setattr(solving, "solve", lambda *_, **__: pytest.fail("it was computed"))
    schedules.cancel(run, by=None)
    handlers.carry_out(run.job_id)

    assert now(run).outcome == RunState.CANCELLED


def test_the_same_job_twice_computes_once(run, monkeypatch):
    times = []

    def think(problem, **_):
        times.append(1)
        return Solution("", "feasible", meetings=one_meeting(problem))

    monkeypatch.setattr(solving, "solve", think)
    handlers.carry_out(run.job_id)
    handlers.carry_out(run.job_id)

    assert times == [1]


def test_a_worker_that_warmed_up_has_the_scheduler_loaded():
    script = "import sys; from app.jobs import solving; solving.warm_up(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    ).stdout.split()

    assert any(name.startswith("ortools.") for name in loaded)
