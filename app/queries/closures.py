# SPDX-License-Identifier: EUPL-1.2
"""Places that are shut at some slots to come, and what a run was told of an event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.models import clock
from app.models.base import db
from app.models.editions import Edition, PlaceClosure, Slot
from app.models.editions import Place as Place
from app.models.schedules import ScheduleRun
from app.queries import editions, pairs
from app.queries.pairs import Side
from app.queries.schedule_grid import at
from app.queries.schedule_problem import row_id


@dataclass(frozen=True)
class Shut:
    """A place with the first and the last slot (their starts) at which it is shut."""

    place: Place
    first: datetime
    last: datetime


def of_edition(edition: Edition) -> list[Shut]:
    """Its shut places, as they stand in the hall. One query."""
    spans = (
        select(Place, func.min(Slot.starts_at), func.max(Slot.starts_at))
        .join(PlaceClosure, PlaceClosure.place_id == Place.id)
        .join(Slot, Slot.id == PlaceClosure.slot_id)
        .where(Place.edition_id == edition.id, Slot.starts_at > clock.now())
        .group_by(Place.id)
        .order_by(Place.position)
    )
    return [Shut(place, first, last) for place, first, last in db.session.execute(spans)]


@dataclass(frozen=True)
class Stated:
    """What a run was told: a side that is away or a place that is shut, from and until a slot.

    first: None is from the time of the run on. last: None is until the end.
    """

    side: Side | None
    place: Place | None
    first: datetime | None
    last: datetime | None


def stated(run: ScheduleRun, edition: Edition) -> list[Stated]:
    """The event of a run that starts from the published schedule. Two queries at most."""
    event = run.question.get("event", {})
    absent, closed = event.get("absent", ()), event.get("close", ())
    sides = pairs.sides({row_id(one["party"]) for one in absent}) if absent else {}
    places = {place.id: place for place in editions.places(edition)} if closed else {}
    starts = {slot["id"]: at(slot["start"], edition.timezone) for slot in run.problem["slots"]}
    spans = [(sides.get(row_id(one["party"])), None, one) for one in absent] + [
        (None, places.get(row_id(one["place"])), one) for one in closed
    ]
    return [
        Stated(side, place, starts.get(one.get("from")), starts.get(one.get("until")))
        for side, place, one in spans
        if side or place
    ]
