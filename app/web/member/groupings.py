# SPDX-License-Identifier: EUPL-1.2
"""The groupings of a company: those it leads, those it joined, and invitations."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import groupings as actions
from app.language import phrases
from app.language.translate import gettext
from app.queries import companies, groupings, joint_proposals
from app.queries.companies import Organisation
from app.queries.groupings import Grouping, GroupingMember
from app.rules.companies import Role, siret_of
from app.rules.errors import NotFound, RuleBroken
from app.rules.groupings import GroupingForm
from app.rules.permissions import Permission
from app.web.forms.groupings import InvitationForm, NewGroupingForm
from app.web.shared.forms import say_on
from app.web.shared.guard import guard
from app.web.shared.login import can, me, person


@guard(Permission.SPEAK_FOR_ORGANISATION, organisation=companies.by_id)
def mine(organisation: Organisation) -> str | Response | tuple[str, int]:
    """Answer invitations, see the groupings, and form one."""
    if organisation.role != Role.COMPANY:
        raise NotFound
    form = NewGroupingForm()
    if form.validate_on_submit():
        try:
            formed = actions.form(
                organisation,
                by=me(),
                name=form.name.data or "",
                form=form.form.data or GroupingForm.JOINT,
                text=form.text.data or "",
                share=form.share.data,
            )
        except RuleBroken as problem:
            say_on(form, problem)
        else:
            flash(gettext("Le groupement est formé. Invitez maintenant ses membres."), "good")
            return _to(formed)
    ours = groupings.of_organisation(organisation)
    page = render_template(
        "web/member/groupings.html",
        organisation=organisation,
        form=form,
        ours=ours,
        members=groupings.members_of([one.grouping_id for one in ours]),
    )
    return (page, 422) if form.errors else page


@guard(Permission.READ_GROUPING, grouping=groupings.by_id)
def one(grouping: Grouping) -> str | Response | tuple[str, int]:
    """A grouping and its members; its lead invites others, by their SIRET number."""
    leads, members = can(Permission.LEAD_GROUPING, grouping), groupings.members(grouping)
    ours = person().organisations
    if not leads and ours.isdisjoint(one.organisation_id for one in members):
        raise NotFound
    form = InvitationForm()
    if leads and form.validate_on_submit():
        try:
            company = _company(form.siret.data or "")
            actions.invite(grouping, company, by=me(), share=form.share.data)
        except RuleBroken as problem:
            say_on(form, problem)
        else:
            name = company.display_name
            flash(gettext("%(name)s est invitée, et reçoit un courriel.", name=name), "good")
            return _to(grouping)
    page = render_template(
        "web/member/grouping.html",
        grouping=grouping,
        members=members,
        leads=leads,
        ours=ours,
        form=form,
        fitting=joint_proposals.for_grouping(grouping) if len(members) > 1 else [],
    )
    return (page, 422) if form.errors else page


@guard(Permission.SPEAK_FOR_ORGANISATION, member=groupings.member_by_id)
def agree(member: GroupingMember) -> Response:
    """Join."""
    return _answered(member, agrees=True)


@guard(Permission.SPEAK_FOR_ORGANISATION, member=groupings.member_by_id)
def refuse(member: GroupingMember) -> Response:
    """Do not join."""
    return _answered(member, agrees=False)


@guard(Permission.READ_GROUPING, member=groupings.member_by_id)
def leave(member: GroupingMember) -> Response:
    """Leave, or be taken out by the lead."""
    leads = can(Permission.LEAD_GROUPING, member.grouping)
    if not leads and not can(Permission.SPEAK_FOR_ORGANISATION, member):
        raise NotFound
    try:
        actions.leave(member, by=me())
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        name = member.organisation.display_name
        flash(gettext("%(name)s n'est plus du groupement.", name=name), "good")
    return _to(member.grouping) if leads else _home(member.organisation_id)


@guard(Permission.LEAD_GROUPING, grouping=groupings.by_id)
def dissolve(grouping: Grouping) -> Response:
    """End a grouping."""
    actions.dissolve(grouping, by=me())
    flash(gettext("Le groupement est dissous. Les rendez-vous déjà planifiés restent."), "good")
    return _home(grouping.organisation_id)


def _company(typed: str) -> Organisation:
    """The company of this SIRET. Errors: RuleBroken on `siret`: no such number, or not listed."""
    listed = companies.by_siret("".join(filter(str.isdigit, typed)))
    if listed is None:
        siret_of(typed)
        raise RuleBroken("siret_not_listed", field="siret")
    return listed


def _answered(member: GroupingMember, *, agrees: bool) -> Response:
    try:
        actions.answer(member, by=me(), agrees=agrees)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "bad")
    else:
        words = gettext("Vous êtes du groupement.") if agrees else gettext("C'est refusé.")
        flash(words, "good")
    return _home(member.organisation_id)


def _to(grouping: Grouping) -> Response:
    return redirect(url_for("member.groupings.one", grouping=grouping.id))


def _home(organisation: int) -> Response:
    return redirect(url_for("member.groupings.mine", organisation=organisation))
