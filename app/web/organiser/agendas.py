# SPDX-License-Identifier: EUPL-1.2
"""Everybody's agenda, for the organiser's team."""

from flask import render_template

from app.queries import agendas, editions, registrations
from app.queries.editions import Edition
from app.queries.registrations import Delegate
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.shared.agendas import shown
from app.web.shared.guard import guard


@guard(Permission.ORGANISE, edition=editions.by_slug)
def everybody(edition: Edition) -> str:
    """All delegates by name, with the number of their meetings."""
    people = agendas.of_edition(edition)
    return render_template("web/organiser/agendas.html", edition=edition, people=people)


@guard(Permission.ORGANISE, edition=editions.by_slug, delegate=registrations.delegate_by_id)
def agenda(edition: Edition, delegate: Delegate) -> str:
    """The agenda of one delegate."""
    if delegate.registration.edition_id != edition.id:
        raise NotFound
    return render_template(
        "web/organiser/agenda.html", edition=edition, **shown(agendas.of_delegate(delegate))
    )
