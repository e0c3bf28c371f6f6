# SPDX-License-Identifier: EUPL-1.2
"""The workshops of an edition: the programme, one more, one less."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import workshops as actions
from app.language.translate import gettext
from app.queries import editions
from app.queries import workshops as programme
from app.queries.editions import Edition
from app.queries.workshops import Workshop
from app.rules.permissions import Permission
from app.web.forms.workshops import WorkshopForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def workshops(edition: Edition) -> str | Response | tuple[str, int]:
    """See the programme, and announce a workshop."""
    form = WorkshopForm()
    if form.validate_on_submit():
        typed = {name: field.data or "" for name, field in form._fields.items()}
        typed.pop("csrf_token", None)
        with said_on(form):
            actions.announce(edition, by=me(), **typed)
            flash(gettext("L'atelier est au programme."), "good")
            return _back(edition)
    page = render_template(
        "web/organiser/workshops.html",
        edition=edition,
        form=form,
        programme=programme.with_sheets(edition),
    )
    return (page, 422) if form.errors else page


@guard(Permission.ORGANISE, edition=editions.by_slug, workshop=programme.by_id)
def remove(edition: Edition, workshop: Workshop) -> Response:
    """Take a workshop out of the programme."""
    actions.take_away(workshop, by=me())
    flash(gettext("L'atelier n'est plus au programme."), "good")
    return _back(edition)


def _back(edition: Edition) -> Response:
    return redirect(url_for("organiser.workshops.workshops", edition=edition.slug))
