# SPDX-License-Identifier: EUPL-1.2
"""Two people do the same thing at the same moment: one wins, the other is told."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.actions import jobs, meetings, publication, schedules
from app.models.base import db
from app.models.jobs import Job, later
from app.models.letters import Letter
from app.models.meetings import Attendance, Meeting
from app.models.schedules import ScheduleRun
from app.queries import meetings as requests
from app.queries import schedule_problem
from app.queries import schedules as runs
from app.queries.editions import by_slug
from app.rules.errors import RuleBroken
from app.rules.meetings import RequestState
from scheduler import problem_to_json
from tests.builders import Fair, a_fair, a_run


@pytest.fixture
def fair(either_app: Flask) -> Fair:
    with either_app.app_context():
        fair = a_fair()
        db.session.commit()
        return fair


def both(app: Flask, act: Callable[[], object]) -> tuple[list[object], list[BaseException]]:
    """Do it twice at once. Returns what succeeded and what went wrong."""
    answers: list[object] = []
    wrong: list[BaseException] = []
    start = threading.Barrier(2)

    def run() -> None:
        with app.app_context(), app.test_request_context():
            start.wait()
            try:
                answers.append(act())
            except BaseException as problem:
                wrong.append(problem)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, wrong


def a_done_run(app: Flask, fair: Fair) -> int:
    with app.app_context():
        placed = [
            {"wish": f"q{fair.requests[n].id}", "slot": slot, "place": f"p{fair.tables[0].id}"}
            for n, slot in ((0, 1), (1, 2), (2, 3))
        ]
        problem = problem_to_json(schedule_problem.of_edition(fair.edition))
        run = a_run(fair.edition, problem=problem, solution={"meetings": placed})
        db.session.commit()
        return run.id


def count(app: Flask, what) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(what.id))) or 0


def test_a_run_published_twice_at_once_is_published_once(either_app, fair):
    run = a_done_run(either_app, fair)

    answers, wrong = both(either_app, lambda: publication.publish(runs.by_id(run), by=None))

    assert answers == [1]
    assert [type(one) for one in wrong] == [RuleBroken]
    assert count(either_app, Meeting) == 3
    assert count(either_app, Attendance) == 6
    assert count(either_app, Letter) == 4


def test_of_two_runs_published_at_once_on_the_same_sight_one_wins(either_app, fair):
    candidates = [a_done_run(either_app, fair), a_done_run(either_app, fair)]

    answers, wrong = both(
        either_app, lambda: publication.publish(runs.by_id(candidates.pop()), by=None, seen=0)
    )

    assert answers == [1]
    assert [one.key for one in wrong if isinstance(one, RuleBroken)] == ["published_meanwhile"]


def test_a_run_asked_for_twice_at_once_is_asked_for_once(either_app, fair, monkeypatch):
    monkeypatch.setitem(either_app.extensions, "send_job", lambda job_id: None)
    slug = fair.edition.slug

    answers, wrong = both(either_app, lambda: schedules.ask_for_run(by_slug(slug), by=None))

    assert len(answers) == 1
    assert [one.key for one in wrong if isinstance(one, RuleBroken)] == ["run_under_way"]
    assert count(either_app, ScheduleRun) == count(either_app, Job) == 1


def test_a_request_accepted_twice_at_once_is_accepted_once(either_app, fair):
    with either_app.app_context():
        request = requests.by_id(fair.requests[0].id)
        request.state = RequestState.PENDING
        db.session.commit()

    answers, wrong = both(
        either_app, lambda: meetings.accept(requests.by_id(fair.requests[0].id), by=None)
    )

    assert len(answers) == 1
    assert [type(one) for one in wrong] == [RuleBroken]


def test_a_job_taken_by_two_workers_at_once_goes_to_one(either_app, fair):
    with either_app.app_context():
        job = later("count").id
        db.session.info.clear()
        db.session.commit()

    answers, wrong = both(either_app, lambda: jobs.start(job))

    assert wrong == []
    assert sorted(answer is None for answer in answers) == [False, True]
