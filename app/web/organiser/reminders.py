# SPDX-License-Identifier: EUPL-1.2
"""Reminding participants: first to whom, then the letters."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import reminders as actions
from app.language.translate import gettext, ngettext
from app.queries import editions, reminders
from app.queries.editions import Edition
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.rules.watch import Reminder
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def remind(edition: Edition, what: str) -> str | Response:
    """See whom a reminder would reach, and send it."""
    if what not in {one.value for one in Reminder}:
        raise NotFound
    asked = Reminder(what)
    if request.method == "GET":
        waiting = reminders.due(edition, asked)
        return render_template(
            "web/organiser/remind.html", edition=edition, what=asked, waiting=waiting
        )
    count = actions.remind(edition, by=me(), what=asked)
    if count:
        words = ngettext(
            "%(num)d participant est relancé.", "%(num)d participants sont relancés.", count
        )
        flash(words, "good")
    else:
        flash(gettext("Personne n'est à relancer."), "")
    return redirect(url_for("organiser.cockpit.cockpit", edition=edition.slug))
