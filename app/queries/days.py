# SPDX-License-Identifier: EUPL-1.2
"""The days of an agenda: a person's meetings, and a name for every gap between them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from app.models.editions import Edition, Slot
from app.queries.published import Attendee, PublishedMeeting, of_side
from app.rules.companies import Role
from app.rules.editions import PlaceKind
from app.rules.meetings import MeetingState


class GapKind(StrEnum):
    """Why nothing is written at a time: nobody came, the person closed it, or all have a pause."""

    FREE = "free"
    CLOSED = "closed"
    PAUSE = "pause"


@dataclass(frozen=True)
class Someone:
    """A person of the other side."""

    name: str
    function: str


@dataclass(frozen=True)
class Entry:
    """A meeting as one of its two sides sees it. Instants in UTC.

    place: what is written on the table ("12"), "" when none. link: address of the video room.
    version: the published one that last touched it; is_changed: that is the one in force, and not
    the first. uid, sequence: RFC 5545 §3.8.4.7, §3.8.7.4.
    """

    start: datetime
    end: datetime
    partner: str
    partner_role: Role
    people: tuple[Someone, ...]
    subject: str
    place: str
    place_kind: PlaceKind | None
    accessible: bool
    link: str
    state: MeetingState
    version: int
    is_changed: bool
    uid: str
    sequence: int
    updated_at: datetime


@dataclass(frozen=True)
class Gap:
    """A stretch of time without a meeting, from the start of a slot to the end of another."""

    start: datetime
    end: datetime
    kind: GapKind

    @property
    def minutes(self) -> int:
        return round((self.end - self.start).total_seconds() / 60)


@dataclass(frozen=True)
class Day:
    """A day at the fair: meetings and named gaps, in time order."""

    day: date
    lines: tuple[Entry | Gap, ...]

    @property
    def meetings(self) -> tuple[Entry, ...]:
        return tuple(line for line in self.lines if isinstance(line, Entry))


def entry(
    meeting: PublishedMeeting, registration: int, going: list[Attendee], edition: Edition
) -> Entry:
    """The meeting as the people of this registration see it."""
    partner = meeting.other_side(registration)
    theirs = of_side(meeting, partner, going)
    return Entry(
        start=meeting.start,
        end=meeting.end,
        partner=partner.name,
        partner_role=partner.role,
        people=tuple(Someone(one.name, one.function) for one in theirs),
        subject=meeting.subject,
        place=meeting.place,
        place_kind=meeting.place_kind,
        accessible=meeting.accessible,
        link=meeting.link,
        state=meeting.state,
        version=meeting.version,
        is_changed=meeting.version == edition.version > 1,
        uid=meeting.uid,
        sequence=meeting.sequence,
        updated_at=meeting.updated_at,
    )


def days(
    zone: str, grid: list[Slot], meetings: dict[int, Entry], away: set[int]
) -> tuple[Day, ...]:
    """The days of one person. meetings: slot → entry. away: slots the person closed."""
    place = ZoneInfo(zone)
    by_day = groupby(grid, key=lambda slot: slot.starts_at.astimezone(place).date())
    return tuple(Day(day, tuple(_lines(list(slots), meetings, away))) for day, slots in by_day)


def _lines(slots: list[Slot], meetings: dict[int, Entry], away: set[int]) -> list[Entry | Gap]:
    """Slots alike that follow one another are one gap; half-days are parted by a pause."""
    lines: list[Entry | Gap] = []
    for before, slot in zip([None, *slots], slots, strict=False):
        if before is not None and before.block_id != slot.block_id:
            lines.append(Gap(before.ends_at, slot.starts_at, GapKind.PAUSE))
        if slot.id in meetings:
            lines.append(meetings[slot.id])
            continue
        kind = GapKind.CLOSED if slot.id in away else GapKind.FREE
        last = lines[-1] if lines else None
        if isinstance(last, Gap) and last.kind == kind:
            lines[-1] = Gap(last.start, slot.ends_at, kind)
        else:
            lines.append(Gap(slot.starts_at, slot.ends_at, kind))
    return lines
