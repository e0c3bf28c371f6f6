# SPDX-License-Identifier: EUPL-1.2
"""How a job is carried: started once, heard, cancelled, tried again, never lost in silence."""

import time
from datetime import timedelta

import pytest

from app.actions import jobs as actions
from app.jobs import progress as progress_module
from app.jobs.progress import Cancelled, Progress, TryAgain, carry, every
from app.models import clock
from app.models.base import db
from app.models.jobs import Job, later
from app.queries import jobs
from app.rules.jobs import JobState


@pytest.fixture
def job(app) -> Job:
    job = later("count")
    db.session.info.clear()
    db.session.commit()
    return job


def state_of(job: Job) -> JobState:
    db.session.rollback()
    return jobs.by_id(job.id).state


def test_a_job_is_done_with_its_result(job):
    carry(job.id, {"count": lambda progress: {"counted": 3}})

    assert state_of(job) == JobState.DONE
    assert jobs.by_id(job.id).result == {"counted": 3}


def test_a_job_sent_twice_is_carried_out_once(job):
    times = []

    def count(progress):
        times.append(1)
        return {}

    carry(job.id, {"count": count})
    carry(job.id, {"count": count})

    assert times == [1]


def test_a_failure_is_written_on_the_row(job):
    def fall(progress):
        raise ValueError("the printer is on fire")

    carry(job.id, {"count": fall})

    assert state_of(job) == JobState.FAILED
    assert "on fire" in jobs.by_id(job.id).error


def test_a_job_hears_that_it_was_cancelled(job):
    def count(progress):
        actions.cancel(jobs.by_id(job.id), by=None)
        progress.report(1, 10)
        raise AssertionError("it should have stopped")

    carry(job.id, {"count": count})

    assert state_of(job) == JobState.CANCELLED


def test_a_cancelled_job_tells_what_it_kept(job):
    def count(progress):
        raise Cancelled({"kept": 7})

    carry(job.id, {"count": count})

    assert jobs.by_id(job.id).result == {"kept": 7}


def test_a_job_cancelled_before_it_began_never_begins(job):
    actions.cancel(job, by=None)
    carry(job.id, {"count": lambda progress: pytest.fail("it began")})

    assert state_of(job) == JobState.CANCELLED


def test_reports_reach_the_database_at_most_twice_a_second(job, monkeypatch):
    told = []
    monkeypatch.setattr(actions, "report", lambda *_, done, **__: told.append(done))
    progress = Progress(job.id, {})
    for done in range(1, 1001):
        progress.report(done, 1000)

    assert told[0] == 1
    assert told[-1] == 1000
    assert len(told) <= 4


def test_a_job_that_may_succeed_later_waits_its_turn(job):
    def refuse(progress):
        raise TryAgain("the server is busy")

    carry(job.id, {"count": refuse})

    assert state_of(job) == JobState.RETRYING
    assert jobs.due_again() == []
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert jobs.due_again() == [job.id]
        assert actions.take_to_send(job.id)
        assert not actions.take_to_send(job.id)
    carry(job.id, {"count": lambda progress: {}})
    assert state_of(job) == JobState.DONE
    assert jobs.by_id(job.id).attempts == 2


def test_long_work_gives_signs_of_life_although_it_reports_nothing(job, monkeypatch):
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN_BEATS", 0.05)
    beats = []

    def think(progress):
        began = jobs.by_id(job.id).heartbeat_at
        db.session.commit()
        time.sleep(0.4)
        beats.append(jobs.by_id(job.id).heartbeat_at != began)
        return {}

    carry(job.id, {"count": think})

    assert beats == [True]


def test_work_beside_the_block_ends_with_it_even_when_it_fails(app):
    times = []
    with pytest.raises(KeyError), every(0.01, lambda: times.append(1)):
        time.sleep(0.1)
        raise KeyError
    done = len(times)
    time.sleep(0.05)

    assert done
    assert len(times) == done
