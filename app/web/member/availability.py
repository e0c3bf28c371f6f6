# SPDX-License-Identifier: EUPL-1.2
"""When the delegates are free: a grid of boxes, one per slot, and what unticking one would cost."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import registrations as actions
from app.language.translate import gettext, ngettext
from app.queries import editions, meetings, registrations
from app.queries.registrations import Delegate, Registration
from app.rules.permissions import Permission
from app.web.forms.participation import AvailabilityForm
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.SPEAK_FOR_REGISTRATION, registration=registrations.by_id)
def availability(registration: Registration) -> str | Response:
    """The grid; a change that would free meetings is shown first, and saved when confirmed."""
    people = registrations.delegates(registration)
    form = AvailabilityForm()
    before = registrations.away(registration)
    if not form.validate_on_submit():
        return _page(registration, people, before, form)
    away = _typed(registration, people)
    costs = meetings.consequences(people, away)
    if costs and request.form.get("confirmed") != "1":
        return _page(registration, people, away, form, costs)
    freed = actions.set_all_availability(people, by=me(), away=away)
    _say(freed)
    here = url_for(
        "member.participation.show",
        organisation=registration.organisation_id,
        edition=registration.edition.slug,
        _anchor="delegues",
    )
    return redirect(here)


def _typed(registration: Registration, people: list[Delegate]) -> dict[int, set[int]]:
    """Delegate id → slots left unticked. Boxes are named `slot` and hold "delegate-slot"."""
    slots = [slot.id for slot in editions.slots(registration.edition)]
    free = set(request.form.getlist("slot"))
    return {one.id: {slot for slot in slots if f"{one.id}-{slot}" not in free} for one in people}


def _half_days(registration: Registration) -> list[tuple[Any, list[Any]]]:
    """(block, its slots) of each half-day, in time order."""
    slots = editions.slots(registration.edition)
    return [(block, list(found)) for block, found in groupby(slots, key=lambda one: one.block)]


def _say(freed: int) -> None:
    flash(gettext("Vos disponibilités sont enregistrées."), "good")
    if freed:
        flash(
            ngettext(
                "%(num)d rendez-vous est libéré ; l'autre partie est prévenue.",
                "%(num)d rendez-vous sont libérés ; les autres parties sont prévenues.",
                freed,
            ),
            "attention",
        )


def _page(
    registration: Registration,
    people: list[Delegate],
    away: Mapping[int, set[int]],
    form: AvailabilityForm,
    costs: Sequence[object] = (),
) -> str:
    return render_template(
        "web/member/availability.html",
        registration=registration,
        people=people,
        away=away,
        half_days=_half_days(registration),
        form=form,
        costs=costs,
    )
