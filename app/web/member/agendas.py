# SPDX-License-Identifier: EUPL-1.2
"""The agendas of a registration's people: page, paper, calendar."""

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from app.actions import calendars as actions
from app.documents import agendas as papers
from app.documents import calendars
from app.language.translate import gettext, language
from app.queries import agendas, registrations
from app.queries.registrations import Delegate, Registration
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.shared.agendas import shown
from app.web.shared.guard import guard
from app.web.shared.login import me

CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"


@guard(Permission.READ_AGENDA, registration=registrations.by_id)
def mine(registration: Registration) -> str:
    """The agenda of one of its people: the one asked for, else oneself, else the first."""
    people = registrations.delegates(registration)
    delegate = _chosen(people)
    facts = shown(agendas.of_delegate(delegate)) if delegate else {}
    return render_template(
        "web/member/agenda.html",
        registration=registration,
        edition=registration.edition,
        people=people,
        delegate=delegate,
        feed=_feed(delegate) if delegate else "",
        **facts,
    )


@guard(
    Permission.READ_AGENDA,
    registration=registrations.by_id,
    delegate=registrations.delegate_by_id,
)
def paper(registration: Registration, delegate: Delegate) -> AnyResponse:
    """The agenda on A4, in the reader's language."""
    agenda = agendas.of_delegate(_of(registration, delegate))
    file = papers.paper(agenda, printed_at=agendas.right_now(agenda).at, language=language())
    name = f"agenda-{registration.edition.slug}.pdf"
    return send_file(file, mimetype="application/pdf", download_name=name)


@guard(
    Permission.READ_AGENDA,
    registration=registrations.by_id,
    delegate=registrations.delegate_by_id,
)
def calendar(registration: Registration, delegate: Delegate) -> Response:
    """The agenda as a calendar, once; it will not follow changes."""
    content = calendars.of_agenda(agendas.of_delegate(_of(registration, delegate)))
    answer = Response(content, content_type=CALENDAR)
    name = f"agenda-{registration.edition.slug}.ics"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@guard(
    Permission.SPEAK_FOR_REGISTRATION,
    registration=registrations.by_id,
    delegate=registrations.delegate_by_id,
)
def renew(registration: Registration, delegate: Delegate) -> AnyResponse:
    """Close the address of the private calendar, and open another."""
    actions.renew(_of(registration, delegate), by=me())
    flash(gettext("L'adresse est changée. Abonnez-vous de nouveau avec la nouvelle."), "good")
    return redirect(
        url_for(
            "member.agendas.mine",
            registration=registration.id,
            personne=delegate.id,
            _anchor="abonnement",
        )
    )


def _of(registration: Registration, delegate: Delegate) -> Delegate:
    if delegate.registration_id != registration.id:
        raise NotFound
    return delegate


def _chosen(people: list[Delegate]) -> Delegate | None:
    wanted = request.args.get("personne", type=int)
    asked = next((one for one in people if one.id == wanted), None)
    if wanted is not None and asked is None:
        raise NotFound
    myself = next((one for one in people if one.user_id == me().id), None)
    return asked or myself or next(iter(people), None)


def _feed(delegate: Delegate) -> str:
    path = url_for("public.calendars.feed", delegate=delegate.feed_token, _external=False)
    return f"{current_app.config['BASE_URL']}{path}"
