# SPDX-License-Identifier: EUPL-1.2
"""Jobs: one of them, those that were forgotten, those that have gone silent."""

from datetime import timedelta

from sqlalchemy import select

from app.models import clock
from app.models.base import db
from app.models.jobs import Job
from app.rules.errors import NotFound
from app.rules.jobs import SILENCE, JobState


def by_id(job_id: int) -> Job:
    """The job of this number. Errors: NotFound."""
    job = db.session.get(Job, job_id, populate_existing=True)
    if job is None:
        raise NotFound
    return job


def forgotten() -> list[int]:
    """Jobs asked for over a minute ago that nobody has begun: they never reached the queue."""
    since = clock.now() - timedelta(minutes=1)
    waiting = select(Job.id).where(
        Job.state.in_([JobState.WAITING, JobState.RETRYING]), Job.asked_at < since
    )
    return list(db.session.scalars(waiting.order_by(Job.id)))


def silent() -> list[int]:
    """Running jobs without a sign of life: their worker died."""
    since = clock.now() - SILENCE
    running = select(Job.id).where(Job.state == JobState.RUNNING, Job.heartbeat_at < since)
    return list(db.session.scalars(running))
