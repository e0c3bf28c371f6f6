# SPDX-License-Identifier: EUPL-1.2
"""The states of background work, and when it counts as lost."""

from datetime import datetime, timedelta
from enum import StrEnum

SILENCE = timedelta(seconds=60)


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
