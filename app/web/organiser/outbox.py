# SPDX-License-Identifier: EUPL-1.2
"""The outbox of a team: its letters, each as it was written, and those to send again."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import letters as actions
from app.language.history import title
from app.language.phrases import word
from app.language.translate import gettext, ngettext
from app.queries import editions, outbox
from app.queries.editions import Edition
from app.queries.outbox import Letter
from app.rules.letters import LetterState
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def letters(edition: Edition) -> str:
    """The letters, filtered by what the address says."""
    team = edition.organiser_id
    state, kind, text = (
        filters.one_of(LetterState, "etat"),
        request.args.get("sorte"),
        filters.text(),
    )
    return render_template(
        "web/organiser/letters.html",
        edition=edition,
        page=outbox.wanted(team, state=state, kind=kind, text=text, page=filters.page_number()),
        counts=outbox.counts(team),
        kinds=sorted(((kind, title(kind)) for kind in outbox.kinds(team)), key=lambda one: one[1]),
        states=[(one.value, word(one)) for one in LetterState],
        title=title,
        state_asked=state,
        kind_asked=kind,
        text=text,
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, letter=outbox.by_id)
def letter(edition: Edition, letter: Letter) -> str:
    """One letter as its reader sees it."""
    return render_template("web/organiser/letter.html", edition=edition, letter=letter)


@guard(Permission.ORGANISE, edition=editions.by_slug)
def send_again(edition: Edition) -> Response:
    """Try all letters that were not delivered once more."""
    return _sent(edition, actions.send_again(outbox.not_delivered(edition.organiser_id), by=me()))


@guard(Permission.ORGANISE, edition=editions.by_slug, letter=outbox.by_id)
def send_one_again(edition: Edition, letter: Letter) -> Response:
    """Try one letter once more."""
    return _sent(edition, actions.send_again([letter], by=me()))


def _sent(edition: Edition, count: int) -> Response:
    if count:
        words = ngettext("%(num)d courriel repart.", "%(num)d courriels repartent.", count)
        flash(words, "good")
    else:
        flash(gettext("Aucun courriel n'est à renvoyer."), "")
    return redirect(url_for("organiser.outbox.letters", edition=edition.slug))
