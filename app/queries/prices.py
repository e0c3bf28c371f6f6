# SPDX-License-Identifier: EUPL-1.2
"""What more tables or slots would be worth to a run, as far as it is proven."""

from dataclasses import dataclass
from math import ceil

from app.models.jobs import Job
from app.models.schedules import ScheduleRun
from app.queries import jobs
from app.rules.errors import NotFound
from app.rules.schedules import Extra


@dataclass(frozen=True)
class Price:
    """So many more of something.

    bound: no schedule can be worth more then. gain: points above this run, at most.
    meetings: how many meetings of middling value that is.
    """

    what: Extra
    count: int
    bound: int
    gain: int
    meetings: int


@dataclass(frozen=True)
class Prices:
    """What is proven so far, and the job that is still proving, or None."""

    lines: tuple[Price, ...]
    job: Job | None


def of_run(run: ScheduleRun) -> Prices:
    """The prices kept with this run. One query at most."""
    lines = tuple(_price(run, **one) for one in run.note.get("prices", ()))
    return Prices(lines, None if lines else _job(run))


def _price(run: ScheduleRun, what: str, count: int, bound: int) -> Price:
    gain = max(0, bound - run.value)
    meetings = ceil(gain * run.placed / run.value) if run.value else 0
    return Price(Extra(what), count, bound, gain, meetings)


def _job(run: ScheduleRun) -> Job | None:
    """Its job, unless it was swept away since."""
    try:
        return jobs.by_id(run.note["prices_job"])
    except (KeyError, NotFound):
        return None
