# SPDX-License-Identifier: EUPL-1.2
"""Where an edition stands: the planks between its announcement and what comes of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class PhaseKind(StrEnum):
    """The phases of a fair, in order."""

    REGISTRATION = "registration"
    REQUESTS = "requests"
    ANSWERS = "answers"
    SCHEDULE = "schedule"
    FAIR = "fair"
    FOLLOW_UP = "follow_up"


class Progress(StrEnum):
    """Whether a plank is laid, being laid, or to come."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Phase:
    """One plank. until: its own deadline, None when it has none."""

    kind: PhaseKind
    progress: Progress
    until: datetime | None


def phases(
    *,
    registration: datetime | None,
    requests: datetime | None,
    answers: datetime | None,
    starts_on: date,
    ends_on: date,
    zone: str,
    now: datetime,
) -> list[Phase]:
    """The six phases, of which exactly one is now; a phase without deadline lasts as the next."""
    opening = datetime.combine(starts_on, time(), ZoneInfo(zone))
    closing = datetime.combine(ends_on + timedelta(days=1), time(), ZoneInfo(zone))
    deadlines = [registration, requests, answers, opening, closing, None]
    ends: list[datetime | None] = []
    for deadline in reversed(deadlines):
        ends.insert(0, deadline or (ends[0] if ends else None))
    current = next(rank for rank, end in enumerate(ends) if end is None or now <= end)
    return [
        Phase(kind, _progress(rank, current), deadline)
        for rank, (kind, deadline) in enumerate(zip(PhaseKind, deadlines, strict=True))
    ]


def _progress(rank: int, current: int) -> Progress:
    if rank == current:
        return Progress.NOW
    return Progress.DONE if rank < current else Progress.LATER
