# SPDX-License-Identifier: EUPL-1.2
"""All the requests of an edition, and the needs they answer to."""

from flask import render_template, request

from app.language.phrases import word
from app.queries import demand, editions, validation
from app.queries.editions import Edition
from app.rules.meetings import RequestState
from app.rules.needs import NeedState
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard


@guard(Permission.ORGANISE, edition=editions.by_slug)
def requests(edition: Edition) -> str:
    """The requests, filtered by what the address says."""
    state = filters.one_of(RequestState, "etat")
    late = request.args.get("tard") == "1"
    text = filters.text()
    return render_template(
        "web/organiser/requests.html",
        edition=edition,
        counts=demand.counts(edition),
        page=demand.wanted(edition, state=state, late=late, text=text, page=filters.page_number()),
        states=[(one.value, word(one)) for one in RequestState],
        state_asked=state,
        late=late,
        text=text,
    )


@guard(Permission.ORGANISE, edition=editions.by_slug)
def needs(edition: Edition) -> str:
    """The needs that concern the team, those that wait to be read first."""
    state, text = filters.one_of(NeedState, "etat"), filters.text()
    return render_template(
        "web/organiser/needs.html",
        edition=edition,
        counts=validation.counts(edition),
        page=validation.of_edition(edition, state=state, text=text, page=filters.page_number()),
        states=[(one.value, word(one)) for one in NeedState if one != NeedState.DRAFT],
        state_asked=state,
        text=text,
        team=edition.series.organiser,
    )
