# SPDX-License-Identifier: EUPL-1.2
"""The journal of an edition: who did what, when."""

from flask import render_template

from app.language.history import somebody, told
from app.queries import editions, history
from app.queries.editions import Edition
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard


@guard(Permission.ORGANISE, edition=editions.by_slug)
def journal(edition: Edition) -> str:
    """The lines of the journal, the latest first."""
    return render_template(
        "web/organiser/journal.html",
        edition=edition,
        page=history.of_edition(edition, page=filters.page_number()),
        told=told,
        somebody=somebody,
    )
