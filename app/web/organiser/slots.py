# SPDX-License-Identifier: EUPL-1.2
"""The half-days of an edition and their slots."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import slots as actions
from app.language import phrases
from app.language.translate import gettext
from app.queries import editions
from app.queries.editions import Edition
from app.rules.errors import RuleBroken
from app.rules.permissions import Permission
from app.web.forms.editions import BlockForm
from app.web.shared.forms import say_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def slots(edition: Edition) -> str | Response:
    """See the half-days, look at the hours of one more, and add it."""
    form = BlockForm(day=edition.starts_on)
    hours = None
    if form.validate_on_submit():
        asked = form.asked()
        try:
            if "preview" in request.form:
                actions.require_possible(edition, asked)
                hours = asked.slots(edition.timezone)
            else:
                _add(edition, form)
                return redirect(url_for("organiser.slots.slots", edition=edition.slug))
        except RuleBroken as problem:
            say_on(form, problem)
    return render_template(
        "web/organiser/slots.html",
        edition=edition,
        form=form,
        hours=hours,
        blocks=editions.blocks(edition),
        slots=editions.slots(edition),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def remove(edition: Edition, block: int) -> Response:
    """Take a half-day away."""
    found = editions.block_of(edition, block)
    try:
        actions.remove_block(found, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        flash(gettext("La plage « %(name)s » est retirée.", name=found.name), "good")
    return redirect(url_for("organiser.slots.slots", edition=edition.slug))


def _add(edition: Edition, form: BlockForm) -> None:
    actions.add_block(
        edition,
        by=me(),
        name=form.name.data.strip(),
        day=form.day.data,
        starts=form.starts.data,
        slot_minutes=form.slot_minutes.data,
        changeover_minutes=form.changeover_minutes.data,
        count=form.count.data,
    )
    flash(gettext("La plage « %(name)s » est ajoutée.", name=form.name.data), "good")
