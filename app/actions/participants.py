# SPDX-License-Identifier: EUPL-1.2
"""What the team decides about a participant beside yes or no: its table, how many meetings."""

from collections.abc import Collection

from app.actions import registrations as coming
from app.actions.base import action
from app.models.accounts import User
from app.models.editions import Place
from app.models.history import remember
from app.models.registrations import Registration
from app.queries import grid
from app.rules.editions import require_number
from app.rules.errors import RuleBroken
from app.rules.registrations import RegistrationState

MEETINGS = range(1, 101)


@action
def arrange(
    registration: Registration,
    *,
    by: User | None,
    home_place: Place | None,
    max_meetings: int | None,
) -> None:
    """Give a participant a place of its own, and a limit of meetings; None means neither.

    Errors: RuleBroken `home_taken` when somebody sits there already, `number_out`.
    """
    if max_meetings is not None:
        require_number("max_meetings", max_meetings, MEETINGS)
    if home_place is not None and home_place.id != registration.home_place_id:
        _require_free(home_place)
    registration.home_place_id = home_place.id if home_place else None
    registration.max_meetings = max_meetings
    code = home_place.code if home_place else ""
    remember(by, "registration.arranged", registration, place=code, limit=max_meetings)


@action
def refuse_all(asked: Collection[Registration], *, by: User | None, reason: str) -> int:
    """Refuse all that wait for a decision, for one reason. Returns how many.

    Errors: RuleBroken `refusal_reason` when it is not said.
    """
    waiting = [one for one in asked if one.state == RegistrationState.PENDING]
    for registration in waiting:
        coming.refuse(registration, by=by, reason=reason)
    return len(waiting)


def _require_free(place: Place) -> None:
    guest = grid.at_home_at(place)
    if guest is not None:
        raise RuleBroken("home_taken", field="home_place", code=place.code, name=guest)
