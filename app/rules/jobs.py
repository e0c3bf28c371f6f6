# SPDX-License-Identifier: EUPL-1.2
"""The states of background work, when it counts as lost, and when it is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum

SILENCE = timedelta(seconds=60)
# A job nobody has begun may wait behind a long one: it is sent again, but not each minute.
UNSENT = timedelta(minutes=1)
UNHEARD = timedelta(minutes=15)
# How long to wait after the first failed attempt, the second, and so on.
PATIENCE = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))


class JobState(StrEnum):
    """From asked to ended; `retrying` failed once and will be tried again."""

    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"


ENDED = frozenset({JobState.DONE, JobState.CANCELLED, JobState.FAILED, JobState.LOST})


def has_gone_silent(heartbeat: datetime | None, now: datetime) -> bool:
    """Whether a running job has shown no sign of life for a minute."""
    return heartbeat is not None and now - heartbeat > SILENCE


def is_due_again(attempts: int, failed_at: datetime, now: datetime) -> bool:
    """Whether a job that failed `attempts` times has waited long enough to be tried again."""
    return now - failed_at >= PATIENCE[min(max(attempts, 1), len(PATIENCE)) - 1]


def was_forgotten(asked_at: datetime, sent_at: datetime | None, now: datetime) -> bool:
    """Whether a job that nobody began should be sent to the queue (again)."""
    return now - asked_at > UNSENT if sent_at is None else now - sent_at > UNHEARD
