# SPDX-License-Identifier: EUPL-1.2
"""A buyer answers the yearly census: needs, or « nothing this year » in one click."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import campaigns as actions
from app.language.translate import gettext
from app.queries import campaigns, companies
from app.queries.companies import Organisation
from app.rules.permissions import Permission
from app.web.shared.guard import guard
from app.web.shared.login import me

SPEAK = Permission.SPEAK_FOR_ORGANISATION


@guard(SPEAK, organisation=companies.by_id)
def answer(organisation: Organisation, campaign: int) -> str | Response:
    """What is asked, and the three ways to answer."""
    asked = campaigns.by_id(campaign)
    line = campaigns.of_buyer(asked, organisation)
    if request.method == "POST":
        if request.form.get("then") == "back":
            actions.change_mind(line.buyer, by=me())
        else:
            actions.say_nothing(line.buyer, by=me())
            flash(gettext("C'est noté : rien cette année. Merci de l'avoir dit."), "good")
        return redirect(
            url_for("member.campaigns.answer", organisation=organisation.id, campaign=asked.id)
        )
    return render_template(
        "web/member/campaign.html",
        organisation=organisation, campaign=asked, line=line, needs=campaigns.needs_of(line),
    )  # fmt: skip
