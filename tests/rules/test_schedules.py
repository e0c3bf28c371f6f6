# SPDX-License-Identifier: EUPL-1.2
"""When a schedule may be asked for and published."""

import pytest

from app.rules.errors import RuleBroken
from app.rules.jobs import JobState
from app.rules.schedules import (
    RunState,
    UnplacedReason,
    require_holds,
    require_idle,
    require_matter,
    require_publishable,
    require_seen,
    state_of,
)
from scheduler import Unplaced


@pytest.mark.parametrize(
    ("slots", "places", "requests", "key"),
    [
        (0, 1, 1, "schedule_no_slot"),
        (1, 0, 1, "schedule_no_place"),
        (1, 1, 0, "schedule_no_request"),
    ],
)
def test_there_must_be_something_to_schedule(slots, places, requests, key):
    with pytest.raises(RuleBroken) as refusal:
        require_matter(slots=slots, places=places, requests=requests)
    assert refusal.value.key == key


def test_one_run_at_a_time():
    require_idle(None)
    with pytest.raises(RuleBroken):
        require_idle(3)


def test_only_a_run_with_an_answer_is_published_and_only_once():
    require_publishable(RunState.DONE)
    with pytest.raises(RuleBroken):
        require_publishable(RunState.RUNNING)
    with pytest.raises(RuleBroken):
        require_publishable(RunState.DONE, version=2)


def test_consequences_seen_for_another_version_do_not_count():
    require_seen(2, None)
    require_seen(2, 2)
    with pytest.raises(RuleBroken):
        require_seen(3, 2)


def test_a_run_that_no_longer_fits_is_refused():
    require_holds(0)
    with pytest.raises(RuleBroken):
        require_holds(1)


@pytest.mark.parametrize(
    ("run", "job", "outcome"),
    [
        (RunState.RUNNING, JobState.RUNNING, RunState.RUNNING),
        (RunState.WAITING, JobState.CANCELLED, RunState.CANCELLED),
        (RunState.RUNNING, JobState.LOST, RunState.FAILED),
        (RunState.RUNNING, None, RunState.FAILED),
        (RunState.DONE, JobState.CANCELLED, RunState.DONE),
    ],
)
def test_a_run_whose_job_ended_is_no_longer_under_way(run, job, outcome):
    assert state_of(run, job) == outcome


def test_the_reasons_are_those_of_the_scheduler():
    said = Unplaced.__doc__ or ""

    assert all(reason.value in said for reason in UnplacedReason)
