# SPDX-License-Identifier: EUPL-1.2
"""The job that proves what more tables and slots are worth."""

import pytest

from app.actions import prices, schedules
from app.jobs import handlers
from app.models.base import db
from app.queries import jobs
from app.queries import prices as queries
from app.queries import schedules as runs
from app.rules.jobs import JobState
from app.rules.schedules import Extra
from tests.builders import a_fair


@pytest.fixture
def run(app):
    """Two slots and one table: a table more is worth something, five are worth no more."""
    fair = a_fair(companies=2, buyers=2, slots=2, tables=1)
    db.session.commit()
    run = schedules.ask_for_run(fair.edition, by=None, seconds=1)
    db.session.expire_all()
    return runs.by_id(run.id)


def test_prices_are_proven_and_kept(app, run, monkeypatch):
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    job = prices.ask(run, by=None)
    handlers.carry_out(job.id)
    db.session.rollback()
    db.session.expire_all()

    assert jobs.by_id(job.id).state == JobState.DONE
    lines = {(one.what, one.count): one.gain for one in queries.of_run(runs.by_id(run.id)).lines}
    asked = sum(wish["value"] for wish in run.problem["wishes"])
    assert 0 < lines[Extra.PLACE, 1] == lines[Extra.PLACE, 5] == asked - run.value
    assert 0 < lines[Extra.SLOT, 1] <= lines[Extra.SLOT, 2]
