# SPDX-License-Identifier: EUPL-1.2
"""The history of a listing: who changed what, from what to what, and who wrote each field."""

from flask import render_template

from app.language import listings as words
from app.language.history import somebody, told
from app.queries import companies, history
from app.queries.companies import Organisation
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard


@guard(Permission.READ_LISTING_HISTORY, organisation=companies.by_id)
def changes(organisation: Organisation) -> str:
    """For those who speak for the organisation, and for organisers."""
    return render_template(
        "web/member/changes.html",
        organisation=organisation,
        page=history.of_listing(organisation, page=filters.page_number()),
        people=history.authors_of(organisation),
        told=told,
        somebody=somebody,
        words=words,
    )
