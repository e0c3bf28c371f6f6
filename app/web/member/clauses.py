# SPDX-License-Identifier: EUPL-1.2
"""A buyer ticks the clauses planned for a need."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import clauses as actions
from app.language.translate import gettext
from app.queries import clauses, needs
from app.queries.needs import Need
from app.rules.permissions import Permission
from app.web.forms.clauses import ClausesForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.MANAGE_NEED, need=needs.by_id)
def choose(need: Need) -> str | Response | tuple[str, int]:
    """The library, with what the need holds already."""
    offered, taken = clauses.offered(), clauses.of_need(need)
    form = ClausesForm()
    form.offer(offered)
    if request.method == "GET":
        form.clauses.data = [one.code for one in taken]
    if form.validate_on_submit():
        codes = list(form.clauses.data or [])
        with said_on(form):
            actions.choose(need, by=me(), codes=codes, renewed=form.renewed.data)
            flash(gettext("Les clauses du besoin sont enregistrées."), "good")
            return redirect(url_for("public.needs.need", need=need.id, _anchor="clauses"))
    page = render_template(
        "web/member/clauses.html",
        form=form,
        need=need,
        offered=offered,
        taken={one.code: one for one in taken},
    )
    return (page, 422) if form.errors else page
