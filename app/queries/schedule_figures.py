# SPDX-License-Identifier: EUPL-1.2
"""What a run is worth, in figures that an organiser compares."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from app.models.base import db
from app.models.editions import Edition
from app.models.meetings import MeetingRequest
from app.models.schedules import ScheduleRun
from app.queries import publication, schedules
from app.queries.publication import Publication
from app.queries.schedule_grid import at
from app.queries.schedule_problem import row_id, wish_id
from app.queries.schedules import Placement


@dataclass(frozen=True)
class Figures:
    """One run in figures.

    first_choices: placed, asked (requests that one side at least ranked first). alone: people's
    organisations that have an accepted request and no meeting. longest_wait: in minutes, between
    two meetings of a half-day or day, lunch aside. told: delegates whose agenda would change.
    """

    run: ScheduleRun
    first_choices: tuple[int, int]
    alone: int
    longest_wait: int
    planned: Publication

    @property
    def share_of_first_choices(self) -> float:
        placed, asked = self.first_choices
        return placed / asked if asked else 1.0

    @property
    def told(self) -> int:
        return len(self.planned.told)


@dataclass(frozen=True)
class Deck:
    """The last planks of the footbridge: what was reached, the proven limit, what was asked.

    Everything in worth; start: worth at the left edge. joints: where planks meet.
    """

    start: int
    value: int
    bound: int
    total: int

    PLANKS = 25

    def percent(self, worth: float) -> str:
        """Where a worth stands, in percent of the width."""
        span = self.total - self.start or 1
        return f"{100 * (worth - self.start) / span:.2f}%"

    @property
    def gap(self) -> tuple[str, str]:
        """What may be missing, as (left edge, width): wide enough to be seen."""
        span = self.total - self.start or 1
        width = max(100 * (self.bound - self.value) / span, 1.5)
        return f"{100 * (self.bound - self.start) / span - width:.2f}%", f"{width:.2f}%"

    @property
    def joints(self) -> list[str]:
        return [f"{100 * n / self.PLANKS:.2f}%" for n in range(1, self.PLANKS)]


def of_run(run: ScheduleRun, edition: Edition) -> Figures:
    """The figures of one run. A constant number of queries."""
    placed = schedules.placements(run)
    return Figures(
        run=run,
        first_choices=_first_choices(run, placed),
        alone=_alone(run, placed),
        longest_wait=_longest_wait(run, placed, edition.timezone),
        planned=publication.of_run(run, edition),
    )


def deck(run: ScheduleRun) -> Deck:
    """The end of the bridge, close enough for what is missing to be seen."""
    total = sum(wish["value"] for wish in map(_with_value, run.problem["wishes"]))
    bound = min(run.bound, total)
    missing = total - run.value
    return Deck(max(0, total - max(2 * missing, 4 * Deck.PLANKS)), run.value, bound, total)


def _with_value(wish: dict[str, Any]) -> dict[str, Any]:
    return {"value": 1, **wish}


def _first_choices(run: ScheduleRun, placed: list[Placement]) -> tuple[int, int]:
    first = select(MeetingRequest.id).where(
        MeetingRequest.edition_id == run.edition_id,
        or_(MeetingRequest.priority == 1, MeetingRequest.answer_priority == 1),
    )
    asked = {row_id(wish["id"]) for wish in run.problem["wishes"]}
    wanted = asked & set(db.session.scalars(first))
    return len(wanted & {one.request_id for one in placed}), len(wanted)


def _parties(run: ScheduleRun) -> dict[str, tuple[str, ...]]:
    return {wish["id"]: tuple(wish["parties"]) for wish in run.problem["wishes"]}


def _alone(run: ScheduleRun, placed: list[Placement]) -> int:
    parties = _parties(run)
    asking = {party for pair in parties.values() for party in pair}
    met = {party for one in placed for party in parties[wish_id(one.request_id)]}
    return len(asking - met)


def _longest_wait(run: ScheduleRun, placed: list[Placement], zone: str) -> int:
    """Minutes of the longest hole in a day of somebody who is there and meets nobody."""
    slots, parties = run.problem["slots"], _parties(run)
    busy: dict[str, set[int]] = defaultdict(set)
    for one in placed:
        for party in parties[wish_id(one.request_id)]:
            busy[party].add(one.slot)
    seats = {party["id"]: party["seats"] for party in run.problem["parties"]}
    minutes = _minutes(slots, zone)
    return max(
        (_wait(slots, minutes, seats[party], taken) for party, taken in busy.items()), default=0
    )


def _wait(
    slots: list[dict[str, Any]], minutes: list[int], seats: list[int], taken: set[int]
) -> int:
    longest = hole = 0
    day, began = None, False
    for position, slot in enumerate(slots):
        if slot["day"] != day:
            day, began, hole = slot["day"], False, 0
        if slot["id"] in taken:
            longest, began, hole = max(longest, hole), True, 0
        elif began and seats[position] > 0:
            hole += minutes[position]
    return longest


def _minutes(slots: list[dict[str, Any]], zone: str) -> list[int]:
    """How long each slot lasts, up to the start of the next one of its half-day."""
    found = []
    for slot, following in zip(slots, [*slots[1:], None], strict=True):
        same = following is not None and following["block"] == slot["block"]
        until = at(following["start"] if same else slot["end"], zone)  # type: ignore[index]
        found.append(int((until - at(slot["start"], zone)) / timedelta(minutes=1)))
    return found


def registrations_without_people(run: ScheduleRun) -> int:
    """Registrations with an accepted request that had nobody at any slot of the run."""
    absent = {one["id"] for one in run.problem["parties"] if not any(one["seats"])}
    wanted = {party for pair in _parties(run).values() for party in pair}
    return len(absent & wanted)
