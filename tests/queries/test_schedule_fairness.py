# SPDX-License-Identifier: EUPL-1.2
"""Who meets how often in a run, who waits, who is left alone."""

import pytest

from app.models.base import db
from app.queries import schedule_fairness
from app.queries.schedule_problem import party_id
from tests.builders import a_fair
from tests.queries.test_schedule_views import a_done_run


@pytest.fixture
def fair(app):
    """Three companies and two buyers who all want to meet each other."""
    fair = a_fair()
    db.session.commit()
    return fair


def test_everybody_stands_in_one_bar(fair):
    run = a_done_run(fair, (0, 1, 0), (1, 2, 0))  # one company meets both buyers
    fairness = schedule_fairness.of_run(run)

    bars = [(bar.first, bar.companies, bar.buyers) for bar in fairness.bars]
    assert bars == [(0, 2, 0), (1, 0, 2), (2, 1, 0)]
    assert fairness.asking == 5
    assert fairness.means == pytest.approx((2 / 3, 1.0))


def test_those_for_whom_a_meeting_was_possible_are_told_from_the_others(fair):
    run = a_done_run(fair, (0, 1, 0), (1, 2, 0))
    forgotten, hopeless = fair.companies[1], fair.companies[2]
    run.solution = {**run.solution, "uncovered": [party_id(forgotten.id)]}
    fairness = schedule_fairness.of_run(run)

    assert [one.side.registration_id for one in fairness.forgotten] == [forgotten.id]
    alone = {one.side.registration_id for one in fairness.alone}
    assert alone == {forgotten.id, hopeless.id}


def test_the_lowest_share_is_that_of_somebody_who_meets_somebody(fair):
    run = a_done_run(fair, (0, 1, 0), (1, 2, 0))
    least = schedule_fairness.of_run(run).least

    assert {one.side.registration_id for one in least} == {one.id for one in fair.buyers}
    assert least[0].share == pytest.approx(1 / 3)


def test_many_meetings_are_shown_in_a_few_classes(app):
    fair = a_fair(companies=20, buyers=1, slots=20, tables=1)
    db.session.commit()
    run = a_done_run(fair, *((n, n + 1, 0) for n in range(20)))
    bars = schedule_fairness.of_run(run).bars

    assert len(bars) <= 9
    assert sum(bar.buyers for bar in bars) == 1
    assert bars[-1].first <= 20 <= bars[-1].last


def test_one_query_is_enough(fair, count_queries):
    run = a_done_run(fair, (0, 1, 0))
    with count_queries:
        schedule_fairness.of_run(run)

    assert len([one for one in count_queries.statements if one.startswith("SELECT")]) == 1


def test_what_is_proven_of_waiting_is_told_and_what_a_limit_cost(fair):
    run = a_done_run(fair, (0, 1, 0), (1, 2, 0))
    assert schedule_fairness.proven(run).over is None

    run.idle = 4
    run.solution = {
        **run.solution,
        "idle_bound": 3,
        "fairness": {
            "worst_idle": 2,
            "lowest_share": 0.5,
            "worst_idle_bound": 2,
            "share_bound": 0.75,
            "limit": 1,
            "price": 5,
            "price_idle": 1,
        },
    }
    proven = schedule_fairness.proven(run)
    assert (proven.over, proven.worst_is_least, proven.share_is_most) == (1, True, False)
    assert (proven.share, proven.limit, proven.price, proven.price_idle) == (0.75, 1, 5, 1)
