# SPDX-License-Identifier: EUPL-1.2
"""Jobs: one of them, those to send to the queue again, those that have gone silent."""

from datetime import datetime

from sqlalchemy import select

from app.models import clock
from app.models.base import db
from app.models.jobs import Job as Job
from app.rules.errors import NotFound
from app.rules.jobs import JobState, has_gone_silent, is_due_again, was_forgotten


def by_id(job_id: int) -> Job:
    """The job of this number, as it stands now. Errors: NotFound."""
    job = db.session.get(Job, job_id, populate_existing=True)
    if job is None:
        raise NotFound
    return job


def last_of(kind: str, **asked: int) -> Job | None:
    """The latest job of this kind that was asked for with these numbers."""
    found = select(Job).where(Job.kind == kind)
    for name, number in asked.items():
        found = found.where(Job.asked[name].as_integer() == number)
    latest = found.order_by(Job.id.desc()).limit(1)
    return db.session.scalars(latest.execution_options(populate_existing=True)).first()


def forgotten() -> list[int]:
    """Jobs that nobody has begun: they never reached the queue, or it lost them."""
    now = clock.now()
    return [job.id for job in _in_state(JobState.WAITING) if is_forgotten(job, now=now)]


def due_again() -> list[int]:
    """Jobs that failed and have waited long enough to be tried again."""
    now = clock.now()
    return [job.id for job in _in_state(JobState.RETRYING) if is_forgotten(job, now=now)]


def silent() -> list[int]:
    """Running jobs without a sign of life: their worker died."""
    now = clock.now()
    running = _in_state(JobState.RUNNING)
    return [job.id for job in running if has_gone_silent(job.heartbeat_at, now)]


def is_forgotten(job: Job, *, now: datetime) -> bool:
    """Whether this job should be sent to the queue now."""
    if job.state == JobState.WAITING:
        return was_forgotten(job.asked_at, job.sent_at, now)
    if job.state == JobState.RETRYING and is_due_again(job.attempts, _failed_at(job), now):
        return job.sent_at is None or was_forgotten(job.asked_at, job.sent_at, now)
    return False


def _failed_at(job: Job) -> datetime:
    return job.heartbeat_at or job.asked_at


def _in_state(state: JobState) -> list[Job]:
    found = select(Job).where(Job.state == state).order_by(Job.id)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))
