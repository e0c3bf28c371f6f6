# SPDX-License-Identifier: EUPL-1.2
"""What more tables, slots or hours would be worth to a run: asked for, and kept with it."""

from typing import Any

from app.actions.base import action
from app.models.accounts import User
from app.models.base import db
from app.models.jobs import Job, later
from app.models.schedules import ScheduleRun
from app.rules import schedules as rules


@action
def ask(run: ScheduleRun, *, by: User | None) -> Job:
    """Ask for the proven prices of more tables, slots and hours; asked twice, one job answers.

    Errors: RuleBroken unless the run ended with an answer.
    """
    db.session.refresh(run, with_for_update={"of": ScheduleRun})
    rules.require_done(run.outcome)
    known = db.session.get(Job, run.note.get("prices_job", 0))
    if known is not None and not known.has_ended:
        return known
    job = later(
        "price_extras",
        owner_id=by.id if by else None,
        organiser_id=run.organiser_id,
        run=run.id,
    )
    run.note = {**run.note, "prices_job": job.id}
    return job


@action
def keep(run_id: int, prices: list[dict[str, Any]]) -> None:
    """Keep the prices with their run: what there is more of, how many, the proven limit then."""
    run = db.session.get_one(ScheduleRun, run_id, with_for_update={"of": ScheduleRun})
    run.note = {**run.note, "prices": prices}
