# SPDX-License-Identifier: EUPL-1.2
"""Needs that wait for an organiser's team, who reads them, and what it decided."""

from collections import Counter

from sqlalchemy import Select, func, or_, select

from app.models import clock
from app.models.accounts import Organiser as Organiser
from app.models.accounts import OrganiserMember, User
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.needs import Need
from app.models.registrations import Registration
from app.queries import editions
from app.queries.pages import Page, page_of
from app.queries.registrations import Reader
from app.rules.editions import EditionState
from app.rules.needs import NeedState
from app.rules.registrations import RegistrationState
from app.rules.search import folded

COMING = (RegistrationState.PENDING, RegistrationState.APPROVED)


def validator(buyer: Organisation) -> Organiser | None:
    """The team that reads the needs of this buyer first, None when nobody does.

    It is the team of the next edition at which the buyer is registered, or else of the next edition
    of all; and only if that team wants to read them.
    """
    registered = (
        select(Edition)
        .join(Registration, Registration.edition_id == Edition.id)
        .where(
            Registration.organisation_id == buyer.id,
            Registration.state.in_(COMING),
            Edition.state == EditionState.OPEN,
            Edition.ends_on >= clock.today(),
        )
        .order_by(Edition.starts_on, Edition.id)
    )
    edition = db.session.scalars(registered.limit(1)).first() or editions.current()
    team = edition.series.organiser if edition else None
    return team if team is not None and team.validates_needs else None


def team_of(organiser_id: int) -> list[Reader]:
    """Everybody in a team, to be written to."""
    members = select(User).join(OrganiserMember, OrganiserMember.user_id == User.id)
    members = members.where(OrganiserMember.organiser_id == organiser_id).order_by(User.id)
    return [Reader(one.email, one.name, one.language) for one in db.session.scalars(members)]


def of_edition(
    edition: Edition, *, state: NeedState | None = None, text: str = "", page: int = 1
) -> Page[Need]:
    """The needs that concern a team, those that wait longest first; drafts are their buyer's."""
    found = _of_edition(edition)
    if state is not None:
        found = found.where(Need.state == state)
    for word in folded(text).split():
        found = found.where(or_(Need.search.contains(word), Organisation.search.contains(word)))
    waiting = (Need.state != NeedState.SUBMITTED).asc()
    newest = found.order_by(waiting, Need.submitted_at, Need.updated_at.desc(), Need.id)
    return page_of(newest, page)


def counts(edition: Edition) -> Counter[NeedState]:
    """How many needs are in each state; one query."""
    counted = _of_edition(edition).with_only_columns(Need.state, func.count())
    return Counter(dict(db.session.execute(counted.group_by(Need.state)).all()))


def waiting(edition: Edition, numbers: list[int]) -> list[Need]:
    """Those of these needs that wait for this team."""
    found = select(Need).where(
        Need.id.in_(numbers),
        Need.organiser_id == edition.organiser_id,
        Need.state == NeedState.SUBMITTED,
    )
    return list(db.session.scalars(found.order_by(Need.id)))


def _of_edition(edition: Edition) -> Select[Need]:
    """Of the buyers who come, or sent to this team; never a draft."""
    coming = select(Registration.organisation_id).where(
        Registration.edition_id == edition.id, Registration.state.in_(COMING)
    )
    return (
        select(Need)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .where(
            Need.state != NeedState.DRAFT,
            or_(
                Need.organiser_id == edition.organiser_id,
                (Need.organisation_id.in_(coming)) & (Need.state != NeedState.SENT_BACK),
            ),
        )
    )
