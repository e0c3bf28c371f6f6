# SPDX-License-Identifier: EUPL-1.2
"""What an organiser stated about a fair under way becomes a fact: tables shut, people away."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, select

from app.actions import registrations
from app.actions.base import action
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition, Place, PlaceClosure
from app.models.history import remember
from app.models.registrations import Registration
from app.models.schedules import ScheduleRun
from app.queries import registrations as who
from app.queries import schedule_grid
from app.queries.schedule_problem import row_id


@action
def make_known(run: ScheduleRun, edition: Edition, *, by: User | None) -> None:
    """Write down the absences and closures that this run was asked about, for all runs to come."""
    event = run.question.get("event", {})
    slots = schedule_grid.slot_ids(run, edition)
    for span in event.get("absent", ()):
        registration = db.session.get(Registration, row_id(span["party"]))
        if registration is not None:
            _keep_away(registration, _within(span, slots), by=by)
    for span in event.get("close", ()):
        place = db.session.get(Place, row_id(span["place"]))
        if place is not None:
            shut(place, _within(span, slots), by=by)


@action
def shut(place: Place, slots: Collection[int], *, by: User | None) -> None:
    """Nobody can sit here at these slots (their ids); published meetings are not touched."""
    known = set(
        db.session.scalars(select(PlaceClosure.slot_id).where(PlaceClosure.place_id == place.id))
    )
    rows = [{"place_id": place.id, "slot_id": slot} for slot in sorted(set(slots) - known)]
    if rows:
        db.session.execute(insert(PlaceClosure), rows)
        remember(by, "place.shut", _fair_of(place), code=place.code, slots=len(rows))


@action
def reopen(place: Place, *, by: User | None) -> None:
    """Take all closures of a place away."""
    db.session.execute(delete(PlaceClosure).where(PlaceClosure.place_id == place.id))
    remember(by, "place.reopened", _fair_of(place), code=place.code)


def _keep_away(registration: Registration, slots: set[int], *, by: User | None) -> None:
    away = who.away(registration)
    delegates = who.delegates(registration)
    registrations.set_all_availability(
        delegates, by=by, away={one.id: away.get(one.id, set()) | slots for one in delegates}
    )


def _within(span: dict[str, Any], slots: dict[int, int]) -> set[int]:
    """The slots (ids) of a span of slot numbers; without an end, until the last one."""
    last = span.get("until", max(slots, default=0))
    return {row for number, row in slots.items() if span.get("from", 1) <= number <= last}


def _fair_of(place: Place) -> Edition:
    return db.session.get_one(Edition, place.edition_id)
