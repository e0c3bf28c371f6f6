# SPDX-License-Identifier: EUPL-1.2
"""A buyer's needs: written, changed, published, ended; and, for a company, those that suit it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import needs as actions
from app.language import translate
from app.language.translate import gettext
from app.queries import (
    campaigns,
    companies,
    cpv,
    dismissals,
    eligibility,
    interests,
    needs,
    questions,
    registrations,
    suggestions,
    validation,
)
from app.queries import meetings as requests
from app.queries.companies import Organisation
from app.queries.needs import Need
from app.rules.companies import BuyerKind, Role
from app.rules.eligibility import Verdict
from app.rules.errors import NotFound, RuleBroken
from app.rules.needs import ENDED, NeedState
from app.rules.permissions import Permission
from app.rules.registrations import RegistrationState
from app.web.forms.needs import NeedForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me
from app.web.shared.navigation import current_edition
from app.web.shared.standing import registration_here

SPEAK, MANAGE = Permission.SPEAK_FOR_ORGANISATION, Permission.MANAGE_NEED


@guard(SPEAK, organisation=companies.by_id)
def mine(organisation: Organisation) -> str:
    """All our needs, drafts too."""
    _require(organisation, Role.BUYER)
    found = needs.of_organisation(organisation)
    return render_template(
        "web/member/needs.html",
        organisation=organisation,
        needs=found,
        sectors=needs.sectors_of(found),
        waiting=questions.unanswered(found),
        interested=interests.waiting(found),
        asked=campaigns.asked_of(organisation),
    )


@guard(SPEAK, organisation=companies.by_id)
def for_us(organisation: Organisation) -> str:
    """The published needs that suit a company, best first, with the reasons."""
    _require(organisation, Role.COMPANY)
    edition = current_edition()
    registration = registration_here(edition)
    at_fair = registration is not None and registration.state == RegistrationState.APPROVED
    return render_template(
        "web/member/needs_for_us.html",
        organisation=organisation,
        proposed=suggestions.needs_for(organisation),
        activities=companies.activities(organisation),
        registration=registration if at_fair else None,
        coming=registrations.approved_numbers(edition, Role.BUYER) if at_fair and edition else {},
        requests=requests.by_partner(registration) if at_fair and registration else {},
        dismissed=dismissals.of_company(organisation),
        invited=dismissals.invited_to(organisation),
        interests=interests.of_company(organisation),
    )


@guard(SPEAK, organisation=companies.by_id)
def new(organisation: Organisation) -> str | Response | tuple[str, int]:
    """Five things, and the rest behind a fold."""
    _require(organisation, Role.BUYER)
    form = NeedForm()
    if request.method == "GET":
        form.departments.data = [organisation.department] if organisation.department else []
    sectors = companies.sectors()
    form.offer(sectors=sectors, home=organisation.department)
    _let_untitled(form)
    if _searching():
        return _page(form, organisation)
    if form.validate_on_submit():
        with said_on(form):
            facts = _facts(form, sectors)
            if _checking():
                return _page(form, organisation, verdicts=eligibility.foreseen(organisation, facts))
            need = actions.draft(organisation, by=me(), publishing=_publishing(), **facts)
            return _done(need)
    return _page(form, organisation)


@guard(MANAGE, need=needs.by_id)
def edit(need: Need) -> str | Response | tuple[str, int]:
    """Change what the need says."""
    form = NeedForm(obj=need)
    sectors = companies.sectors()
    called_for = needs.sectors(need)
    if request.method == "GET":
        _fill(form, need, called_for)
    form.offer(sectors=sectors, home=need.organisation.department, chosen=need.departments)
    _let_untitled(form)
    if _searching():
        return _page(form, need.organisation, need, eligibility.verdicts(need))
    if form.validate_on_submit():
        with said_on(form):
            facts = _facts(form, sectors, need.cpv)
            if _checking():
                found = eligibility.foreseen(need.organisation, facts)
                return _page(form, need.organisation, need, found)
            facts["sectors"] += called_for[len(form.trades) :]
            actions.change(need, by=me(), publishing=_publishing(), **facts)
            return _done(need)
    return _page(form, need.organisation, need, eligibility.verdicts(need))


@guard(MANAGE, need=needs.by_id)
def publish(need: Need) -> Response:
    """Show it to everybody, or to the team that reads it first; what is missing is said."""
    try:
        actions.publish(need, by=me())
    except RuleBroken as problem:
        if problem.field is None:
            raise
        flash(gettext("Pour être publié, ce besoin doit être complété."), "attention")
        return redirect(url_for("member.needs.edit", need=need.id))
    return _done(need)


@guard(MANAGE, need=needs.by_id)
def take_back(need: Need) -> Response:
    """It was sent to the team too early."""
    actions.take_back(need, by=me())
    flash(gettext("Ce besoin est de nouveau un brouillon : vous seul le voyez."), "good")
    return redirect(url_for("member.needs.edit", need=need.id))


@guard(MANAGE, need=needs.by_id)
def close(need: Need) -> Response:
    """It is over: closed, awarded or withdrawn, with a word for our own register."""
    asked = request.form.get("how", "")
    state = NeedState(asked) if asked in {one.value for one in ENDED} else NeedState.CLOSED
    actions.end(need, by=me(), state=state, note=request.form.get("note", ""))
    words = {
        NeedState.AWARDED: gettext("Ce besoin est attribué : il n'est plus dans la liste."),
        NeedState.WITHDRAWN: gettext("Ce besoin est retiré : il n'est plus dans la liste."),
    }
    usual = gettext("Ce besoin est clos : il n'est plus dans la liste publique.")
    flash(words.get(state, usual), "good")
    return redirect(url_for("member.needs.mine", organisation=need.organisation_id))


@guard(MANAGE, need=needs.by_id)
def name_us(need: Need) -> Response:
    """From now on everybody reads whose need it is."""
    actions.name_buyer(need, by=me())
    flash(gettext("Votre nom se lit maintenant sur ce besoin."), "good")
    return redirect(url_for("public.needs.need", need=need.id))


def _require(organisation: Organisation, role: Role) -> None:
    if organisation.role != role:
        raise NotFound


def _publishing() -> bool:
    return request.form.get("then") == "publish"


def _checking() -> bool:
    """Only asked what the law says: nothing is kept yet, not even a title is needed."""
    return request.form.get("then") == "check"


def _let_untitled(form: NeedForm) -> None:
    """The law speaks of what is bought, whatever it is called."""
    if _checking():
        form.title.validators = []


def _searching() -> bool:
    """Only looked for a CPV code: nothing is kept yet."""
    return request.form.get("then") == "cpv"


def _facts(form: NeedForm, sectors: list[Any], kept: str = "") -> dict[str, Any]:
    """Errors: RuleBroken on a department or a code that does not exist."""
    by_id = {sector.id: sector for sector in sectors}
    return {**form.facts(kept), "sectors": [by_id[number] for number in form.sector_ids]}


def _fill(form: NeedForm, need: Need, called_for: list[Any]) -> None:
    form.cpv.data, form.cpv_code.data = need.cpv[:2], need.cpv if len(need.cpv) > 2 else ""
    form.cpv_codes.data = need.codes
    for field, sector in zip(form.trades, called_for, strict=False):
        field.data = str(sector.id)


def _done(need: Need) -> Response:
    words = {
        NeedState.PUBLISHED: gettext("C'est publié : voici les entreprises qui peuvent répondre."),
        NeedState.SUBMITTED: gettext(
            "C'est proposé à l'équipe du salon : elle le lit, puis le publie. Voici déjà les "
            "entreprises qui peuvent répondre."
        ),
    }
    draft = gettext("C'est enregistré. Personne d'autre ne voit ce brouillon.")
    flash(words.get(need.state, draft), "good")
    return redirect(url_for("public.needs.need", need=need.id))


def _page(
    form: NeedForm,
    organisation: Organisation,
    need: Need | None = None,
    verdicts: tuple[Verdict, ...] = (),
) -> str | tuple[str, int]:
    language = translate.language()
    sought = (form.cpv_words.data or "") if _searching() else ""
    page = render_template(
        "web/member/need_form.html",
        form=form,
        organisation=organisation,
        need=need,
        verdicts=verdicts,
        checked=_checking(),
        law=eligibility.in_force(),
        is_bound=organisation.buyer_kind != BuyerKind.PRIVATE,
        validator=validation.validator(organisation),
        has_cpv=cpv.is_loaded(),
        ticked=cpv.entries(form.ticked_codes, language=language),
        found=cpv.search(sought, language=language) if sought.strip() else None,
        sought=sought,
    )
    return (page, 422) if form.errors else page
