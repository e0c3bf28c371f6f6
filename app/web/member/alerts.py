# SPDX-License-Identifier: EUPL-1.2
"""The alerts of a company: which new needs, how often, and the one click that ends them."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import alerts as actions
from app.language.translate import gettext
from app.queries import alerts, companies
from app.queries.alerts import Alert
from app.queries.companies import Organisation
from app.rules.companies import Role
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.forms.matching import AlertForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.SPEAK_FOR_ORGANISATION, organisation=companies.by_id)
def settings(organisation: Organisation) -> str | Response | tuple[str, int]:
    """Ask for an alert, or change it."""
    if organisation.role != Role.COMPANY:
        raise NotFound
    alert = alerts.of(organisation, me())
    own = [one.sector.group.slug for one in companies.activities(organisation)]
    form = AlertForm(own=own, home=organisation.department, obj=alert)
    if form.validate_on_submit():
        with said_on(form):
            actions.ask_for(organisation, by=me(), **form.facts)
            flash(gettext("Votre alerte est en place."), "good")
            return redirect(url_for("member.alerts.settings", organisation=organisation.id))
    page = render_template(
        "web/member/alerts.html", form=form, organisation=organisation, alert=alert
    )
    return (page, 422) if form.errors else page


@guard(Permission.SPEAK_FOR_ORGANISATION, organisation=companies.by_id)
def end(organisation: Organisation) -> Response:
    """No more letters."""
    alert = alerts.of(organisation, me())
    if alert is not None:
        actions.end(alert)
    flash(gettext("Votre alerte est arrêtée : vous ne recevrez plus ces courriels."), "good")
    return redirect(url_for("member.alerts.settings", organisation=organisation.id))


@guard(Permission.VISIT, alert=alerts.by_token)
def leave(alert: Alert) -> str:
    """End an alert from its letter, without logging in, or from a mail program.

    Source: RFC 8058 §3.2: the POST carries no cookie and must not be redirected.
    """
    if request.method == "POST":
        actions.end(alert)
    return render_template("web/member/alert_left.html", alert=alert)
