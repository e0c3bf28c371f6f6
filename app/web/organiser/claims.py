# SPDX-License-Identifier: EUPL-1.2
"""People who ask to speak for a listing that nobody holds, and wait for the team's answer."""

from flask import render_template

from app.queries import companies, editions
from app.queries.editions import Edition
from app.rules.permissions import Permission
from app.web.shared.guard import guard


@guard(Permission.ORGANISE, edition=editions.by_slug)
def claims(edition: Edition) -> str:
    """Each claim with what lets one judge it: the address, the website, when it was asked."""
    waiting = companies.orphan_claims()
    return render_template("web/organiser/claims.html", edition=edition, waiting=waiting)
