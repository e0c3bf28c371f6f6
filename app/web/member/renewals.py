# SPDX-License-Identifier: EUPL-1.2
"""A buyer's own contracts that end soon; each may become a draft, which it may publish."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.language.translate import gettext
from app.queries import companies, contracts
from app.queries.companies import Organisation
from app.queries.contracts import Contract
from app.rules.companies import Role
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.shared import renewals
from app.web.shared.guard import guard

SPEAK = Permission.SPEAK_FOR_ORGANISATION


@guard(SPEAK, organisation=companies.by_id)
def ending(organisation: Organisation) -> str:
    """Our contracts that end in the next months."""
    if organisation.role != Role.BUYER:
        raise NotFound
    ours = renewals.asked(organisation.id)
    return render_template(
        "web/member/renewals.html", organisation=organisation, **renewals.shown(ours, whole=False)
    )


@guard(SPEAK, organisation=companies.by_id, contract=contracts.by_id)
def draft(organisation: Organisation, contract: Contract) -> Response:
    """Prepare the need that follows one of them, and complete it."""
    if contract.organisation_id != organisation.id:
        raise NotFound
    need = renewals.draft(contract)
    flash(
        gettext("Le brouillon est prêt : dites le métier, puis publiez-le si vous voulez."), "good"
    )
    return redirect(url_for("member.needs.edit", need=need.id))
