# SPDX-License-Identifier: EUPL-1.2
"""The yearly census of needs: whom it asks, when one may be reminded, and what was answered."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.rules.errors import RuleBroken
from app.rules.watch import QUIET


class Asked(StrEnum):
    """Which buyers a campaign asks."""

    COMING = "coming"
    ALL = "all"


class Reply(StrEnum):
    """Where a buyer stands in a campaign."""

    NEEDS = "needs"
    NOTHING = "nothing"
    WAITING = "waiting"
    UNWRITTEN = "unwritten"


@dataclass(frozen=True)
class Tally:
    """How many buyers there are, and how many answered, by needs or that they need nothing."""

    all: int = 0
    needs: int = 0
    nothing: int = 0

    @property
    def answered(self) -> int:
        return self.needs + self.nothing

    @property
    def rate(self) -> float:
        return self.answered / self.all if self.all else 0.0


def reply_of(*, needs: int, nothing_at: datetime | None, written_at: datetime | None) -> Reply:
    """Needs say more than « nothing »; whoever was never written to cannot have answered."""
    if needs:
        return Reply.NEEDS
    if nothing_at is not None:
        return Reply.NOTHING
    return Reply.WAITING if written_at is not None else Reply.UNWRITTEN


def may_be_written(written_at: datetime | None, now: datetime) -> bool:
    """Nobody gets two letters of a campaign within a day."""
    return written_at is None or now - written_at >= QUIET


def require_day_to_come(day: date | None, today: date) -> date:
    """Errors: RuleBroken `campaign_day` on `answer_by`."""
    if day is None or day < today:
        raise RuleBroken("campaign_day", field="answer_by", today=today)
    return day


def require_open(is_open: bool) -> None:
    """Errors: RuleBroken `campaign_closed`."""
    if not is_open:
        raise RuleBroken("campaign_closed")


def require_somebody(count: int) -> None:
    """Errors: RuleBroken `campaign_nobody` on `asked`."""
    if not count:
        raise RuleBroken("campaign_nobody", field="asked")
