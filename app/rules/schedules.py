# SPDX-License-Identifier: EUPL-1.2
"""The states of a scheduling run, and when one may be asked for or published."""

from enum import StrEnum

from app.rules.errors import RuleBroken
from app.rules.jobs import JobState

SECONDS = range(1, 3601)
SEEDS = range(1, 1_000_000)


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


def require_publishable(state: RunState, version: int | None = None) -> None:
    """Errors: RuleBroken unless the run ended with an answer and is not published already."""
    if state != RunState.DONE:
        raise RuleBroken("run_not_done", state=state)
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
