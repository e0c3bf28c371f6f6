# SPDX-License-Identifier: EUPL-1.2
"""Public contracts that end soon, by buyer, department and family; each may become a draft."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.language.translate import gettext
from app.queries import contracts, editions
from app.queries.editions import Edition
from app.rules.permissions import Permission
from app.web.shared import renewals
from app.web.shared.addresses import safe_next
from app.web.shared.guard import guard


@guard(Permission.ORGANISE, edition=editions.by_slug)
def ending(edition: Edition) -> str:
    """The contracts of all buyers of the directory that end in the next months."""
    return render_template(
        "web/organiser/renewals.html", edition=edition, **renewals.shown(renewals.asked())
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def draft(edition: Edition, contract: int) -> Response:
    """Prepare the need for its buyer, who alone may publish it."""
    need = renewals.draft(contracts.by_id(contract))
    flash(
        gettext(
            "Le brouillon est dans l'espace de %(name)s, qui seul peut le publier.",
            name=need.organisation.display_name,
        ),
        "good",
    )
    here = url_for("organiser.renewals.ending", edition=edition.slug)
    return redirect(safe_next(request.form.get("back"), here))
