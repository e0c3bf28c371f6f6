# SPDX-License-Identifier: EUPL-1.2
"""What more tables, slots or hours would be worth to a run, as far as it is proven."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any

from app.models.jobs import Job
from app.models.schedules import ScheduleRun
from app.queries import jobs, pairs
from app.queries.pairs import Side
from app.queries.schedule_grid import at
from app.queries.schedule_problem import row_id
from app.rules.errors import NotFound
from app.rules.schedules import Extra


@dataclass(frozen=True)
class Price:
    """So many more of something.

    bound: no schedule can be worth more then. gain: points above this run, at most.
    meetings: how many meetings of middling value that is. side, starts and ends: of an hour more,
    whose it is and when.
    """

    what: Extra
    count: int
    bound: int
    gain: int
    meetings: int
    side: Side | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class Prices:
    """What is proven so far, and the job that is still proving, or None."""

    lines: tuple[Price, ...]
    job: Job | None


def of_run(run: ScheduleRun, zone: str = "Europe/Paris") -> Prices:
    """The prices kept with this run; hours are told in the zone of the fair. One query at most."""
    kept = run.note.get("prices", ())
    if not kept:
        return Prices((), _job(run))
    sides = pairs.sides({row_id(one["party"]) for one in kept if "party" in one})
    slots = {slot["id"]: slot for slot in run.problem["slots"]}
    return Prices(tuple(_price(run, one, sides, slots, zone) for one in kept), None)


def _price(
    run: ScheduleRun,
    kept: dict[str, Any],
    sides: dict[int, Side],
    slots: dict[int, dict[str, Any]],
    zone: str,
) -> Price:
    gain = max(0, kept["bound"] - run.value)
    meetings = ceil(gain * run.placed / run.value) if run.value else 0
    price = Price(Extra(kept["what"]), kept["count"], kept["bound"], gain, meetings)
    if "party" not in kept:
        return price
    starts, ends = _when([slots[slot] for slot in kept["slots"]], zone)
    return replace(price, side=sides.get(row_id(kept["party"])), starts=starts, ends=ends)


def _when(hour: Sequence[dict[str, Any]], zone: str) -> tuple[datetime, datetime]:
    return at(hour[0]["start"], zone), at(hour[-1]["end"], zone)


def _job(run: ScheduleRun) -> Job | None:
    """Its job, unless it was swept away since."""
    try:
        return jobs.by_id(run.note["prices_job"])
    except (KeyError, NotFound):
        return None
