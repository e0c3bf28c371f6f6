# SPDX-License-Identifier: EUPL-1.2
"""When a schedule may be asked for and published."""

import pytest

from app.rules.errors import RuleBroken
from app.rules.jobs import JobState
from app.rules.schedules import (
    AnswerName,
    Extra,
    RunState,
    Span,
    UnplacedReason,
    extras,
    require_answer,
    require_done,
    require_draft,
    require_forward,
    require_future,
    require_holds,
    require_idle,
    require_matter,
    require_publishable,
    require_published,
    require_seen,
    state_of,
)
from scheduler import Answer, Unplaced


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


def test_the_answers_are_those_of_the_scheduler():
    said = Answer.__doc__ or ""

    assert all(name.value in said for name in AnswerName)


@pytest.mark.parametrize(
    ("allowed", "refused", "key"),
    [
        (lambda: require_published(1), lambda: require_published(0), "no_schedule_to_mend"),
        (lambda: require_future(1), lambda: require_future(0), "fair_is_over"),
        (lambda: require_draft(None), lambda: require_draft(2), "run_published"),
        (
            lambda: require_done(RunState.DONE),
            lambda: require_done(RunState.CANCELLED),
            "run_not_done",
        ),
        (
            lambda: require_answer("fill", True),
            lambda: require_answer("fill", False),
            "no_such_answer",
        ),
    ],
)
def test_a_repair_has_its_conditions(allowed, refused, key):
    allowed()
    with pytest.raises(RuleBroken, match=key):
        refused()


@pytest.mark.parametrize("span", [Span(1), Span(1, 2, 2), Span(1, None, 1), Span(1, 3, None)])
def test_a_span_goes_forward(span):
    require_forward(span, field="party_until")


def test_a_span_that_goes_backward_is_refused_on_its_field():
    with pytest.raises(RuleBroken) as refused:
        require_forward(Span(1, 3, 2), field="party_until")

    assert refused.value.field == "party_until"


def test_a_fair_without_tables_needs_no_price_for_them():
    assert {what for what, _ in extras(places=3)} == {Extra.PLACE, Extra.SLOT}
    assert {what for what, _ in extras(places=0)} == {Extra.SLOT}
