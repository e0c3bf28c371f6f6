# SPDX-License-Identifier: EUPL-1.2
"""The life of an edition: its phases, its deadlines, its blocks of slots."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.rules.errors import RuleBroken


class Mode(StrEnum):
    IN_PERSON = "in_person"
    DIGITAL = "digital"
    HYBRID = "hybrid"


class EditionState(StrEnum):
    """Draft is seen by its team only; open is the fair; closed is memory."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class PlaceKind(StrEnum):
    TABLE = "table"
    STAND = "stand"
    ROOM = "room"
    VIDEO = "video"


@dataclass(frozen=True)
class BlockOfSlots:
    """A half-day cut into slots: minutes of talk, minutes to change over, how many."""

    day: date
    starts: time
    slot_minutes: int
    changeover_minutes: int
    count: int

    def slots(self, zone: str) -> list[tuple[datetime, datetime]]:
        """(start, end) of each slot, with the zone of the fair."""
        first = datetime.combine(self.day, self.starts, ZoneInfo(zone))
        step = timedelta(minutes=self.slot_minutes + self.changeover_minutes)
        length = timedelta(minutes=self.slot_minutes)
        return [
            (first + step * index, first + step * index + length) for index in range(self.count)
        ]


def require_free(block: BlockOfSlots, others: list[BlockOfSlots], zone: str) -> None:
    """No two blocks of an edition may overlap. Errors: RuleBroken `block_overlaps`."""
    mine = block.slots(zone)
    for other in others:
        theirs = other.slots(zone)
        if mine[0][0] < theirs[-1][1] and theirs[0][0] < mine[-1][1]:
            raise RuleBroken(
                "block_overlaps",
                field="starts",
                day=other.day,
                starts=other.starts,
                ends=theirs[-1][1].timetz(),
            )


def require_before(deadline: datetime | None, now: datetime, key: str) -> None:
    """Errors: RuleBroken with `key` and the deadline, when it has passed."""
    if deadline is not None and now > deadline:
        raise RuleBroken(key, deadline=deadline)
