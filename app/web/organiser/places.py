# SPDX-License-Identifier: EUPL-1.2
"""The places of an edition: tables, stands, rooms, video rooms."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import slots as actions
from app.language import phrases
from app.language.translate import gettext, ngettext
from app.queries import editions
from app.queries.editions import Edition
from app.rules.editions import PlaceKind
from app.rules.errors import RuleBroken
from app.rules.permissions import Permission
from app.web.forms.editions import PlacesForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def places(edition: Edition) -> str | Response:
    """See the places, and add several at once."""
    form = PlacesForm()
    if form.validate_on_submit():
        with said_on(form):
            added = actions.add_places(
                edition,
                by=me(),
                kind=PlaceKind(form.kind.data),
                first=form.first.data,
                count=form.count.data,
                accessible=form.accessible.data,
                screen=form.screen.data,
                link=form.link.data or "",
            )
            words = ngettext(
                "%(num)d place est ajoutée.", "%(num)d places sont ajoutées.", len(added)
            )
            flash(words, "good")
            return redirect(url_for("organiser.places.places", edition=edition.slug))
    return render_template(
        "web/organiser/places.html",
        edition=edition,
        form=form,
        places=editions.places(edition),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def remove(edition: Edition, place: int) -> Response:
    """Take a place away."""
    found = editions.place_of(edition, place)
    try:
        actions.remove_place(found, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        flash(gettext("La place « %(code)s » est retirée.", code=found.code), "good")
    return redirect(url_for("organiser.places.places", edition=edition.slug))
