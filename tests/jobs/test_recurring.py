# SPDX-License-Identifier: EUPL-1.2
"""What is done every minute for jobs that went astray."""

from datetime import timedelta

import pytest

from app.actions import jobs as actions
from app.jobs.recurring import every_minute
from app.models import clock
from app.models.base import db
from app.models.jobs import Job, later
from app.queries import jobs
from app.rules.jobs import JobState
from tests.builders import a_run, an_edition


@pytest.fixture
def job(app) -> Job:
    job = later("count")
    db.session.info.clear()
    db.session.commit()
    return job


@pytest.fixture
def sent() -> list[int]:
    return []


def in_(minutes: float):
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def test_a_job_that_never_reached_the_queue_is_sent_again_once(job, sent):
    every_minute(sent.append)
    assert sent == []

    with in_(2):
        every_minute(sent.append)
        every_minute(sent.append)
    assert sent == [job.id]


def test_a_job_still_unheard_of_after_a_quarter_of_an_hour_is_sent_again(job, sent):
    with in_(2):
        every_minute(sent.append)
    with in_(20):
        every_minute(sent.append)

    assert sent == [job.id, job.id]


def test_a_job_that_runs_is_not_sent_again(job, sent):
    actions.start(job.id)
    with in_(0.5):
        every_minute(sent.append)

    assert sent == []


def test_a_job_whose_worker_died_is_said_to_be_lost(job, sent):
    actions.start(job.id)
    with in_(2):
        every_minute(sent.append)

    assert jobs.by_id(job.id).state == JobState.LOST


def test_a_sign_of_life_saves_a_job_that_seemed_lost(job):
    actions.start(job.id)
    with in_(2):
        seemed = jobs.silent()
        actions.beat(job.id)

        assert seemed == [job.id]
        assert actions.end_lost(job.id) is False
    assert jobs.by_id(job.id).state == JobState.RUNNING


def test_the_run_of_a_lost_job_is_closed(app, sent):
    run = a_run(an_edition(), state="running")
    run.job = later("solve_schedule", run=run.id)
    db.session.info.clear()
    db.session.commit()
    actions.start(run.job.id)
    with in_(2):
        every_minute(sent.append)

    db.session.refresh(run)
    assert run.state == "failed"
