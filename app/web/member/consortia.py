# SPDX-License-Identifier: EUPL-1.2
"""The consortia of a company: those it leads, those it joined, and invitations."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import consortia as actions
from app.language import phrases
from app.language.translate import gettext
from app.queries import companies, consortia, joint_proposals
from app.queries.companies import Organisation
from app.queries.consortia import Consortium, ConsortiumMember
from app.rules.companies import Role, siret_of
from app.rules.consortia import ConsortiumForm
from app.rules.errors import NotFound, RuleBroken
from app.rules.permissions import Permission
from app.web.forms.consortia import InvitationForm, NewConsortiumForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import can, me, person


@guard(Permission.SPEAK_FOR_ORGANISATION, organisation=companies.by_id)
def mine(organisation: Organisation) -> str | Response | tuple[str, int]:
    """Answer invitations, see the consortia, and form one."""
    if organisation.role != Role.COMPANY:
        raise NotFound
    form = NewConsortiumForm()
    if form.validate_on_submit():
        with said_on(form):
            formed = actions.form(
                organisation,
                by=me(),
                name=form.name.data or "",
                form=form.form.data or ConsortiumForm.JOINT,
                text=form.text.data or "",
                share=form.share.data,
            )
            flash(gettext("Le groupement est formé. Invitez maintenant ses membres."), "good")
            return _to(formed)
    ours = consortia.of_organisation(organisation)
    page = render_template(
        "web/member/consortia.html",
        organisation=organisation,
        form=form,
        ours=ours,
        members=consortia.members_of([one.consortium_id for one in ours]),
    )
    return (page, 422) if form.errors else page


@guard(Permission.READ_CONSORTIUM, consortium=consortia.by_id)
def one(consortium: Consortium) -> str | Response | tuple[str, int]:
    """A consortium and its members; its lead invites others, by their SIRET number."""
    leads, members = can(Permission.LEAD_CONSORTIUM, consortium), consortia.members(consortium)
    ours = person().organisations
    if not leads and ours.isdisjoint(one.organisation_id for one in members):
        raise NotFound
    form = InvitationForm()
    if leads and form.validate_on_submit():
        with said_on(form):
            company = _company(form.siret.data or "")
            actions.invite(consortium, company, by=me(), share=form.share.data)
            name = company.display_name
            flash(gettext("%(name)s est invitée, et reçoit un courriel.", name=name), "good")
            return _to(consortium)
    page = render_template(
        "web/member/consortium.html",
        consortium=consortium,
        members=members,
        leads=leads,
        ours=ours,
        form=form,
        fitting=joint_proposals.for_consortium(consortium) if len(members) > 1 else [],
    )
    return (page, 422) if form.errors else page


@guard(Permission.SPEAK_FOR_ORGANISATION, member=consortia.member_by_id)
def agree(member: ConsortiumMember) -> Response:
    """Join."""
    return _answered(member, agrees=True)


@guard(Permission.SPEAK_FOR_ORGANISATION, member=consortia.member_by_id)
def refuse(member: ConsortiumMember) -> Response:
    """Do not join."""
    return _answered(member, agrees=False)


@guard(Permission.READ_CONSORTIUM, member=consortia.member_by_id)
def leave(member: ConsortiumMember) -> Response:
    """Leave, or be taken out by the lead."""
    leads = can(Permission.LEAD_CONSORTIUM, member.consortium)
    if not leads and not can(Permission.SPEAK_FOR_ORGANISATION, member):
        raise NotFound
    try:
        actions.leave(member, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        name = member.organisation.display_name
        flash(gettext("%(name)s n'est plus du groupement.", name=name), "good")
    return _to(member.consortium) if leads else _home(member.organisation_id)


@guard(Permission.LEAD_CONSORTIUM, consortium=consortia.by_id)
def dissolve(consortium: Consortium) -> Response:
    """End a consortium."""
    actions.dissolve(consortium, by=me())
    flash(gettext("Le groupement est dissous. Les rendez-vous déjà planifiés restent."), "good")
    return _home(consortium.organisation_id)


def _company(typed: str) -> Organisation:
    """The company of this SIRET. Errors: RuleBroken on `siret`: no such number, or not listed."""
    listed = companies.by_siret("".join(filter(str.isdigit, typed)))
    if listed is None:
        siret_of(typed)
        raise RuleBroken("siret_not_listed", field="siret")
    return listed


def _answered(member: ConsortiumMember, *, agrees: bool) -> Response:
    try:
        actions.answer(member, by=me(), agrees=agrees)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        words = gettext("Vous êtes du groupement.") if agrees else gettext("C'est refusé.")
        flash(words, "good")
    return _home(member.organisation_id)


def _to(consortium: Consortium) -> Response:
    return redirect(url_for("member.consortia.one", consortium=consortium.id))


def _home(organisation: int) -> Response:
    return redirect(url_for("member.consortia.mine", organisation=organisation))
