# SPDX-License-Identifier: EUPL-1.2
"""What happens to a job: sent again, started, reported on, cancelled, ended."""

from typing import Any

from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.jobs import Job
from app.queries import jobs
from app.rules.jobs import ENDED, JobState, has_gone_silent


@action
def take_to_send(job_id: int) -> bool:
    """Note that a forgotten job is sent to the queue; False when somebody else just did."""
    job = _locked(job_id)
    if job is None or not jobs.is_forgotten(job, now=clock.now()):
        return False
    job.sent_at = clock.now()
    return True


@action
def start(job_id: int) -> Job | None:
    """Take a waiting job; None when it is gone, ended, or already in other hands."""
    job = _locked(job_id)
    if job is None or job.state not in {JobState.WAITING, JobState.RETRYING}:
        return None
    if job.cancel:
        job.state, job.ended_at = JobState.CANCELLED, clock.now()
        return None
    job.state, job.attempts = JobState.RUNNING, job.attempts + 1
    job.started_at = job.heartbeat_at = clock.now()
    return job


@action
def report(
    job_id: int, *, done: int, total: int, message: str, result: dict[str, Any] | None = None
) -> bool:
    """Note how far a job is. Returns whether somebody asked for it to stop."""
    job = db.session.get(Job, job_id, populate_existing=True)  # the handler may hold an old one
    if job is None:
        return True
    job.done, job.total, job.message, job.heartbeat_at = done, total, message[:200], clock.now()
    if result is not None:
        job.result = result
    return job.cancel


@action
def beat(job_id: int) -> None:
    """Note that somebody is still working on a job."""
    job = db.session.get(Job, job_id)
    if job is not None and job.state == JobState.RUNNING:
        job.heartbeat_at = clock.now()


@action
def cancel(job: Job, *, by: User | None) -> None:
    """Ask a job to stop; one that has not begun is ended at once."""
    job = _locked(job.id) or job
    if job.state in ENDED:
        return
    job.cancel = True
    if job.state != JobState.RUNNING:
        job.state, job.ended_at = JobState.CANCELLED, clock.now()


@action
def end_done(job_id: int, *, result: dict[str, Any]) -> None:
    """Record what came of a job."""
    _end(job_id, JobState.DONE).result = result


@action
def end_cancelled(job_id: int, *, result: dict[str, Any] | None = None) -> None:
    """Record that a job stopped because somebody asked, and what it had found by then."""
    _end(job_id, JobState.CANCELLED).result = result or {}


@action
def end_failed(job_id: int, *, error: str) -> None:
    """Record that a job could not be carried out, and why."""
    _end(job_id, JobState.FAILED).error = error


@action
def end_for_now(job_id: int, *, error: str) -> None:
    """Record that a job failed and will be tried again, and why."""
    job = db.session.get_one(Job, job_id)
    job.state, job.error, job.sent_at = JobState.RETRYING, error, None
    job.heartbeat_at = clock.now()


@action
def end_lost(job_id: int) -> bool:
    """Record that the worker of a job died; False when it has given a sign of life meanwhile."""
    job = _locked(job_id)
    if job is None or job.state != JobState.RUNNING:
        return False
    if not has_gone_silent(job.heartbeat_at, clock.now()):
        return False
    job.state, job.ended_at = JobState.LOST, clock.now()
    return True


def _locked(job_id: int) -> Job | None:
    return db.session.get(Job, job_id, with_for_update={"of": Job}, populate_existing=True)


def _end(job_id: int, state: JobState) -> Job:
    job = db.session.get_one(Job, job_id)
    job.state, job.ended_at = state, clock.now()
    return job
