# SPDX-License-Identifier: EUPL-1.2
"""What a request for a meeting may become, and what it is worth to the scheduler."""

from enum import StrEnum

from app.rules.companies import Role
from app.rules.errors import RuleBroken

PRIORITIES = range(1, 6)
DEFAULT_PRIORITY = 3


class RequestState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = frozenset({RequestState.PENDING, RequestState.ACCEPTED})


class DeclineReason(StrEnum):
    """Why a side says no; the other side reads it."""

    NOT_OUR_TRADE = "not_our_trade"
    TOO_FAR = "too_far"
    NEED_FILLED = "need_filled"
    ALREADY_KNOWN = "already_known"
    NO_TIME = "no_time"
    OTHER = "other"


class MeetingState(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


def value_of(asked_priority: int, answered_priority: int) -> int:
    """Worth of an accepted request, 2 to 10: first choices (1) of both sides are worth most."""
    return 12 - asked_priority - answered_priority


def require_two_banks(asking: Role, asked: Role) -> None:
    """A company asks buyers and a buyer asks companies. Errors: RuleBroken `same_bank`."""
    if asking == asked:
        raise RuleBroken("same_bank")


def require_state(state: RequestState, *allowed: RequestState) -> None:
    """Errors: RuleBroken `request_step` when the request is no longer in one of these states."""
    if state not in allowed:
        raise RuleBroken("request_step", state=state)
