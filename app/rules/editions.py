# SPDX-License-Identifier: EUPL-1.2
"""The life of an edition: its phases, its deadlines, its blocks of slots."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from app.rules.errors import RuleBroken
from app.rules.search import folded

SLOT_MINUTES, CHANGEOVER_MINUTES, SLOTS_IN_A_BLOCK = range(5, 121), range(0, 61), range(1, 41)
RESERVED = frozenset({"nouvelle"})
"""Addresses that are pages of their own."""
PLACES_AT_ONCE, PLACE_NUMBERS = range(1, 201), range(1, 1000)


class Mode(StrEnum):
    IN_PERSON = "in_person"
    DIGITAL = "digital"
    HYBRID = "hybrid"


class EditionState(StrEnum):
    """Draft is seen by its team only; open is the fair; closed is memory."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


NEXT: dict[EditionState, frozenset[EditionState]] = {
    EditionState.DRAFT: frozenset({EditionState.OPEN}),
    EditionState.OPEN: frozenset({EditionState.CLOSED}),
    EditionState.CLOSED: frozenset({EditionState.OPEN}),
}


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


def require_step(now: EditionState, wanted: EditionState) -> None:
    """Errors: RuleBroken `edition_step` when an edition cannot go from one state to the other."""
    if wanted not in NEXT[now]:
        raise RuleBroken("edition_step", now=now, wanted=wanted)


def require_dates(starts_on: date, ends_on: date) -> None:
    """Errors: RuleBroken `ends_before_start` when the last day comes before the first."""
    if ends_on < starts_on:
        raise RuleBroken("ends_before_start", field="ends_on", starts_on=starts_on)


def require_zone(name: str) -> None:
    """Errors: RuleBroken `zone_unknown` when this is no time zone of the IANA database."""
    if name not in available_timezones():
        raise RuleBroken("zone_unknown", field="timezone", name=name)


def require_deadlines(deadlines: dict[str, datetime | None], starts_on: date, zone: str) -> None:
    """Each deadline follows the one before it, and the fair follows them all.

    deadlines: name of the field → instant, in the order of the fair; None means none.
    Errors: RuleBroken `deadline_order` or `deadline_late`, on the later of the two fields.
    """
    earlier: datetime | None = None
    for name, deadline in deadlines.items():
        if deadline is None:
            continue
        local = deadline.astimezone(ZoneInfo(zone))
        if earlier is not None and local < earlier:
            raise RuleBroken("deadline_order", field=name, earlier=earlier)
        if local.date() > starts_on:
            raise RuleBroken("deadline_late", field=name, starts_on=starts_on)
        earlier = local


def require_sizes(block: BlockOfSlots) -> None:
    """Errors: RuleBroken `number_out` on the field that is too small or too large."""
    require_number("slot_minutes", block.slot_minutes, SLOT_MINUTES)
    require_number("changeover_minutes", block.changeover_minutes, CHANGEOVER_MINUTES)
    require_number("count", block.count, SLOTS_IN_A_BLOCK)


def require_number(field: str, number: int, allowed: range) -> None:
    """Errors: RuleBroken `number_out` with the smallest and largest number allowed."""
    if number not in allowed:
        raise RuleBroken("number_out", field=field, least=allowed.start, most=allowed.stop - 1)


def require_within(block: BlockOfSlots, starts_on: date, ends_on: date, zone: str) -> None:
    """A block lies within the days of its edition, and ends on the day on which it began.

    Errors: RuleBroken `block_outside` or `block_past_midnight`.
    """
    if not starts_on <= block.day <= ends_on:
        raise RuleBroken("block_outside", field="day", starts_on=starts_on, ends_on=ends_on)
    if block.slots(zone)[-1][1].date() != block.day:
        raise RuleBroken("block_past_midnight", field="count")


def slug_of(name: str) -> str:
    """The name as it is written in an address: « Coventis 2027 » → coventis-2027."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:60].strip("-") or "salon"


def free_slug(wished: str, taken: Iterable[str]) -> str:
    """The wished address, or the first of wished-2, wished-3… that nobody has."""
    others, number, slug = {*taken, *RESERVED}, 1, wished
    while slug in others:
        number += 1
        slug = f"{wished}-{number}"
    return slug


# What is written on the sign of a place: on the sign of a table, its number alone.
SIGNS = {
    PlaceKind.TABLE: "{n}",
    PlaceKind.STAND: "Stand {n}",
    PlaceKind.ROOM: "Salle {n}",
    PlaceKind.VIDEO: "Visio {n}",
}


def signs(kind: PlaceKind, first: int, count: int) -> list[str]:
    """The codes of `count` places from number `first`. Errors: RuleBroken `number_out`."""
    require_number("first", first, PLACE_NUMBERS)
    require_number("count", count, PLACES_AT_ONCE)
    return [SIGNS[kind].format(n=number) for number in range(first, first + count)]


def video_links(template: str, first: int, count: int) -> list[str]:
    """One address per video room: `{n}` in the template becomes the number of the room.

    Errors: RuleBroken `link_missing`, `link_unsafe`, `link_same`.
    """
    if not template:
        raise RuleBroken("link_missing", field="link")
    if not re.fullmatch(r"https://[^\s/]+(/\S*)?", template):
        raise RuleBroken("link_unsafe", field="link")
    if count > 1 and "{n}" not in template:
        raise RuleBroken("link_same", field="link")
    return [template.replace("{n}", str(number)) for number in range(first, first + count)]


def require_no_doubles(codes: Iterable[str], taken: Iterable[str]) -> None:
    """Errors: RuleBroken `place_taken` with the first code that is there already."""
    there = set(taken)
    for code in codes:
        if code in there:
            raise RuleBroken("place_taken", field="first", code=code)
