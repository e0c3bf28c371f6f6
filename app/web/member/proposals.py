# SPDX-License-Identifier: EUPL-1.2
"""What one does with a proposal: put aside, take back, invite; and the buyers that suit us."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import matching as actions
from app.language import potential as words
from app.language.translate import gettext
from app.queries import (
    companies,
    dismissals,
    meetings,
    needs,
    potential,
    prospects,
    registrations,
)
from app.queries.companies import Organisation
from app.queries.dismissals import Dismissal
from app.queries.needs import Need
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.errors import NotFound, RuleBroken
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.web.forms.matching import DismissalForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import can, me
from app.web.shared.navigation import current_edition
from app.web.shared.standing import registration_here

SPEAK, MANAGE = Permission.SPEAK_FOR_ORGANISATION, Permission.MANAGE_NEED
Page = str | Response | tuple[str, int]


@guard(MANAGE, need=needs.by_id)
def put_aside(need: Need, company: int) -> Page:
    """The buyer: this company is not for us."""
    back = url_for("public.needs.need", need=need.id)
    return _dismissal(need, companies.by_id(company), Role.BUYER, back)


@guard(SPEAK, organisation=companies.by_id)
def not_for_us(organisation: Organisation, number: int) -> Page:
    """The company: this need is not for us."""
    back = url_for("member.needs.for_us", organisation=organisation.id)
    return _dismissal(_readable(number), organisation, Role.COMPANY, back)


@guard(MANAGE, need=needs.by_id)
def take_back(need: Need, dismissal: int) -> Response:
    """The buyer: propose this company again."""
    said = dismissals.by_id(dismissal)
    if said.need_id != need.id or said.by_role != Role.BUYER:
        raise NotFound
    return _restored(said, url_for("public.needs.need", need=need.id))


@guard(SPEAK, organisation=companies.by_id)
def for_us_again(organisation: Organisation, dismissal: int) -> Response:
    """The company: propose this need again."""
    said = dismissals.by_id(dismissal)
    if said.organisation_id != organisation.id or said.by_role != Role.COMPANY:
        raise NotFound
    return _restored(said, url_for("member.needs.for_us", organisation=organisation.id))


@guard(MANAGE, need=needs.by_id)
def invite(need: Need, company: int) -> Response:
    """Draw the attention of a company to the need, once."""
    invited = companies.by_id(company)
    try:
        actions.invite(need, invited, by=me(), edition=current_edition())
    except RuleBroken as problem:
        if problem.key not in ("already_invited", "invitation_unread"):
            raise
        flash(gettext("Cette entreprise ne peut pas être invitée, ou l'a déjà été."), "attention")
    else:
        words = gettext(
            "C'est envoyé : %(name)s est invitée à regarder ce besoin.", name=invited.display_name
        )
        flash(words, "good")
    return redirect(url_for("public.needs.need", need=need.id))


@guard(SPEAK, organisation=companies.by_id)
def buyers(organisation: Organisation) -> str:
    """The buyers that suit a company, by their needs and by the contracts that end."""
    if organisation.role != Role.COMPANY:
        raise NotFound
    edition = current_edition()
    registration = registration_here(edition)
    at_fair = registration is not None and registration.state == RegistrationState.APPROVED
    return render_template(
        "web/member/buyers_for_us.html",
        organisation=organisation,
        proposed=prospects.for_company(organisation),
        activities=companies.activities(organisation),
        registration=registration if at_fair else None,
        coming=registrations.approved_numbers(edition, Role.BUYER) if at_fair and edition else {},
        requests=meetings.by_partner(registration) if at_fair and registration else {},
    )


@guard(SPEAK, organisation=companies.by_id)
def programme(organisation: Organisation) -> str:
    """What inclusive structures could do of each need of a buyer, drafts too."""
    if organisation.role != Role.BUYER:
        raise NotFound
    return render_template(
        "web/member/programme_potential.html",
        organisation=organisation,
        lines=potential.of_programme(organisation),
        said=words.said,
        titled=words.titled,
    )


def _readable(number: int) -> Need:
    need = needs.by_id(number)
    if not can(Permission.READ_NEED, need):
        raise NotFound
    return need


def _dismissal(need: Need, company: Organisation, role: Role, back: str) -> Page:
    form = DismissalForm()
    if form.validate_on_submit():
        with said_on(form):
            actions.dismiss(
                need, company, by=me(), role=role, reason=DismissalReason(form.reason.data),
                text=form.text.data or "",
            )  # fmt: skip
            flash(
                gettext(
                    "C'est noté : cette proposition ne reviendra plus. Vous pouvez la "
                    "reprendre en bas de la liste."
                ),
                "good",
            )
            return redirect(back)
    page = render_template(
        "web/member/not_for_me.html",
        form=form,
        need=need,
        company=company,
        role_value=role.value,
        back=back,
    )
    return (page, 422) if form.errors else page


def _restored(dismissal: Dismissal, back: str) -> Response:
    actions.restore(dismissal, by=me())
    flash(gettext("C'est repris : cette proposition peut revenir."), "good")
    return redirect(back)
