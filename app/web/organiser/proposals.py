# SPDX-License-Identifier: EUPL-1.2
"""What the team sees of the proposals: how each need fares, why some are put aside, the ranking."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.actions import matching as actions
from app.language import phrases
from app.language.translate import gettext
from app.queries import dismissals, editions, proposals, rankings
from app.queries.editions import Edition
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.errors import RuleBroken
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard
from app.web.shared.login import me


@guard(Permission.ORGANISE, edition=editions.by_slug)
def overview(edition: Edition) -> str:
    """The needs of this fair with their proposals, and the reasons given by both sides."""
    return render_template(
        "web/organiser/proposals.html",
        edition=edition,
        lines=proposals.of_edition(edition, filters.page_number()),
        counted=dismissals.counted(edition),
        reasons=list(DismissalReason),
        roles=Role,
        job=rankings.latest_job(),
        ranked_at=rankings.ranked_at(),
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def rank(edition: Edition) -> Response:
    """Rank everything again now."""
    try:
        actions.ask_for_ranking(by=me(), organiser_id=edition.organiser_id)
    except RuleBroken as problem:
        flash(phrases.refusal(problem), "attention")
    else:
        flash(gettext("Le classement est demandé : il dure quelques secondes."), "good")
    return redirect(url_for("organiser.proposals.overview", edition=edition.slug))
