# SPDX-License-Identifier: EUPL-1.2
"""Up to four listings side by side; which ones stands in the address."""

from flask import render_template, request, url_for

from app.queries import directory, profiles
from app.rules.permissions import Permission
from app.web.public import narrowing
from app.web.shared.addresses import safe_next
from app.web.shared.guard import guard
from app.web.shared.navigation import current_edition


@guard(Permission.VISIT)
def compare() -> str:
    """The table; five listings or more are said, and the first four shown."""
    written = {one for one in request.args.getlist("fiche") if one.isdecimal()}
    chosen = narrowing.compared()
    found = directory.in_order(chosen)
    edition = current_edition()
    others = {
        one.id: url_for(
            "public.comparison.compare", fiche=[each.id for each in found if each.id != one.id]
        )
        for one in found
    }
    return render_template(
        "web/public/comparison.html",
        profiles=profiles.of(found),
        edition=edition,
        coming=directory.coming(edition, found) if edition else {},
        without=others,
        left_out=max(0, len(written) - len(chosen)),
        more=url_for("public.directory.search", fiche=[one.id for one in found]),
        back=safe_next(request.args.get("retour"), url_for("public.directory.search")),
    )
