# SPDX-License-Identifier: EUPL-1.2
"""The rules of public procurement that the site uses, with their dates and sources."""

from flask import render_template

from app.queries import eligibility
from app.rules.law import Measure, of
from app.rules.permissions import Permission
from app.rules.reservations import RESERVATIONS
from app.web.shared.guard import guard


@guard(Permission.VISIT)
def rules() -> str:
    """What is in force today, then every line that was or will be."""
    return render_template(
        "web/public/law.html",
        today=eligibility.in_force(),
        rules=[rule for measure in Measure for rule in of(measure)],
        reservations=RESERVATIONS,
    )
