# SPDX-License-Identifier: EUPL-1.2
"""The states of a scheduling run, and when one may be asked for or published."""

from enum import StrEnum

from app.rules.errors import RuleBroken


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


def require_publishable(state: RunState) -> None:
    """Errors: RuleBroken `run_not_done` unless the run ended with an answer."""
    if state != RunState.DONE:
        raise RuleBroken("run_not_done", state=state)
