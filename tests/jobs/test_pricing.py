# SPDX-License-Identifier: EUPL-1.2
"""The job that proves what more tables, slots and hours are worth."""

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


def test_an_hour_of_whoever_is_in_demand_is_priced_with_its_time(app, monkeypatch):
    """One slot, two companies for one buyer: a second person of the buyer is worth a meeting."""
    fair = a_fair(companies=2, buyers=1, slots=1, tables=3)
    db.session.commit()
    buyer = fair.buyers[0].id
    asked = schedules.ask_for_run(fair.edition, by=None, seconds=1)
    db.session.expire_all()
    run = runs.by_id(asked.id)
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    handlers.carry_out(prices.ask(run, by=None).id)
    db.session.rollback()
    db.session.expire_all()

    run = runs.by_id(run.id)
    hours = [one for one in queries.of_run(run).lines if one.what == Extra.HOUR]
    assert [one.side.registration_id for one in hours] == [buyer]
    assert hours[0].gain > 0
    starts, ends = hours[0].starts, hours[0].ends
    assert starts is not None and ends is not None and starts < ends


def test_reading_the_prices_takes_one_query(app, run, count_queries):
    run.note = {
        "prices": [
            {"what": "hour", "count": 1, "bound": 9, "party": party["id"], "slots": [1]}
            for party in run.problem["parties"]
        ]
    }
    db.session.commit()
    run = runs.by_id(run.id)
    assert run.note
    with count_queries:
        assert len(queries.of_run(run).lines) == len(run.problem["parties"])
    assert sum(one.startswith("SELECT") for one in count_queries.statements) == 1
