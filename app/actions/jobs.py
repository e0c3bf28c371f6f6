# SPDX-License-Identifier: EUPL-1.2
"""What happens to a job: started, reported on, cancelled, ended."""

from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.jobs import Job
from app.rules.jobs import ENDED, JobState


@action
def start(job_id: int) -> Job | None:
    """Take a waiting job; None when it is gone, ended, or already in other hands."""
    job = db.session.get(Job, job_id, with_for_update=True)
    if job is None or job.state not in {JobState.WAITING, JobState.RETRYING}:
        return None
    if job.cancel:
        job.state, job.ended_at = JobState.CANCELLED, clock.now()
        return None
    job.state, job.attempts = JobState.RUNNING, job.attempts + 1
    job.started_at = job.heartbeat_at = clock.now()
    return job


@action
def report(job_id: int, *, done: int, total: int, message: str) -> bool:
    """Note how far a job is. Returns whether somebody asked for it to stop."""
    job = db.session.get(Job, job_id)
    if job is None:
        return True
    job.done, job.total, job.message, job.heartbeat_at = done, total, message, clock.now()
    return job.cancel


@action
def cancel(job: Job, *, by: User | None) -> None:
    """Ask a job to stop; one that has not begun is ended at once."""
    if job.state in ENDED:
        return
    job.cancel = True
    if job.state == JobState.WAITING:
        job.state, job.ended_at = JobState.CANCELLED, clock.now()


@action
def end_done(job_id: int, *, result: dict[str, object]) -> None:
    """Record what came of a job."""
    _end(job_id, JobState.DONE).result = result


@action
def end_cancelled(job_id: int) -> None:
    """Record that a job stopped because somebody asked."""
    _end(job_id, JobState.CANCELLED)


@action
def end_failed(job_id: int, *, error: str) -> None:
    """Record that a job could not be carried out, and why."""
    _end(job_id, JobState.FAILED).error = error


@action
def end_lost(job_id: int) -> None:
    """Record that the worker of a job died."""
    _end(job_id, JobState.LOST)


def _end(job_id: int, state: JobState) -> Job:
    job = db.session.get_one(Job, job_id)
    job.state, job.ended_at = state, clock.now()
    return job
