# SPDX-License-Identifier: EUPL-1.2
"""The team reads needs: publishes them, one or many, sends them back, or lets buyers publish."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import validation as actions
from app.language.translate import gettext, ngettext
from app.queries import editions, needs, validation
from app.queries.editions import Edition
from app.queries.needs import Need
from app.rules.errors import RuleBroken
from app.rules.permissions import Permission
from app.web.forms.validation import SendBackForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def setting(edition: Edition) -> Response:
    """Whether the team reads each need before it is published."""
    wanted = request.form.get("wanted") == "1"
    actions.read_needs_first(edition.series.organiser, by=me(), wanted=wanted)
    words = (
        gettext("Chaque nouveau besoin vous est désormais proposé avant sa publication.")
        if wanted
        else gettext("Les acheteurs publient désormais leurs besoins sans vous attendre.")
    )
    flash(words, "good")
    return _back(edition)


@guard(Permission.ORGANISE, edition=editions.by_slug)
def approve(edition: Edition) -> Response:
    """Publish the needs that are ticked, or the one whose button was pressed."""
    numbers = [int(one) for one in request.form.getlist("choix") if one.isdecimal()]
    try:
        done = actions.approve_all(validation.waiting(edition, numbers), by=me())
    except RuleBroken as problem:
        if problem.field is None:
            raise
        flash(gettext("Un de ces besoins ne peut pas être publié tel quel : ouvrez-le."), "bad")
        return _back(edition)
    told = ngettext("Un besoin est publié.", "%(num)d besoins sont publiés.", done)
    flash(told if done else gettext("Cochez d'abord les besoins à publier."), "good")
    return _back(edition)


@guard(Permission.ORGANISE, edition=editions.by_slug, need=needs.by_id)
def send_back(edition: Edition, need: Need) -> str | Response | tuple[str, int]:
    """Say what to mend; the buyer reads it."""
    form = SendBackForm()
    if form.validate_on_submit():
        with said_on(form):
            actions.send_back(need, by=me(), reason=form.reason.data or "")
            flash(gettext("L'acheteur est prévenu, avec votre raison."), "good")
            return _back(edition)
    page = render_template(
        "web/organiser/need_sent_back.html", edition=edition, need=need, form=form
    )
    return (page, 422) if form.errors else page


def _back(edition: Edition) -> Response:
    return redirect(url_for("organiser.demand.needs", edition=edition.slug))
