# SPDX-License-Identifier: EUPL-1.2
"""A run as a grid: slots down, places across, one half-day at a time; and the same as a list."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.models.editions import Edition
from app.models.editions import Place as Place
from app.models.schedules import ScheduleRun
from app.queries import editions, pairs, publication, schedules
from app.queries.pairs import Pair
from app.queries.schedules import Placement
from app.rules.errors import NotFound


@dataclass(frozen=True)
class HalfDay:
    """A tab of the grid. block: the id of the meeting block. starts: of its first slot."""

    block: int
    name: str
    starts: datetime
    count: int


@dataclass(frozen=True)
class Cell:
    """A meeting of the grid; has_moved: not where it stands in the published version."""

    pair: Pair
    place: Place | None
    has_moved: bool


@dataclass(frozen=True)
class Line:
    """A slot of the grid: one cell per place (None: free), and the pause before it, in minutes."""

    starts: datetime
    ends: datetime
    pause: int
    cells: tuple[Cell | None, ...]
    online: tuple[Cell, ...]

    @property
    def meetings(self) -> list[Cell]:
        return [cell for cell in self.cells if cell is not None] + list(self.online)


@dataclass(frozen=True)
class Grid:
    """One half-day of a run."""

    half_days: tuple[HalfDay, ...]
    here: HalfDay
    places: tuple[Place, ...]
    lines: tuple[Line, ...]


def of_run(run: ScheduleRun, edition: Edition, *, block: int | None = None) -> Grid:
    """The grid of one half-day, the first unless said otherwise.

    A constant number of queries. Errors: NotFound for a half-day the run does not know.
    """
    slots, placed = run.problem["slots"], schedules.placements(run)
    half_days = _half_days(slots, placed, edition)
    here = _here(half_days, block)
    numbers = [slot["id"] for slot in slots if int(slot["block"]) == here.block]
    inside = [one for one in placed if one.slot in set(numbers)]
    places = _places(run, edition)
    cells = _cells(inside, places, edition, run)
    known = {slot["id"]: slot for slot in slots}
    return Grid(
        half_days,
        here,
        tuple(places.values()),
        _lines([known[number] for number in numbers], list(places), cells, edition.timezone),
    )


def at(text: str, zone: str) -> datetime:
    """The instant that a problem writes as local time at the fair."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def _half_days(
    slots: list[dict[str, Any]], placed: list[Placement], edition: Edition
) -> tuple[HalfDay, ...]:
    block_of = {slot["id"]: int(slot["block"]) for slot in slots}
    counts = Counter(block_of[one.slot] for one in placed)
    names = {block.id: block.name for block in editions.blocks(edition)}
    first = {int(slot["block"]): slot["start"] for slot in reversed(slots)}
    return tuple(
        HalfDay(block, names.get(block, ""), at(start, edition.timezone), counts[block])
        for block, start in sorted(first.items(), key=lambda item: item[1])
    )


def _here(half_days: tuple[HalfDay, ...], block: int | None) -> HalfDay:
    for one in half_days:
        if block is None or one.block == block:
            return one
    raise NotFound


def _places(run: ScheduleRun, edition: Edition) -> dict[int, Place]:
    """The places the run knew, as they stand in the hall; those removed since are left out."""
    asked = {int(place["id"][1:]) for place in run.problem["places"]}
    return {place.id: place for place in editions.places(edition) if place.id in asked}


def _cells(
    placed: list[Placement], places: dict[int, Place], edition: Edition, run: ScheduleRun
) -> dict[tuple[int, int | None], list[Cell]]:
    """(slot number, place) → its meetings: one at a place, any number by video without a room."""
    named = pairs.of_requests([one.request_id for one in placed])
    before = publication.current_seats(edition) if run.version != edition.version else {}
    numbers = slot_ids(run, edition) if before else {}
    found: dict[tuple[int, int | None], list[Cell]] = {}
    for one in placed:
        if one.request_id in named:
            seat = before.get(one.request_id)
            spot = (numbers.get(one.slot), one.place_id)
            moved = bool(before) and (seat is None or (seat.slot_id, seat.place_id) != spot)
            cell = Cell(named[one.request_id], places.get(one.place_id or 0), moved)
            found.setdefault((one.slot, one.place_id), []).append(cell)
    return found


def slot_ids(run: ScheduleRun, edition: Edition) -> dict[int, int]:
    """The run's number of a slot → the slot as it stands today, recognised by its hour."""
    today = {slot.starts_at: slot.id for slot in editions.slots(edition)}
    starts = {slot["id"]: at(slot["start"], edition.timezone) for slot in run.problem["slots"]}
    return {number: today[start] for number, start in starts.items() if start in today}


def _lines(
    slots: list[dict[str, Any]],
    places: list[int],
    cells: dict[tuple[int, int | None], list[Cell]],
    zone: str,
) -> tuple[Line, ...]:
    lines: list[Line] = []
    step = None
    for slot in slots:
        starts, ends = at(slot["start"], zone), at(slot["end"], zone)
        waited = int((starts - lines[-1].ends).total_seconds() // 60) if lines else 0
        step = waited if step is None and lines else step
        row = tuple(next(iter(cells.get((slot["id"], place), ())), None) for place in places)
        online = tuple(cells.get((slot["id"], None), ()))
        lines.append(Line(starts, ends, waited if waited > (step or 0) else 0, row, online))
    return tuple(lines)
