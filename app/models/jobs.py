# SPDX-License-Identifier: EUPL-1.2
"""Work that is asked for now and carried out later, one row each."""

from sqlalchemy.orm import Mapped

from app.models import clock
from app.models.base import Base, Code, Facts, Instant, Key, Prose, db, link, status
from app.rules.jobs import ENDED, JobState


class Job(Base):
    """A piece of background work: what was asked, how far it is, and what came of it.

    done and total count the same thing (letters, sheets, lines); cancel is a wish of the person;
    heartbeat tells whether somebody is still working on it.
    """

    __tablename__ = "job"

    id: Mapped[Key]
    kind: Mapped[Code]
    asked: Mapped[Facts]
    state: Mapped[JobState] = status(JobState, index=True)
    done: Mapped[int]
    total: Mapped[int]
    message: Mapped[str]
    cancel: Mapped[bool]
    attempts: Mapped[int]
    asked_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]
    started_at: Mapped[Instant | None]
    heartbeat_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    owner_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    organiser_id: Mapped[int | None] = link("organiser")
    result: Mapped[Facts]
    error: Mapped[Prose]

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


def later(
    kind: str, *, owner_id: int | None = None, organiser_id: int | None = None, **asked: object
) -> Job:
    """Ask for a job of `kind` in the current transaction; it starts after the commit."""
    job = Job(
        kind=kind,
        asked=asked,
        state=JobState.WAITING,
        done=0,
        total=0,
        message="",
        cancel=False,
        attempts=0,
        asked_at=clock.now(),
        owner_id=owner_id,
        organiser_id=organiser_id,
        result={},
        error="",
    )
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault("jobs_to_send", []).append(job.id)
    return job


def take_jobs_to_send() -> list[int]:
    """The ids of the jobs asked for since last time, in order; they are then forgotten."""
    jobs: list[int] = db.session.info.pop("jobs_to_send", [])
    return jobs
