# SPDX-License-Identifier: EUPL-1.2
"""Proves what one more table, slot or hour of somebody could bring at most, step by step."""

import math
from typing import Any

from app.actions import prices
from app.jobs.progress import Progress
from app.models.base import db
from app.queries.schedules import by_id
from app.rules.schedules import Extra, extras
from scheduler import dearest_hours, problem_from_json, what_if

KEYWORDS = {Extra.PLACE: "extra_places", Extra.SLOT: "extra_slots"}
HOURS = 5  # how many organisations are told
# A linear programme ends a hair away from the whole number it means.
HAIR = 1e-6


def price_extras(progress: Progress) -> dict[str, Any]:
    """The proven limit of the run named in the job with each of a few extras.

    Errors: Cancelled.
    """
    run_id = progress.asked["run"]
    problem = problem_from_json(by_id(run_id).problem)
    db.session.remove()
    wanted = extras(places=len(problem.places))
    found: list[dict[str, Any]] = []
    for done, (what, count) in enumerate(wanted):
        progress.report(done, len(wanted) + 1)
        limit = what_if(problem, **{KEYWORDS[what]: count}).value_bound
        found.append({"what": what.value, "count": count, "bound": math.floor(limit + HAIR)})
    progress.report(len(wanted), len(wanted) + 1)
    found += [
        {
            "what": Extra.HOUR.value,
            "count": 1,
            "bound": math.floor(hour.value_bound + HAIR),
            "party": hour.party,
            "slots": list(hour.slots),
        }
        for hour in dearest_hours(problem, HOURS)
    ]
    prices.keep(run_id, found)
    return {"run": run_id, "prices": len(found)}
