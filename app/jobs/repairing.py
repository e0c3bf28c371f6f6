# SPDX-License-Identifier: EUPL-1.2
"""Mends the published schedule: the scheduler's three answers, and whom each would disturb."""

from typing import Any

from app.actions import repairs as actions
from app.actions import schedules
from app.jobs.progress import SECONDS_BETWEEN_REPORTS, Cancelled, Progress, every
from app.jobs.solving import Watch
from app.models.base import db
from app.models.editions import Edition
from app.queries import publication, repairs
from app.queries.repairs import Question
from app.queries.schedules import by_id
from scheduler import Repair, repair, solution_to_json


def repair_schedule(progress: Progress) -> dict[str, Any]:
    """Answer the question of the run named in the job; stopped early, the answers so far are kept.

    Errors: Cancelled, with what was kept.
    """
    run = schedules.begin(progress.asked["run"])
    if run is None:
        raise Cancelled
    run_id, question, seed = run.id, repairs.of_run(run), run.seed
    watch = Watch(progress.job_id, run.seconds_allowed)
    db.session.remove()  # as for a new schedule: nothing is held while the scheduler thinks
    try:
        found = _mended(question, seed, watch)
        told = _told(run_id, found)
    except Exception as failure:
        schedules.give_up(run_id, error=str(failure) or type(failure).__name__)
        raise
    kept = actions.keep_answers(run_id, found, told=told, stopped=watch.stop)
    figures = {"run": kept.id, "value": kept.value, "bound": kept.bound, "placed": kept.placed}
    if watch.stop:
        raise Cancelled(figures)
    return figures


def _mended(question: Question, seed: int, watch: Watch) -> Repair:
    with every(SECONDS_BETWEEN_REPORTS, watch.tell):
        return repair(
            question.problem,
            question.published,
            question.event,
            seconds=watch.seconds_allowed,
            seed=seed,
            progress=watch.hear,
        )


def _told(run_id: int, found: Repair) -> dict[str, int]:
    """Answer → how many people would get another agenda."""
    run = by_id(run_id)
    edition = db.session.get_one(Edition, run.edition_id)
    told = {
        one.name: len(publication.of_answer(run, solution_to_json(one.solution), edition).told)
        for one in found.answers
    }
    db.session.remove()
    return told
