# SPDX-License-Identifier: EUPL-1.2
"""An event during or before the fair: it is stated, three answers are shown, one is chosen."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import closures as closing
from app.actions import repairs as actions
from app.language import phrases
from app.language.translate import gettext, hour, short_day
from app.queries import closures, editions, registrations, repairs, schedules
from app.queries.editions import Edition, Slot, by_slug
from app.queries.schedules import ScheduleRun
from app.rules.errors import NotFound, RuleBroken
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.rules.schedules import AnswerName, Span
from app.web.forms.repairs import EventForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=by_slug)
def event(edition: Edition) -> str | Response:
    """State what happened, and ask how the published schedule can go on."""
    form = EventForm()
    _offer(form, edition)
    if form.validate_on_submit():
        with said_on(form):
            run = actions.ask_for_repair(
                edition,
                by=me(),
                absent=_span(form.party.data, form.party_from.data, form.party_until.data),
                closed=_span(form.place.data, form.place_from.data, form.place_until.data),
            )
            return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))
    fresh, refusal = _since(edition)
    return render_template(
        "web/organiser/schedule_event.html",
        edition=edition,
        form=form,
        fresh=fresh,
        refusal=refusal,
        shut=closures.of_edition(edition),
    )


@guard(Permission.ORGANISE, edition=by_slug, run=schedules.by_id)
def choose(edition: Edition, run: ScheduleRun) -> Response:
    """Keep one of the three answers as the one that may be published."""
    try:
        name = AnswerName(request.form.get("answer", ""))
    except ValueError:
        raise NotFound from None
    try:
        actions.choose(run, by=me(), name=name)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        words = phrases.word(name)
        flash(
            gettext("Réponse retenue : « %(answer)s ». Relisez-la, puis publiez-la.", answer=words),
            "good",
        )
    return redirect(url_for("organiser.schedules.run", edition=edition.slug, run=run.id))


@guard(Permission.ORGANISE, edition=by_slug)
def reopen(edition: Edition, place: int) -> Response:
    """A place that was shut may be used again."""
    found = editions.place_of(edition, place)
    closing.reopen(found, by=me())
    flash(gettext("La place %(code)s peut servir à nouveau.", code=found.code), "good")
    return redirect(url_for("organiser.repairs.event", edition=edition.slug))


def _offer(form: EventForm, edition: Edition) -> None:
    approved = registrations.of_edition(edition, state=RegistrationState.APPROVED)
    zone = edition.timezone
    form.offer(
        parties=sorted(
            ((one.id, one.organisation.display_name) for one in approved),
            key=lambda choice: choice[1].casefold(),
        ),
        places=[
            (place.id, f"{phrases.word(place.kind)} {place.code}".capitalize())
            for place in editions.places(edition)
        ],
        slots=[(number, _when(slot, zone)) for number, slot in repairs.to_come(edition)],
        words=(
            gettext("Personne"),
            gettext("Aucune"),
            gettext("Tout de suite"),
            gettext("La fin du salon"),
        ),
    )


def _when(slot: Slot, zone: str) -> str:
    return gettext(
        "%(day)s à %(hour)s", day=short_day(slot.starts_at, zone), hour=hour(slot.starts_at, zone)
    )


def _span(subject: int, first: int, last: int) -> list[Span]:
    """What the form says; 0 stands for nobody, for at once, and for no end."""
    return [Span(subject, first or None, last or None)] if subject else []


def _since(edition: Edition) -> tuple[int, str]:
    """Requests to place since the publication; or why nothing can be repaired."""
    try:
        return len(repairs.question(edition).event.wishes), ""
    except RuleBroken as problem:
        return 0, phrases.refusal(problem)
