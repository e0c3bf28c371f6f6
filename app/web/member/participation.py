# SPDX-License-Identifier: EUPL-1.2
"""Coming to an edition: asking to, and seeing what became of it; one page for all of it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import registrations as actions
from app.language.translate import gettext, ngettext
from app.queries import companies, editions, registrations, standings
from app.queries.companies import Organisation
from app.queries.editions import Edition
from app.queries.registrations import Registration
from app.rules.errors import NotFound, RuleBroken
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.web.forms.participation import RegistrationForm
from app.web.shared.forms import say_on
from app.web.shared.guard import guard
from app.web.shared.login import me

CAN_REGISTER = (None, RegistrationState.CANCELLED)


@guard(Permission.SPEAK_FOR_ORGANISATION, organisation=companies.by_id)
def show(organisation: Organisation, edition: str) -> str | Response | tuple[str, int]:
    """Register, or change what was said; then delegates, availability and what is left to do."""
    fair = editions.by_slug(edition)
    if not fair.is_public:
        raise NotFound
    registration = registrations.of_pair(fair, organisation)
    form = RegistrationForm(obj=registration)
    if form.validate_on_submit():
        try:
            return _save(form, fair, organisation, registration)
        except RuleBroken as problem:
            say_on(form, problem)
    return _page(form, fair, organisation, registration)


@guard(Permission.SPEAK_FOR_REGISTRATION, registration=registrations.by_id)
def cancel(registration: Registration) -> str | Response:
    """We do not come after all; what that costs is said first."""
    if request.method == "GET":
        return render_template(
            "web/member/cancellation.html",
            registration=registration,
            numbers=standings.numbers(registration),
        )
    freed = actions.cancel(registration, by=me())
    flash(
        ngettext(
            "Votre participation est annulée ; %(num)d rendez-vous est libéré.",
            "Votre participation est annulée ; %(num)d rendez-vous sont libérés.",
            freed,
        ),
        "good",
    )
    return _back(registration.edition, registration.organisation_id)


def _save(
    form: RegistrationForm,
    fair: Edition,
    organisation: Organisation,
    registration: Registration | None,
) -> Response:
    said = {
        "message": form.message.data or "",
        "needs_accessible": bool(form.needs_accessible.data),
    }
    if registration is None or registration.state in CAN_REGISTER:
        actions.register(fair, organisation, by=me(), **said)  # type: ignore[arg-type]
        flash(gettext("C'est noté : l'équipe du salon va valider votre inscription."), "good")
    else:
        actions.change(registration, by=me(), **said)  # type: ignore[arg-type]
        flash(gettext("C'est enregistré."), "good")
    return _back(fair, organisation.id)


def _back(fair: Edition, organisation_id: int) -> Response:
    return redirect(
        url_for("member.participation.show", organisation=organisation_id, edition=fair.slug)
    )


def _page(
    form: RegistrationForm,
    fair: Edition,
    organisation: Organisation,
    registration: Registration | None,
) -> str | tuple[str, int]:
    people = registrations.delegates(registration) if registration else []
    page = render_template(
        "web/member/participation.html",
        form=form,
        edition=fair,
        organisation=organisation,
        registration=registration,
        can_register=(registration.state if registration else None) in CAN_REGISTER,
        delegates=people,
        away=registrations.away(registration) if registration else {},
        silent={one.id for one in registrations.without_availability(registration)}
        if registration
        else set(),
        slots=len(editions.slots(fair)),
        numbers=standings.numbers(registration) if registration else standings.Numbers(),
    )
    return (page, 422) if form.errors else page
