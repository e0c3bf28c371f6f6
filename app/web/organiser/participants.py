# SPDX-License-Identifier: EUPL-1.2
"""Who comes to an edition: the list, one of them, and what the team decides."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.actions import participants as arranging
from app.actions import registrations as coming
from app.documents import participants as papers
from app.language.phrases import word
from app.language.translate import gettext, ngettext
from app.queries import editions, grid, meetings, participants, registrations
from app.queries.editions import Edition
from app.queries.pages import page_of_list
from app.queries.participants import Participant
from app.queries.registrations import Registration
from app.rules.companies import Role
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.rules.search import folded
from app.rules.watch import Lack
from app.web.forms.participants import ArrangeForm, RefuseForm
from app.web.shared import filters
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me

LINES = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING = RegistrationState.PENDING


@guard(Permission.ORGANISE, edition=editions.by_slug)
def everybody(edition: Edition) -> str:
    """The participants, filtered by what the address says."""
    people = participants.of_edition(edition)
    asked = {
        "role": filters.one_of(Role, "role"),
        "state": filters.one_of(RegistrationState, "etat"),
        "lack": filters.one_of(Lack, "manque"),
        "text": filters.text(),
    }
    found = sorted(participants.wanted(people, **asked), key=_rank)  # type: ignore[arg-type]
    return render_template(
        "web/organiser/participants.html",
        edition=edition,
        people=people,
        page=page_of_list(found, filters.page_number(), LINES),
        asked=asked,
        waiting=participants.wanted(people, state=WAITING),
        states=[(state.value, word(state)) for state in RegistrationState],
        missing=[(lack.value, word(lack)) for lack in Lack],
        Lack=Lack,
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def table(edition: Edition) -> Response:
    """The participants as a spreadsheet."""
    return send_file(
        BytesIO(papers.workbook(participants.of_edition(edition))),
        mimetype=XLSX,
        as_attachment=True,
        download_name=f"participants-{edition.slug}.xlsx",
    )


@guard(Permission.ORGANISE, edition=editions.by_slug, registration=registrations.by_id)
def one(edition: Edition, registration: Registration) -> str:
    """A participant: its people, when they are free, its requests, its place."""
    return _shown(edition, registration)


@guard(Permission.ORGANISE, edition=editions.by_slug, registration=registrations.by_id)
def arrange(edition: Edition, registration: Registration) -> str | Response:
    """Give a participant its own place, and a limit."""
    form = _arranging(edition, registration)
    if form.validate_on_submit():
        number = form.home_place.data
        place = editions.place_of(edition, int(number)) if number else None
        with said_on(form):
            arranging.arrange(
                registration, by=me(), home_place=place, max_meetings=form.max_meetings.data
            )
            flash(gettext("C'est enregistré. Le prochain calcul en tiendra compte."), "good")
            return redirect(_page_of(edition, registration))
    return _shown(edition, registration, form)


@guard(Permission.ORGANISE, edition=editions.by_slug, registration=registrations.by_id)
def approve(edition: Edition, registration: Registration) -> Response:
    """Welcome one organisation."""
    coming.approve(registration, by=me())
    name = registration.organisation.display_name
    flash(gettext("L'inscription de %(name)s est validée ; un courriel part.", name=name), "good")
    return redirect(_page_of(edition, registration))


@guard(Permission.ORGANISE, edition=editions.by_slug, registration=registrations.by_id)
def refuse(edition: Edition, registration: Registration) -> str | Response:
    """Turn one organisation down, with a reason."""
    form = RefuseForm()
    if form.validate_on_submit():
        coming.refuse(registration, by=me(), reason=form.reason.data or "")
        name = registration.organisation.display_name
        flash(gettext("L'inscription de %(name)s est refusée ; un courriel part.", name=name), "")
        return redirect(_page_of(edition, registration))
    return render_template(
        "web/organiser/refuse.html", edition=edition, form=form, chosen=[registration], bulk=False
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def decide(edition: Edition) -> str | Response:
    """Approve or refuse several at once: first the count and the names, then the decision."""
    chosen = _chosen(edition)
    if not chosen:
        flash(gettext("Cochez d'abord des inscriptions à valider."), "attention")
        return redirect(_waiting_list(edition))
    if request.values.get("decision") == "refuser":
        return _refuse_all(edition, chosen)
    if request.method == "POST":
        count = coming.approve_all(chosen, by=me())
        words = ngettext(
            "%(num)d inscription est validée ; un courriel part.",
            "%(num)d inscriptions sont validées ; un courriel part à chacune.",
            count,
        )
        flash(words, "good")
        return redirect(_waiting_list(edition))
    return render_template("web/organiser/approve.html", edition=edition, chosen=chosen)


def _rank(one: Participant) -> tuple[bool, str]:
    """Those that wait for a decision come first, then by name."""
    registration = one.registration
    return registration.state != WAITING, folded(registration.organisation.display_name)


def _refuse_all(edition: Edition, chosen: list[Registration]) -> str | Response:
    form = RefuseForm()
    if form.validate_on_submit():
        count = arranging.refuse_all(chosen, by=me(), reason=form.reason.data or "")
        words = ngettext(
            "%(num)d inscription est refusée ; un courriel part.",
            "%(num)d inscriptions sont refusées ; un courriel part à chacune.",
            count,
        )
        flash(words, "")
        return redirect(_waiting_list(edition))
    return render_template(
        "web/organiser/refuse.html", edition=edition, form=form, chosen=chosen, bulk=True
    )


def _chosen(edition: Edition) -> list[Registration]:
    """The registrations ticked in the list, or all that wait when the address says so."""
    if request.values.get("choix") == "toutes":
        return registrations.of_edition(edition, state=WAITING)
    ticked = request.values.getlist("choix")
    return participants.chosen(
        edition, [int(number) for number in ticked if number.isdecimal() and len(number) < 10]
    )


def _shown(edition: Edition, registration: Registration, form: ArrangeForm | None = None) -> str:
    return render_template(
        "web/organiser/participant.html",
        edition=edition,
        registration=registration,
        form=form or _arranging(edition, registration),
        delegates=registrations.delegates(registration),
        away=registrations.away(registration),
        silent=registrations.without_availability(registration),
        slots=editions.slots(edition),
        requests=meetings.of_registration(registration),
        home=grid.home_of(registration),
    )


def _arranging(edition: Edition, registration: Registration) -> ArrangeForm:
    return ArrangeForm(
        editions.places(edition),
        home_place=str(registration.home_place_id or ""),
        max_meetings=registration.max_meetings,
    )


def _page_of(edition: Edition, registration: Registration) -> str:
    return url_for("organiser.participants.one", edition=edition.slug, registration=registration.id)


def _waiting_list(edition: Edition) -> str:
    return url_for("organiser.participants.everybody", edition=edition.slug, etat=WAITING.value)
