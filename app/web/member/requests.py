# SPDX-License-Identifier: EUPL-1.2
"""Requests for meetings: to answer, sent, planned, not planned and why; and a new one."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import meetings as actions
from app.language.translate import gettext
from app.queries import companies, consortia, inboxes, meetings, needs, registrations
from app.queries.meetings import MeetingRequest
from app.queries.registrations import Registration
from app.rules.companies import Role
from app.rules.errors import NotFound, RuleBroken
from app.rules.meetings import DEFAULT_PRIORITY, DeclineReason
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.web.forms.meetings import AcceptForm, DeclineForm, RequestForm
from app.web.shared.forms import said_on, say_on
from app.web.shared.guard import guard
from app.web.shared.login import me, person

SPEAK = Permission.SPEAK_FOR_REGISTRATION


@guard(SPEAK, registration=registrations.by_id)
def inbox(registration: Registration) -> str:
    """Everything about our requests, on one page."""
    return render_template(
        "web/member/requests.html",
        registration=registration,
        inbox=inboxes.of_registration(registration),
    )


@guard(SPEAK, registration=registrations.by_id)
def new(registration: Registration) -> str | Response | tuple[str, int]:
    """Ask one organisation of the other bank, named by `to` in the address."""
    asked = _asked(registration)
    form = RequestForm()
    _offer(form, registration, asked)
    if form.validate_on_submit():
        try:
            actions.request(
                registration,
                asked,
                by=me(),
                message=form.message.data or "",
                priority=form.priority.data or DEFAULT_PRIORITY,
                need=_need(form),
                offer=_offer_chosen(form),
                consortium=consortia.by_id(form.side.data) if form.side.data else None,
            )
        except RuleBroken as problem:
            _say(form, problem)
        else:
            name = asked.organisation.display_name
            flash(gettext("Votre demande est partie chez %(name)s.", name=name), "good")
            return _back(registration)
    page = render_template(
        "web/member/request_form.html",
        form=form,
        registration=registration,
        asked=asked,
        between=_between(registration, asked, form),
    )
    return (page, 422) if form.errors else page


@guard(Permission.READ_REQUEST, wanted=meetings.by_id)
def show(wanted: MeetingRequest) -> str:
    """One request: what was said, what was answered, what became of it."""
    mine = person().organisations
    sides = (wanted.asking, wanted.asked)
    return render_template(
        "web/member/request.html",
        wanted=wanted,
        ours=next((side for side in sides if side.organisation_id in mine), None),
        planned=meetings.scheduled([wanted]).get(wanted.id),
    )


@guard(Permission.ANSWER_REQUEST, wanted=meetings.by_id)
def accept(wanted: MeetingRequest) -> Response:
    """Yes; the time comes with the schedule."""
    form = AcceptForm()
    actions.accept(wanted, by=me(), priority=form.priority.data or 0)
    name = wanted.asking_name
    flash(gettext("C'est oui pour %(name)s : l'horaire vient avec le planning.", name=name), "good")
    return _back(wanted.asked)


@guard(Permission.ANSWER_REQUEST, wanted=meetings.by_id)
def decline(wanted: MeetingRequest) -> str | Response | tuple[str, int]:
    """No, with a reason in one click."""
    form = DeclineForm()
    if form.validate_on_submit():
        with said_on(form):
            reason = DeclineReason(form.reason.data)
            actions.decline(wanted, by=me(), reason=reason, answer=form.answer.data or "")
            name = wanted.asking_name
            flash(gettext("%(name)s est prévenu, avec votre raison.", name=name), "good")
            return _back(wanted.asked)
    page = render_template(
        "web/member/decline.html",
        form=form,
        wanted=wanted,
        planned=meetings.scheduled([wanted]).get(wanted.id),
    )
    return (page, 422) if form.errors else page


@guard(Permission.WITHDRAW_REQUEST, wanted=meetings.by_id)
def withdraw(wanted: MeetingRequest) -> str | Response:
    """Take our request back; when a meeting is planned, what that costs is said first."""
    planned = meetings.scheduled([wanted]).get(wanted.id)
    if request.method == "GET":
        return render_template("web/member/withdrawal.html", wanted=wanted, planned=planned)
    actions.withdraw(wanted, by=me())
    flash(gettext("Votre demande est retirée."), "good")
    return _back(wanted.asking)


def _asked(registration: Registration) -> Registration:
    """Errors: NotFound unless it is an approved registration of this edition that one may ask."""
    number = request.args.get("to", "")
    if not number.isdecimal() or len(number) > 9:
        raise NotFound
    asked = registrations.by_id(int(number))
    buyers = asked.role == registration.role == Role.BUYER
    comes = asked.edition_id == registration.edition_id and asked.id != registration.id
    if not comes or buyers or asked.state != RegistrationState.APPROVED:
        raise NotFound
    return asked


def _offer(form: RequestForm, registration: Registration, asked: Registration) -> None:
    sides = {registration.role: registration, asked.role: asked}
    company = sides[Role.COMPANY]
    if len(sides) < 2:
        form.offer((), ())
        form.stand_for(registration.organisation.display_name, ())
        return
    form.stand_for(company.organisation.display_name, consortia.led_by(company.organisation_id))
    form.offer(
        needs.named_of(sides[Role.BUYER].organisation, readers={registration.organisation_id}),
        companies.offers(sides[Role.COMPANY].organisation),
    )
    if request.method == "GET" and (about := request.args.get("need", "")).isdecimal():
        form.about.data = f"need-{about}"
    wanted = request.args.get("groupement", type=int)
    if request.method == "GET" and wanted in {int(one.value) for one in form.side.choices}:
        form.side.data = wanted


def _between(
    registration: Registration, asked: Registration, form: RequestForm
) -> MeetingRequest | None:
    """The open request of the two; a consortium may still ask where its lead did already."""
    other = meetings.open_between(registration, asked)
    return None if len(form.side.choices or ()) > 1 else other


def _need(form: RequestForm) -> needs.Need | None:
    number = form.chosen("need")
    return None if number is None else needs.by_id(number)


def _offer_chosen(form: RequestForm) -> companies.Offer | None:
    number = form.chosen("offer")
    return None if number is None else companies.offer_by_id(number)


def _say(form: RequestForm, problem: RuleBroken) -> None:
    if problem.field in ("need", "offer"):
        problem.field = "about"
    say_on(form, problem)


def _back(registration: Registration) -> Response:
    return redirect(url_for("member.requests.inbox", registration=registration.id))
