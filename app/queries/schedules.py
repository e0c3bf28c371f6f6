# SPDX-License-Identifier: EUPL-1.2
"""Runs of the scheduler: those of an edition, the one that is published, what each placed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.models.base import db
from app.models.editions import Edition
from app.models.jobs import Job
from app.models.schedules import ScheduleRun as ScheduleRun
from app.queries.rows import one_of
from app.queries.schedule_problem import row_id
from app.rules.jobs import ENDED
from app.rules.schedules import UNDER_WAY, RunState


@dataclass(frozen=True)
class Placement:
    """A request with its slot (its number in the run's problem) and its place (None by video)."""

    request_id: int
    slot: int
    place_id: int | None


def by_id(run_id: int) -> ScheduleRun:
    """The run of this number. Errors: NotFound."""
    return one_of(ScheduleRun, run_id)


def of_edition(edition: Edition) -> list[ScheduleRun]:
    """Its runs, the latest first, without their problems and solutions (which are long)."""
    runs = select(ScheduleRun).where(ScheduleRun.edition_id == edition.id)
    long = (ScheduleRun.problem, ScheduleRun.solution, ScheduleRun.question, ScheduleRun.answers)
    light = runs.options(*(defer(file) for file in long))
    return list(db.session.scalars(light.order_by(ScheduleRun.number.desc())))


def under_way(edition: Edition) -> ScheduleRun | None:
    """The run that is waiting or computing, if any."""
    running = (
        select(ScheduleRun)
        .join(Job, ScheduleRun.job_id == Job.id)
        .where(
            ScheduleRun.edition_id == edition.id,
            ScheduleRun.state.in_(UNDER_WAY),
            Job.state.not_in(ENDED),
        )
    )
    return db.session.scalars(running.limit(1)).first()


def published(edition: Edition) -> ScheduleRun | None:
    """The run that became the version in force."""
    current = select(ScheduleRun).where(
        ScheduleRun.edition_id == edition.id, ScheduleRun.version == edition.version
    )
    return db.session.scalar(current) if edition.version else None


def latest_done(edition: Edition) -> ScheduleRun | None:
    """The last run that ended with an answer."""
    done = select(ScheduleRun).where(
        ScheduleRun.edition_id == edition.id, ScheduleRun.state == RunState.DONE
    )
    return db.session.scalars(done.order_by(ScheduleRun.number.desc()).limit(1)).first()


def next_number(edition: Edition) -> int:
    """The number of the next run of this edition."""
    last = select(func.max(ScheduleRun.number)).where(ScheduleRun.edition_id == edition.id)
    return (db.session.scalar(last) or 0) + 1


def abandoned() -> list[ScheduleRun]:
    """Runs still said to be under way although their job ended, or is gone."""
    runs = select(ScheduleRun).outerjoin(Job, ScheduleRun.job_id == Job.id)
    left = runs.where(ScheduleRun.state.in_(UNDER_WAY), Job.id.is_(None) | Job.state.in_(ENDED))
    return list(db.session.scalars(left.execution_options(populate_existing=True)))


def placements(run: ScheduleRun) -> list[Placement]:
    """What the run placed, in the order of its answer."""
    return placements_in(run.solution)


def placements_in(solution: dict[str, Any]) -> list[Placement]:
    """What an answer placed, in its order."""
    return [
        Placement(
            request_id=row_id(meeting["wish"]),
            slot=meeting["slot"],
            place_id=row_id(meeting["place"]) if meeting.get("place") is not None else None,
        )
        for meeting in solution.get("meetings", ())
    ]
