# SPDX-License-Identifier: EUPL-1.2
"""Prices of more tables and slots: asked once, kept with their run."""

import pytest

from app.actions import prices
from app.models.base import db
from app.queries import prices as queries
from app.rules.errors import RuleBroken
from app.rules.schedules import Extra, RunState
from tests.builders import a_fair, a_run
from tests.queries.test_schedule_views import a_done_run


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    fair = a_fair()
    db.session.commit()
    return a_done_run(fair, (0, 1, 0))


def test_asked_twice_one_job_answers(run):
    first = prices.ask(run, by=None)

    assert prices.ask(run, by=None).id == first.id
    assert queries.of_run(run).job.id == first.id


def test_a_run_without_an_answer_has_no_price(app):
    run = a_run(a_fair().edition, state=RunState.FAILED)
    db.session.commit()

    with pytest.raises(RuleBroken, match="run_not_done"):
        prices.ask(run, by=None)


def test_a_price_is_what_no_schedule_can_exceed_above_this_run(run):
    run.note = {"stopped": True}
    prices.keep(run.id, [{"what": "place", "count": 2, "bound": run.value + 6}])
    [price] = queries.of_run(run).lines

    assert (price.what, price.count, price.gain) == (Extra.PLACE, 2, 6)
    assert price.meetings == -(-6 // run.value)
    assert run.note["stopped"]


def test_no_gain_is_never_told_as_a_loss(run):
    prices.keep(run.id, [{"what": "slot", "count": 1, "bound": run.value - 1}])

    assert queries.of_run(run).lines[0].gain == 0
