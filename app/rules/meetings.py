# SPDX-License-Identifier: EUPL-1.2
"""What a request for a meeting may become, and what it is worth to the scheduler."""

from enum import StrEnum

from app.rules.companies import Role
from app.rules.errors import RuleBroken
from app.rules.registrations import RegistrationState

PRIORITIES = range(1, 6)
DEFAULT_PRIORITY = 3
SHORTEST_MESSAGE = 20


class RequestState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Motive(StrEnum):
    """Why two meet: a company and a buyer do business; two companies may answer together."""

    BUSINESS = "business"
    GROUPING = "grouping"


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


def motive_between(asking: Role, asked: Role) -> Motive:
    """A company and a buyer do business; two companies look for a grouping.

    Errors: RuleBroken `same_bank` for two buyers.
    """
    if asking != asked:
        return Motive.BUSINESS
    if asking == Role.BUYER:
        raise RuleBroken("same_bank")
    return Motive.GROUPING


def require_state(state: RequestState, *allowed: RequestState) -> None:
    """Errors: RuleBroken `request_step` when the request is no longer in one of these states."""
    if state not in allowed:
        raise RuleBroken("request_step", state=state)


def require_sentence(message: str) -> str:
    """The message without blanks around it; it says in a sentence why the two should meet.

    Errors: RuleBroken `message_too_short` under 20 characters or three words.
    """
    said = message.strip()
    if len(said) < SHORTEST_MESSAGE or len(said.split()) < 3:
        raise RuleBroken("message_too_short", field="message")
    return said


def require_priority(priority: int) -> None:
    """Errors: RuleBroken `priority_out_of_range` unless 1 (first choice) to 5."""
    if priority not in PRIORITIES:
        raise RuleBroken("priority_out_of_range", field="priority", written=priority)


def require_both_approved(asking: RegistrationState, asked: RegistrationState) -> None:
    """Only approved registrations ask or are asked.

    Errors: RuleBroken `asking_not_approved` or `asked_not_approved`.
    """
    if asking != RegistrationState.APPROVED:
        raise RuleBroken("asking_not_approved", state=asking)
    if asked != RegistrationState.APPROVED:
        raise RuleBroken("asked_not_approved")


def require_no_other(open_state: RequestState | None, *, asked_by_them: bool, name: str) -> None:
    """A pair has one open request at a time; whoever was asked first has only to accept.

    open_state: of the open request of the pair, if any. name: of the other side.
    Errors: RuleBroken `they_asked_you`, or `already_asked`.
    """
    if open_state is None:
        return
    if asked_by_them and open_state == RequestState.PENDING:
        raise RuleBroken("they_asked_you", name=name)
    raise RuleBroken("already_asked", name=name, state=open_state)
