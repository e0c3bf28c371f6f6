# SPDX-License-Identifier: EUPL-1.2
"""The directory: one listing, its trades, and the people who speak for it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.models.accounts import User
from app.models.base import db
from app.models.companies import Activity as Activity
from app.models.companies import Membership as Membership
from app.models.companies import Offer as Offer
from app.models.companies import Organisation as Organisation
from app.models.companies import Sector as Sector
from app.models.companies import SectorGroup as SectorGroup
from app.queries.directory import Page as Page
from app.queries.directory import count as count
from app.queries.directory import search as search
from app.queries.rows import one_of
from app.rules.companies import MembershipState


def by_id(organisation_id: int) -> Organisation:
    """The organisation of this number. Errors: NotFound."""
    return one_of(Organisation, organisation_id)


def by_siret(siret: str) -> Organisation | None:
    """The organisation of this SIRET, 14 digits."""
    return db.session.scalar(select(Organisation).where(Organisation.siret == siret))


def by_numbers(*, siret: str | None, vat_number: str | None) -> Organisation | None:
    """The organisation that has one of these two numbers."""
    numbers = [Organisation.siret == siret] if siret else []
    numbers += [Organisation.vat_number == vat_number] if vat_number else []
    return db.session.scalar(select(Organisation).where(or_(*numbers))) if numbers else None


def activity_by_id(activity_id: int) -> Activity:
    """The activity of this number. Errors: NotFound."""
    return one_of(Activity, activity_id)


def offer_by_id(offer_id: int) -> Offer:
    """The offer of this number. Errors: NotFound."""
    return one_of(Offer, offer_id)


def sector_by_id(sector_id: int) -> Sector:
    """The sector of this number. Errors: NotFound."""
    return one_of(Sector, sector_id)


def membership_by_id(membership_id: int) -> Membership:
    """The claim, or place, of this number. Errors: NotFound."""
    return one_of(Membership, membership_id)


def activities(organisation: Organisation) -> list[Activity]:
    """What it does, in the order it said so."""
    return activities_of([organisation]).get(organisation.id, [])


def activities_of(organisations: Iterable[Organisation]) -> dict[int, list[Activity]]:
    """organisation id → what it does."""
    found = select(Activity).where(Activity.organisation_id.in_(_ids(organisations)))
    return grouped(db.session.scalars(found.order_by(Activity.id)))


def offers(organisation: Organisation) -> list[Offer]:
    """What it sells, in its own words."""
    return offers_of([organisation]).get(organisation.id, [])


def offers_of(organisations: Iterable[Organisation]) -> dict[int, list[Offer]]:
    """organisation id → what it sells, in its own words."""
    found = select(Offer).where(Offer.organisation_id.in_(_ids(organisations)))
    return grouped(db.session.scalars(found.order_by(Offer.id)))


def sectors() -> list[Sector]:
    """Every trade, family by family."""
    found = select(Sector).join(Sector.group).order_by(SectorGroup.name_fr, Sector.name_fr)
    return list(db.session.scalars(found))


def sector_groups() -> list[SectorGroup]:
    """Every family of trades."""
    return list(db.session.scalars(select(SectorGroup).order_by(SectorGroup.name_fr)))


def membership(organisation: Organisation, user: User) -> Membership | None:
    """The place of this person in this organisation, in whatever state."""
    found = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.user_id == user.id
    )
    return db.session.scalar(found)


def members(
    organisation: Organisation, state: MembershipState = MembershipState.ACTIVE
) -> list[Membership]:
    """Who speaks for it, or waits to, the first who asked first."""
    found = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.state == state
    )
    joined = found.options(joinedload(Membership.user), joinedload(Membership.organisation))
    return list(db.session.scalars(joined.order_by(Membership.asked_at, Membership.id)))


def orphan_claims() -> list[Membership]:
    """The claims that no colleague can answer, because nobody speaks for the listing yet."""
    found = _orphans().options(joinedload(Membership.user), joinedload(Membership.organisation))
    return list(db.session.scalars(found.order_by(Membership.asked_at, Membership.id)))


def count_orphan_claims() -> int:
    """How many of them there are."""
    return db.session.scalar(select(func.count()).select_from(_orphans().subquery())) or 0


def memberships(user: User, state: MembershipState | None = None) -> list[Membership]:
    """The organisations this person speaks for, or waits to."""
    found = select(Membership).where(Membership.user_id == user.id)
    if state is not None:
        found = found.where(Membership.state == state)
    joined = found.options(joinedload(Membership.organisation), joinedload(Membership.user))
    return list(db.session.scalars(joined.order_by(Membership.asked_at, Membership.id)))


def grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """organisation id → its rows, in the order they come in."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return dict(found)


def _orphans() -> Select[Any]:
    speaking = aliased(Membership)
    somebody = exists().where(
        speaking.organisation_id == Membership.organisation_id,
        speaking.state == MembershipState.ACTIVE,
    )
    return select(Membership).where(Membership.state == MembershipState.PENDING, ~somebody)


def _ids(organisations: Iterable[Organisation]) -> list[int]:
    return [organisation.id for organisation in organisations]
