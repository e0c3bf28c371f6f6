# SPDX-License-Identifier: EUPL-1.2
"""Runs of the scheduler: the question as it was asked, and the answer that was checked."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from app.models.base import Base, Facts, Instant, Key, link, status
from app.models.jobs import Job
from app.rules.schedules import RunMode, RunState, state_of


class ScheduleRun(Base):
    """One run: its problem and solution are kept as JSON, so that any run can be replayed.

    number: 1, 2, 3… in its edition. version: the published version it became, None otherwise.
    value and bound: what was reached, and what nothing can exceed. asked and placed: meetings.
    idle: empty slots between two activities of somebody. seconds: of computing.
    question: of a run that starts from the published schedule, the `problem`, `published` and
    `event` that the scheduler was asked about (`problem` above is the fair after the event).
    answers: its three answers in full, and how good any can be; `chosen` is the one kept above.
    note: what else is to be said: `stopped` by somebody, `violations` of a wrong answer, `error`,
    `prices` of one more table, slot or hour, the job that computes them, and the `limit` of
    waiting that was asked.
    """

    __tablename__ = "schedule_run"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        UniqueConstraint("edition_id", "version"),
    )

    id: Mapped[Key]
    edition_id: Mapped[int] = link("edition")
    organiser_id: Mapped[int] = link("organiser")
    number: Mapped[int]
    state: Mapped[RunState] = status(RunState)
    job_id: Mapped[int | None] = link("job", ondelete="SET NULL")
    mode: Mapped[RunMode] = status(RunMode)
    seed: Mapped[int]
    seconds_allowed: Mapped[int]
    problem: Mapped[Facts]
    solution: Mapped[Facts]
    question: Mapped[Facts]
    answers: Mapped[Facts]
    asked: Mapped[int]
    placed: Mapped[int]
    value: Mapped[int]
    bound: Mapped[int]
    idle: Mapped[int]
    seconds: Mapped[float]
    note: Mapped[Facts]
    version: Mapped[int | None]
    created_at: Mapped[Instant]
    published_at: Mapped[Instant | None]

    job: Mapped[Job | None] = relationship(lazy="joined")

    @property
    def outcome(self) -> RunState:
        """Its state, also when its job ended without it (stopped before it began, or lost)."""
        return state_of(self.state, self.job.state if self.job else None)

    @property
    def gap(self) -> float:
        """How far at most from the best possible, as a share of the bound (0 is proven best)."""
        return 0.0 if self.bound <= self.value else (self.bound - self.value) / self.bound

    @property
    def is_proven(self) -> bool:
        return self.state == RunState.DONE and self.value >= self.bound
