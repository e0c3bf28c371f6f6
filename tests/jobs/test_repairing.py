# SPDX-License-Identifier: EUPL-1.2
"""The job that mends the published schedule, with the real scheduler on a tiny fair."""

import pytest

from app.actions import jobs, publication, repairs
from app.jobs import handlers, repairing
from app.models.base import db
from app.models.editions import Edition
from app.queries import publication as agendas
from app.queries import repairs as queries
from app.queries import schedules as runs
from app.rules.jobs import JobState
from app.rules.schedules import RunState, Span
from scheduler import Progress as Known
from scheduler import repair
from tests.builders import a_fair
from tests.queries.test_schedule_views import a_done_run


@pytest.fixture
def run(app, monkeypatch):
    """A buyer leaves after slot 1; the job waits for somebody to carry it out."""
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    fair = a_fair(companies=3, buyers=2, slots=3, tables=2)
    db.session.commit()
    publication.publish(a_done_run(fair, (0, 1, 0), (3, 1, 1), (2, 2, 0)), by=None)
    return repairs.ask_for_repair(
        fair.edition, by=None, absent=[Span(fair.buyers[0].id, 2)], seconds=2
    )


def now(run):
    db.session.rollback()
    db.session.expire_all()
    return runs.by_id(run.id)


def test_three_answers_are_kept_with_whom_they_disturb(run):
    handlers.carry_out(run.job_id)

    kept = now(run)
    assert (kept.state, kept.job.state) == (RunState.DONE, JobState.DONE)
    fill, few, best = queries.answers(kept)
    assert fill.value <= few.value <= best.value <= kept.answers["value_bound"]
    from_the_page = len(agendas.of_run(kept, db.session.get_one(Edition, kept.edition_id)).told)
    assert few.told == from_the_page > 0
    assert best.is_best


def test_stopped_it_keeps_the_answers_found_by_then(run, monkeypatch):

    def pressed_at_once(*asked, progress, **options):
        jobs.cancel(run.job, by=None)
        found = repair(*asked, progress=progress, **options)
        while not progress(Known(0, None, 0, 0.1, "repair")):
            pass
        return found

    monkeypatch.setattr(repairing, "repair", pressed_at_once)
    handlers.carry_out(run.job_id)

    kept = now(run)
    assert (kept.state, kept.job.state) == (RunState.DONE, JobState.CANCELLED)
    assert kept.note == {"stopped": True}


def test_a_scheduler_that_falls_leaves_a_failed_run_with_its_reason(run, monkeypatch):
    def fall(*_, **__):
        raise ArithmeticError("no plan")

    monkeypatch.setattr(repairing, "repair", fall)
    handlers.carry_out(run.job_id)

    kept = now(run)
    assert (kept.state, kept.note) == (RunState.FAILED, {"error": "no plan"})
