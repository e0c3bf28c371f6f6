# SPDX-License-Identifier: EUPL-1.2
"""The other bank at this edition: who comes, why they may suit, and asking them for a meeting."""

from typing import Any

from flask import render_template, request

from app.queries import companies, meetings, others, registrations
from app.queries.registrations import Registration
from app.rules.permissions import Permission
from app.rules.territories import DEPARTMENTS
from app.web.shared import filters
from app.web.shared.guard import guard


@guard(Permission.SPEAK_FOR_REGISTRATION, registration=registrations.by_id)
def search(registration: Registration) -> str:
    """Those who were approved, those that suit best first; filters live in the address."""
    asked: dict[str, Any] = {
        "text": filters.text(),
        "group": request.args.get("metier", ""),
        "department": request.args.get("departement", ""),
        "suiting": request.args.get("pour_nous") == "1",
    }
    return render_template(
        "web/member/search.html",
        registration=registration,
        found=others.search(registration, **asked, page=filters.page_number()),
        asked=asked,
        groups=companies.sector_groups(),
        departments=DEPARTMENTS,
        requests=meetings.by_partner(registration),
    )
