# SPDX-License-Identifier: EUPL-1.2
"""The place and the point on the map that a listing lacks come from the commune of its seat."""

from collections.abc import Callable, Sequence
from datetime import datetime
from statistics import fmean
from typing import Any

from app.actions import facts
from app.actions.base import action
from app.models.communes import Commune
from app.models.companies import Organisation
from app.queries import communes
from app.rules import authorship
from app.rules.communes import SOURCE


def complete(*, since: datetime | None = None, pause: Callable[[], None] = lambda: None) -> int:
    """Fill what is empty, never what somebody typed, and say that it comes from the commune.

    since: only the listings that changed from then on. pause: called between two transactions.
    Returns how many were completed.
    """
    if not communes.count():
        return 0
    locate()
    after, completed = 0, 0
    while lacking := communes.incomplete(after, since=since):
        pause()
        completed += complete_some(lacking)
        after = lacking[-1].id
    return completed


@action
def complete_some(lacking: Sequence[Organisation]) -> int:
    """The same for some listings, at once. Returns how many were completed."""
    there = communes.again(lacking)
    seats = communes.of_seats(there)
    filled = [
        (one, facts.write(one, told, author=SOURCE))
        for one in there
        if one.id in seats and (told := _told(one, seats[one.id]))
    ]
    facts.index_all([one for one, changes in filled if "city" in changes])
    return len(filled)


@action
def locate() -> None:
    """Give each commune without a point the middle of the seats that are known there."""
    points = communes.points()
    for commune in communes.without_a_point(name for _, name in points):
        there = [
            points[code, commune.folded]
            for code in commune.post_codes
            if (code, commune.folded) in points
        ]
        if there:
            commune.lat, commune.lon = (fmean(axis) for axis in zip(*there, strict=True))


def _told(one: Organisation, commune: Commune) -> dict[str, Any]:
    """What the commune says where the listing says nothing."""
    only = commune.post_codes[0] if len(commune.post_codes) == 1 else ""
    said: dict[str, Any] = {
        "city": commune.name,
        "post_code": only,
        "department": commune.department,
    }
    if one.lat is None and one.lon is None and not authorship.is_typed(one.authors, "lat"):
        said |= {"lat": commune.lat, "lon": commune.lon}
    return {
        name: value
        for name, value in said.items()
        if value not in (None, "")
        and not getattr(one, name)
        and not authorship.is_typed(one.authors, name)
    }
