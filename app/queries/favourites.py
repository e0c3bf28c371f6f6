# SPDX-License-Identifier: EUPL-1.2
"""The lists an organisation keeps, and who is in them."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.models.base import db
from app.models.companies import Organisation
from app.models.favourites import Favourite as Favourite
from app.models.favourites import Shortlist as Shortlist
from app.queries.rows import one_of


def by_id(shortlist_id: int) -> Shortlist:
    """The list of this number. Errors: NotFound."""
    return one_of(Shortlist, shortlist_id)


def favourite_by_id(favourite_id: int) -> Favourite:
    """What is kept, of this number. Errors: NotFound."""
    return one_of(Favourite, favourite_id)


def lists(organisation: Organisation) -> list[Shortlist]:
    """The lists of an organisation, by name."""
    found = select(Shortlist).where(Shortlist.organisation_id == organisation.id)
    return list(db.session.scalars(found.order_by(Shortlist.name)))


def counts(organisation: Organisation) -> dict[int, int]:
    """List id → how many it holds."""
    found = (
        select(Favourite.shortlist_id, func.count())
        .join(Favourite.shortlist)
        .where(Shortlist.organisation_id == organisation.id)
        .group_by(Favourite.shortlist_id)
    )
    return dict(iter(db.session.execute(found)))


def count_in(shortlist: Shortlist) -> int:
    """How many a list holds."""
    found = select(func.count()).where(Favourite.shortlist_id == shortlist.id)
    return db.session.scalar(found) or 0


def of_list(shortlist: Shortlist) -> list[Favourite]:
    """Who is kept in a list, by name, and who kept it."""
    found = (
        select(Favourite)
        .where(Favourite.shortlist_id == shortlist.id)
        .options(joinedload(Favourite.listing), joinedload(Favourite.added_by))
    )
    kept = db.session.scalars(found)
    return sorted(kept, key=lambda one: (one.listing.display_name.casefold(), one.id))


def kept(organisation: Organisation, listings: Collection[int]) -> dict[int, list[Favourite]]:
    """listing id → where this organisation keeps it, for those it keeps."""
    found = (
        select(Favourite)
        .join(Favourite.shortlist)
        .where(Shortlist.organisation_id == organisation.id, Favourite.listing_id.in_(listings))
    )
    places: dict[int, list[Favourite]] = {}
    for one in db.session.scalars(found.order_by(Shortlist.name)):
        places.setdefault(one.listing_id, []).append(one)
    return places


def in_list(shortlist: Shortlist, listing: Organisation) -> Favourite | None:
    """This organisation in this list, if it is kept there."""
    return db.session.scalar(
        select(Favourite).where(
            Favourite.shortlist_id == shortlist.id, Favourite.listing_id == listing.id
        )
    )
