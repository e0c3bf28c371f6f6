# SPDX-License-Identifier: EUPL-1.2
"""Where members arrive: what to do now, where the fair is, and how many."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.queries import companies, consortia, editions, standings
from app.queries.companies import Organisation
from app.rules.companies import MembershipState
from app.rules.permissions import Permission
from app.rules.tasks import TaskKind
from app.web.shared.guard import guard
from app.web.shared.login import me, person
from app.web.shared.navigation import current_edition
from app.web.shared.standing import registration_here


@guard(Permission.HAVE_ACCOUNT)
def mine() -> str | Response:
    """One organisation: straight to it. Several: choose. None: find one in the directory."""
    places = companies.memberships(me())
    active = [one for one in places if one.state == MembershipState.ACTIVE]
    if len(active) == 1:
        return redirect(
            url_for("member.dashboard.dashboard", organisation=active[0].organisation_id)
        )
    return render_template("web/member/organisations.html", places=places)


@guard(Permission.SPEAK_FOR_ORGANISATION, organisation=companies.by_id)
def dashboard(organisation: Organisation) -> str:
    """What must we do now, where are we, how many."""
    edition = current_edition()
    registration = registration_here(edition)
    return render_template(
        "web/member/dashboard.html",
        organisation=organisation,
        edition=edition,
        registration=registration,
        board=standings.board(organisation, edition, registration),
        kinds=TaskKind,
        places=consortia.of_organisation(organisation),
        can_switch=len(person().organisations) > 1,
        phases=editions.phases_of(edition) if edition else [],
    )
