# SPDX-License-Identifier: EUPL-1.2
"""The states of a scheduling run, and when one may be asked for or published."""

from dataclasses import dataclass
from enum import StrEnum

from app.rules.errors import RuleBroken
from app.rules.jobs import JobState

SECONDS = range(1, 3601)
SEEDS = range(1, 1_000_000)
WAITS = range(0, 21)  # empty slots of a day that nobody should pass


# Points that moving one published meeting has to bring, or else it is left where it is.
PRICE_OF_A_MOVE = 3


class RunMode(StrEnum):
    """Look for the best schedule afresh, or start from the published one and move little."""

    BEST = "best"
    FEW_MOVES = "few_moves"


class AnswerName(StrEnum):
    """The three ways to go on from the published schedule (scheduler's words)."""

    FILL = "fill"
    FEW_MOVES = "few_moves"
    BEST_VALUE = "best_value"


class Extra(StrEnum):
    """What a fair may have more of."""

    PLACE = "place"
    SLOT = "slot"
    HOUR = "hour"


@dataclass(frozen=True)
class Span:
    """Whoever is away, or what is shut: the id of a registration or place, and slot numbers.

    first: None is from now on. last: included; None is until the end of the fair.
    """

    id: int
    first: int | None = None
    last: int | None = None


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class UnplacedReason(StrEnum):
    """The primary cause for which an accepted request found no slot (scheduler's words)."""

    PARTY_FULL = "party_full"
    NO_COMMON_SLOT = "no_common_slot"
    NO_PLACE = "no_place"
    QUOTA = "quota"
    NEVER = "never"
    OUTRANKED = "outranked"
    WITHDRAWN = "withdrawn"


class Change(StrEnum):
    """One elementary change that would place a request (scheduler's words)."""

    SEAT = "seat"
    ALLOW = "allow"
    PLACE = "place"
    QUOTA = "quota"
    DROP = "drop"
    NEVER = "never"


# What becomes of a run whose job ended without it: stopped before it began, fallen, or lost.
_ENDED_WITH_JOB = {
    JobState.CANCELLED: RunState.CANCELLED,
    JobState.FAILED: RunState.FAILED,
    JobState.LOST: RunState.FAILED,
    JobState.DONE: RunState.FAILED,
}
UNDER_WAY = frozenset({RunState.WAITING, RunState.RUNNING})


def state_of(run: RunState, job: JobState | None) -> RunState:
    """The state of a run, given that of its job: a run whose job ended is no longer under way."""
    if run not in UNDER_WAY:
        return run
    return RunState.FAILED if job is None else _ENDED_WITH_JOB.get(job, run)


def require_matter(*, slots: int, places: int, requests: int) -> None:
    """Errors: RuleBroken that says what is missing before anything can be scheduled."""
    if not slots:
        raise RuleBroken("schedule_no_slot")
    if not places:
        raise RuleBroken("schedule_no_place")
    if not requests:
        raise RuleBroken("schedule_no_request")


def require_idle(running: int | None) -> None:
    """One run at a time per edition. Errors: RuleBroken `run_under_way` with its number."""
    if running is not None:
        raise RuleBroken("run_under_way", number=running)


def require_done(state: RunState) -> None:
    """Errors: RuleBroken `run_not_done` unless the run ended with an answer."""
    if state != RunState.DONE:
        raise RuleBroken("run_not_done", state=state)


def require_publishable(state: RunState, version: int | None = None) -> None:
    """Errors: RuleBroken unless the run ended with an answer and is not published already."""
    require_done(state)
    if version is not None:
        raise RuleBroken("run_published", version=version)


def require_seen(current: int, seen: int | None) -> None:
    """Errors: RuleBroken `published_meanwhile` when what was shown is no longer in force."""
    if seen is not None and seen != current:
        raise RuleBroken("published_meanwhile", version=current)


def require_holds(broken: int) -> None:
    """Errors: RuleBroken `run_outdated` when meetings of the run no longer fit the fair."""
    if broken:
        raise RuleBroken("run_outdated", broken=broken)


def require_published(version: int) -> None:
    """Errors: RuleBroken `no_schedule_to_mend` when there is no schedule to start from."""
    if not version:
        raise RuleBroken("no_schedule_to_mend", field="mode")


def require_future(slots_to_come: int) -> None:
    """Errors: RuleBroken `fair_is_over` when the last slot has begun."""
    if not slots_to_come:
        raise RuleBroken("fair_is_over")


def require_forward(span: Span, *, field: str) -> None:
    """Errors: RuleBroken `until_before_from` when something ends before it begins."""
    if span.last is not None and span.first is not None and span.last < span.first:
        raise RuleBroken("until_before_from", field=field)


def require_draft(version: int | None) -> None:
    """Errors: RuleBroken `run_published` when the answer kept can no longer change."""
    if version is not None:
        raise RuleBroken("run_published", version=version)


def require_answer(name: str, found: bool) -> None:
    """Errors: RuleBroken `no_such_answer` when the run does not have the answer of this name."""
    if not found:
        raise RuleBroken("no_such_answer", name=name)


def extras(*, places: int) -> list[tuple[Extra, int]]:
    """How many more tables and slots are worth a price; a fair without tables needs none."""
    tables = [(Extra.PLACE, count) for count in (1, 2, 5)] if places else []
    return [*tables, (Extra.SLOT, 1), (Extra.SLOT, 2)]
