# SPDX-License-Identifier: EUPL-1.2
"""Organisations are kept in named lists, noted, moved and let go."""

from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.favourites import Favourite, Shortlist
from app.models.history import remember
from app.queries import favourites
from app.rules.accounts import require_length, require_name
from app.rules.favourites import (
    LONGEST_NOTE,
    require_new_name,
    require_room_for_list,
    require_room_in_list,
)


@action
def start_list(organisation: Organisation, *, by: User, name: str) -> Shortlist:
    """Begin a list that all colleagues share.

    Errors: RuleBroken `name_missing`, `too_long`, `list_there`, `lists_full`.
    """
    there = favourites.lists(organisation)
    require_room_for_list(len(there))
    name = _name(name, there)
    shortlist = Shortlist(organisation_id=organisation.id, name=name, created_at=clock.now())
    db.session.add(shortlist)
    db.session.flush()
    remember(by, "shortlist.started", shortlist, name=name)
    return shortlist


@action
def rename_list(shortlist: Shortlist, organisation: Organisation, *, by: User, name: str) -> None:
    """Call a list something else. Errors: as `start_list`."""
    others = [one for one in favourites.lists(organisation) if one.id != shortlist.id]
    was, shortlist.name = shortlist.name, _name(name, others)
    remember(by, "shortlist.renamed", shortlist, was=was, name=shortlist.name)


@action
def drop_list(shortlist: Shortlist, *, by: User) -> None:
    """Forget a list and its notes; the organisations stay in the directory."""
    remember(by, "shortlist.dropped", shortlist, name=shortlist.name)
    db.session.delete(shortlist)


@action
def keep(
    listing: Organisation,
    organisation: Organisation,
    *,
    by: User,
    shortlist: Shortlist | None = None,
    usual: str = "Favoris",
    note: str = "",
) -> Favourite:
    """Keep an organisation: in this list, else in the first there is, else in a new one.

    usual: the name of that new list. Keeping it again in the same list changes nothing.
    Errors: RuleBroken `list_full`, `too_long`.
    """
    there = favourites.lists(organisation)
    shortlist = shortlist or (there[0] if there else start_list(organisation, by=by, name=usual))
    kept = favourites.in_list(shortlist, listing)
    if kept is not None:
        return kept
    require_room_in_list(favourites.count_in(shortlist), name=shortlist.name)
    kept = Favourite(
        shortlist_id=shortlist.id,
        listing_id=listing.id,
        note=require_length(note.strip(), field="note", most=LONGEST_NOTE),
        added_by_id=by.id,
        added_at=clock.now(),
    )
    kept.shortlist, kept.listing = shortlist, listing
    db.session.add(kept)
    remember(by, "favourite.kept", kept, list=shortlist.name)
    return kept


@action
def annotate(favourite: Favourite, *, by: User, note: str, shortlist: Shortlist) -> None:
    """Write the private note of a favourite, and move it to this list.

    One that is there already takes the note over. Errors: RuleBroken `too_long`, `list_full`.
    """
    favourite.note = require_length(note.strip(), field="note", most=LONGEST_NOTE)
    if shortlist.id == favourite.shortlist_id:
        return
    twin = favourites.in_list(shortlist, favourite.listing)
    if twin is not None:
        twin.note = "\n".join(filter(None, (twin.note, favourite.note)))[:LONGEST_NOTE]
        db.session.delete(favourite)
        return
    require_room_in_list(favourites.count_in(shortlist), name=shortlist.name)
    favourite.shortlist_id, favourite.shortlist = shortlist.id, shortlist
    remember(by, "favourite.moved", favourite, list=shortlist.name)


@action
def let_go(favourite: Favourite, *, by: User) -> None:
    """Keep an organisation no longer; its note is forgotten."""
    remember(by, "favourite.let_go", favourite, list=favourite.shortlist.name)
    db.session.delete(favourite)


def _name(name: str, others: list[Shortlist]) -> str:
    name = require_name(name)
    require_new_name(name, others=frozenset(other.name for other in others))
    return name
