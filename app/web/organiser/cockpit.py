# SPDX-License-Identifier: EUPL-1.2
"""The cockpit: what to do now, where the edition stands, what to keep an eye on."""

from flask import render_template

from app.queries import cockpit as figures
from app.queries import editions
from app.queries.editions import Edition
from app.rules.companies import Role
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.rules.watch import FEW_MEETINGS, Lack
from app.web.shared.guard import guard

LINES = 5


@guard(Permission.ORGANISE, edition=editions.by_slug)
def cockpit(edition: Edition) -> str:
    """Everything at one glance."""
    return render_template(
        "web/organiser/cockpit.html",
        edition=edition,
        now=figures.of_edition(edition),
        lines=LINES,
        few=FEW_MEETINGS,
        Lack=Lack,
        Role=Role,
        State=RegistrationState,
    )
