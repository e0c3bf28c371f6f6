# SPDX-License-Identifier: EUPL-1.2
"""Organisers ask for badges, agendas and lists of tables; jobs print them."""

from app.actions.base import action
from app.models.accounts import User
from app.models.editions import Edition
from app.models.jobs import Job, later
from app.queries import papers
from app.rules.papers import require_people, require_published


@action
def print_badges(edition: Edition, *, by: User) -> Job:
    """Ask for the badges of everybody who comes, before or after the schedule is published."""
    require_people(papers.people(edition))
    return later(
        "print_badges", owner_id=by.id, organiser_id=edition.organiser_id, edition=edition.id
    )


@action
def print_agendas(edition: Edition, *, by: User) -> Job:
    """Ask for the agendas of everybody who has a meeting, in one PDF."""
    require_published(edition.version)
    return later(
        "print_agendas", owner_id=by.id, organiser_id=edition.organiser_id, edition=edition.id
    )


@action
def print_tables(edition: Edition, *, by: User) -> Job:
    """Ask for the list of who meets whom at each table."""
    require_published(edition.version)
    return later(
        "print_tables", owner_id=by.id, organiser_id=edition.organiser_id, edition=edition.id
    )
