# SPDX-License-Identifier: EUPL-1.2
"""The newsletter: who receives it, and what each reader finds in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules.errors import RuleBroken

BATCH = 50  # letters posted through one connection before anybody may stop the sending


class Audience(StrEnum):
    """What a reader comes for; it decides the order of the parts."""

    COMPANY = "company"
    BUYER = "buyer"
    OTHER = "other"


class SubscriptionState(StrEnum):
    """Asked on the site, confirmed by a click in the letter, left by another."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    LEFT = "left"


class IssueState(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"


class Part(StrEnum):
    """What an issue is made of."""

    NEEDS = "needs"
    COMPANIES = "companies"
    SHEETS = "sheets"
    EDITIONS = "editions"


ORDER = {
    Audience.COMPANY: (Part.NEEDS, Part.EDITIONS, Part.SHEETS, Part.COMPANIES),
    Audience.BUYER: (Part.COMPANIES, Part.SHEETS, Part.EDITIONS, Part.NEEDS),
    Audience.OTHER: (Part.SHEETS, Part.NEEDS, Part.COMPANIES, Part.EDITIONS),
}


@dataclass(frozen=True)
class Reader:
    """All that decides the content of a letter: readers who share it get the same words."""

    audience: Audience
    departments: frozenset[str]
    language: str


def concerns(departments: Collection[str], reader: Reader) -> bool:
    """Whether news from these departments concerns the reader; no department is everywhere."""
    return (
        not departments or not reader.departments or not reader.departments.isdisjoint(departments)
    )


def month_before(day: date) -> date:
    """Where a first issue begins: the letter is monthly."""
    return day - timedelta(days=31)


def require_draft(state: IssueState) -> None:
    """Errors: RuleBroken `issue_gone`: what was sent, or is being sent, stays as it is."""
    if state != IssueState.DRAFT:
        raise RuleBroken("issue_gone")
