# SPDX-License-Identifier: EUPL-1.2
"""What time it is: the only place that asks, so that tests and demonstrations may hold it still."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _held.get() or datetime.now(UTC)


def today(zone: str = "Europe/Paris") -> date:
    """This day, where the fair takes place."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant` (with a time zone) for as long as the block lasts."""
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def ticks() -> float:
    """Seconds that only grow, for measuring how long something lasts."""
    return time.monotonic()
