# SPDX-License-Identifier: EUPL-1.2
"""Accepted requests that a run left out: the primary cause of each, and what would place it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.editions import Edition
from app.models.schedules import ScheduleRun
from app.queries import pairs, schedules
from app.queries.pairs import Pair, Side
from app.queries.schedule_grid import at
from app.queries.schedule_problem import row_id
from app.rules.schedules import Change, UnplacedReason


@dataclass(frozen=True)
class Help:
    """One change of the cheapest set that would place a request; what it speaks of, or None.

    rule: the limit that a `quota` lifts (scheduler's word). slot: when. other: a meeting to drop.
    """

    kind: Change
    side: Side | None
    slot: datetime | None
    other: Pair | None
    rule: str


@dataclass(frozen=True)
class LeftOut:
    """A request without a slot: why, whom the reason speaks of, and the cheapest way to place it.

    rivals: how many placed meetings stand in the way.
    """

    pair: Pair
    reason: UnplacedReason
    concerned: tuple[Side, ...]
    rivals: int
    help: tuple[Help, ...]

    def speaks_of(self, registration_id: int) -> bool:
        """Whether the reason lies with this registration."""
        return any(one.registration_id == registration_id for one in self.concerned)


def of_run(run: ScheduleRun, edition: Edition) -> list[LeftOut]:
    """What this run left out, in the order in which the requests were made. One query."""
    unplaced = run.solution.get("unplaced", ())
    named = pairs.of_requests({request for line in unplaced for request in _requests(line)})
    starts = {slot["id"]: at(slot["start"], edition.timezone) for slot in run.problem["slots"]}
    return [_left_out(line, named, starts) for line in unplaced if row_id(line["wish"]) in named]


def of_edition(edition: Edition) -> dict[int, LeftOut]:
    """Request → why it has no slot in the published schedule."""
    run = schedules.published(edition)
    return {one.pair.request_id: one for one in of_run(run, edition)} if run else {}


def _requests(line: dict[str, Any]) -> list[int]:
    """The request left out, and those its way in speaks of."""
    changes = (line.get("unblock") or {}).get("changes", ())
    drops = [change["wish"] for change in changes if change.get("wish") is not None]
    return [row_id(wish) for wish in (line["wish"], *drops)]


def _left_out(line: dict[str, Any], named: dict[int, Pair], starts: dict[int, datetime]) -> LeftOut:
    pair = named[row_id(line["wish"])]
    unblock = line.get("unblock") or {}
    slot = starts.get(unblock.get("slot", 0))
    return LeftOut(
        pair=pair,
        reason=UnplacedReason(line["reason"]),
        concerned=tuple(pair.side_of(row_id(party)) for party in line.get("parties", ())),
        rivals=len(line.get("blocking", ())),
        help=tuple(_help(change, pair, slot, named) for change in unblock.get("changes", ())),
    )


def _help(
    change: dict[str, Any], pair: Pair, slot: datetime | None, named: dict[int, Pair]
) -> Help:
    party, wish = change.get("party"), change.get("wish")
    return Help(
        kind=Change(change["kind"]),
        side=None if party is None else pair.side_of(row_id(party)),
        slot=slot,
        other=None if wish is None else named.get(row_id(wish)),
        rule=change.get("rule") or "",
    )
