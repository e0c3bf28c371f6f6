# SPDX-License-Identifier: EUPL-1.2
"""Who speaks for an organisation, and who asks to."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import memberships
from app.language.translate import gettext
from app.queries import companies
from app.queries.companies import Membership, Organisation
from app.rules.companies import MembershipState
from app.rules.permissions import Permission
from app.web.shared.guard import guard
from app.web.shared.login import me

APPROVE = Permission.APPROVE_MEMBER


@guard(APPROVE, organisation=companies.by_id)
def team(organisation: Organisation) -> str:
    """Colleagues in force, and the claims that wait for an answer."""
    return render_template(
        "web/member/team.html",
        organisation=organisation,
        active=companies.members(organisation),
        waiting=companies.members(organisation, MembershipState.PENDING),
    )


@guard(APPROVE, organisation=companies.by_id, membership=companies.membership_by_id)
def approve(organisation: Organisation, membership: Membership) -> Response:
    """Let somebody speak for the organisation too."""
    memberships.approve(membership, by=me())
    name = membership.user.name
    flash(gettext("%(name)s parle maintenant pour l'organisation.", name=name), "good")
    return _back(organisation)


@guard(APPROVE, organisation=companies.by_id, membership=companies.membership_by_id)
def refuse(organisation: Organisation, membership: Membership) -> Response:
    """Turn a claim down, or take somebody's right away."""
    name = membership.user.name
    memberships.refuse(membership, by=me())
    flash(gettext("%(name)s ne parle pas pour l'organisation.", name=name))
    return _back(organisation)


def _back(organisation: Organisation) -> Response:
    return redirect(url_for("member.team.team", organisation=organisation.id))
