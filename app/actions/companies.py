# SPDX-License-Identifier: EUPL-1.2
"""A listing of the directory is made, claimed, and told: trades, offers, logo."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.actions import facts as told
from app.actions import uploads
from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Activity, Membership, Offer, Organisation, Sector
from app.models.history import remember
from app.queries import companies
from app.rules import authorship
from app.rules.accounts import require_length, require_name
from app.rules.claims import speaks_at_once
from app.rules.companies import (
    GeoRange,
    MembershipState,
    Role,
    presta_types_of,
    siret_of,
    vat_of,
)
from app.rules.errors import RuleBroken
from app.rules.territories import require_territory


@action
def list_organisation(
    *,
    role: Role,
    name: str,
    siret: str | None = None,
    vat_number: str | None = None,
    by: User | None = None,
    demonstration: bool = False,
    source: str,
    **facts: Any,
) -> Organisation:
    """Put an organisation into the directory, under its SIRET or its European VAT number.

    facts: brand, naf, legal_form, address, post_code, city, department, lat, lon, website,
    description, company_kind, family, headcount, turnover, largest_contract, may_group, buyer_kind.
    source: who says so, kept as the author of each fact; "typed" for a person.
    Errors: RuleBroken `siret_…`, `vat_…`, `siret_taken`…
    """
    number = vat_of(vat_number, demonstration=demonstration) if vat_number else None
    siret = siret_of(siret or "", demonstration=demonstration) if siret or not number else None
    known = companies.by_numbers(siret=siret, vat_number=number)
    if known is not None:
        taken = "siret" if siret and known.siret == siret else "vat_number"
        raise RuleBroken("siret_taken", field=taken, name=known.display_name)
    organisation = _new(role, siret, number, {"name": name, **facts}, by, source, demonstration)
    db.session.add(organisation)
    db.session.flush()
    remember(by, "organisation.listed", organisation, source=source)
    return organisation


@action
def list_all(
    found: Sequence[Mapping[str, Any]], *, role: Role, by: User | None, source: str
) -> list[Organisation]:
    """Put many organisations that the directory does not know into it, in the same order.

    found: facts as in `list_organisation`, with siret and vat_number already read.
    """
    organisations = [
        _new(role, one["siret"], one["vat_number"], _told(one), by, source) for one in found
    ]
    db.session.add_all(organisations)
    db.session.flush()
    for organisation in organisations:
        remember(by, "organisation.listed", organisation, source=source)
    return organisations


@action
def describe_all(
    found: Sequence[tuple[Organisation, Mapping[str, Any]]], *, by: User | None, source: str
) -> None:
    """Complete many listings at once, as `describe` does one."""
    author = told.author_of(by, source)
    changed = [
        (one, changes)
        for one, facts in found
        if (changes := told.write(one, dict(facts), author=author))
    ]
    told.index_all([one for one, _ in changed])
    for one, changes in changed:
        remember(by, "organisation.described", one, changes=changes, source=source)


@action
def describe(
    organisation: Organisation,
    *,
    by: User | None,
    source: str = authorship.TYPED,
    picture: bytes | None = None,
    **facts: Any,
) -> None:
    """Complete a listing: any of the facts of `list_organisation`, its name, and its logo.

    source: "typed" when `by` says so, else the code of the list it comes from.
    Errors: RuleBroken `picture_…`, and those of `facts.write`.
    """
    if picture is not None:
        set_logo(organisation, by=by, picture=picture)
    changes = told.write(organisation, facts, author=told.author_of(by, source))
    if not changes:
        return
    if not told.INDEXED.isdisjoint(changes):
        told.index(organisation)
    remember(by, "organisation.described", organisation, changes=changes, source=source)


@action
def claim(organisation: Organisation, *, by: User, proven: bool = True) -> Membership:
    """Ask to speak for an organisation; never granted before the address is proved.

    proven: false when nobody knows yet that `by` is the person who asks.
    """
    membership = companies.membership(organisation, by) or _new_claim(organisation, by)
    is_waiting = membership.state == MembershipState.UNVERIFIED
    if is_waiting and proven and by.verified_at is not None:
        grant_or_wait(membership)
    return membership


@action
def grant_or_wait(membership: Membership) -> None:
    """The address is proved: who may be believed speaks for the organisation, the others wait.

    Where somebody speaks already, a colleague answers; where nobody does and the address is not
    that of the website of the listing, the team of the fair.
    """
    organisation = membership.organisation
    is_first = not companies.members(organisation)
    if is_first and speaks_at_once(membership.user.email, organisation.website):
        speak(membership)
    else:
        membership.state = MembershipState.PENDING


@action
def speak(membership: Membership, *, let_in_by: User | None = None) -> None:
    """This person now speaks for the organisation, whose listing is claimed from then on.

    let_in_by: who said yes, when it was not granted at once.
    """
    organisation = membership.organisation
    membership.state = MembershipState.ACTIVE
    organisation.claimed_at = organisation.claimed_at or clock.now()
    if let_in_by is None:
        remember(membership.user, "organisation.joined", organisation)
    else:
        remember(let_in_by, "organisation.let_in", organisation, user=membership.user_id)


@action
def add_activity(
    organisation: Organisation,
    *,
    by: User | None,
    sector: Sector,
    presta_types: Collection[str],
    geo_range: GeoRange,
    zones: Collection[str] = (),
    distance_km: int | None = None,
) -> Activity:
    """A trade of a company: what it sells, and how far it goes.

    zones: codes of departments or regions. distance_km: around its seat.
    Errors: RuleBroken `activity_there`, `presta_types_missing`, `zones_missing`,
    `distance_missing`, `department_unknown`.
    """
    if sector.id in {activity.sector_id for activity in companies.activities(organisation)}:
        raise RuleBroken("activity_there", field="sector")
    kept_zones, km = require_territory(geo_range, zones=zones, distance_km=distance_km)
    activity = Activity(
        organisation_id=organisation.id,
        sector_id=sector.id,
        presta_types=presta_types_of(presta_types),
        geo_range=geo_range,
        zones=kept_zones,
        distance_km=km,
    )
    activity.sector = sector
    db.session.add(activity)
    _changed(organisation, by, "activity.added", sector=sector.slug, name=sector.name_fr)
    return activity


@action
def remove_activity(activity: Activity, *, by: User | None) -> None:
    """The company no longer does this."""
    organisation = companies.by_id(activity.organisation_id)
    slug, name = activity.sector.slug, activity.sector.name_fr
    db.session.delete(activity)
    _changed(organisation, by, "activity.removed", sector=slug, name=name)


@action
def add_offer(
    organisation: Organisation, *, by: User | None, name: str, description: str = ""
) -> Offer:
    """Something the company sells, in its own words. Errors: RuleBroken `name_missing`."""
    offer = Offer(
        organisation_id=organisation.id,
        name=require_name(name),
        description=require_length(description, field="description", most=told.LONGEST_PROSE),
    )
    db.session.add(offer)
    _changed(organisation, by, "offer.added", name=offer.name)
    return offer


@action
def remove_offer(offer: Offer, *, by: User | None) -> None:
    """The company no longer sells this."""
    organisation = companies.by_id(offer.organisation_id)
    name = offer.name
    db.session.delete(offer)
    _changed(organisation, by, "offer.removed", name=name)


@action
def set_logo(organisation: Organisation, *, by: User | None, picture: bytes) -> None:
    """Show this picture beside the name; it is drawn again, small, and the one before forgotten.

    Errors: RuleBroken `picture_too_big`, `picture_unreadable`.
    """
    name, before = uploads.logo(picture, of=organisation.id), organisation.logo
    if name == before:
        return
    organisation.logo, organisation.updated_at = name, clock.now()
    uploads.forget(before)
    remember(by, "organisation.logo_set", organisation)


@action
def remove_logo(organisation: Organisation, *, by: User | None) -> None:
    """Show initials instead of a picture again."""
    if organisation.logo is None:
        return
    uploads.forget(organisation.logo)
    organisation.logo, organisation.updated_at = None, clock.now()
    remember(by, "organisation.logo_removed", organisation)


def _new(
    role: Role,
    siret: str | None,
    vat_number: str | None,
    facts: dict[str, Any],
    by: User | None,
    source: str,
    demonstration: bool = False,
) -> Organisation:
    now = clock.now()
    organisation = Organisation(
        role=role, siret=siret, vat_number=vat_number, name="", logo=None, authors={},
        is_demonstration=demonstration, source=source, search="", claimed_at=None,
        created_at=now, updated_at=now, **told.UNSAID,
    )  # fmt: skip
    told.write(organisation, facts, author=told.author_of(by, source))
    organisation.search = told.searched(organisation)
    return organisation


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in ("siret", "vat_number")}


def _new_claim(organisation: Organisation, user: User) -> Membership:
    membership = Membership(
        organisation_id=organisation.id,
        user_id=user.id,
        state=MembershipState.UNVERIFIED,
        asked_at=clock.now(),
    )
    membership.organisation, membership.user = organisation, user
    db.session.add(membership)
    remember(user, "organisation.claimed", organisation)
    return membership


def _changed(organisation: Organisation, by: User | None, verb: str, **facts: object) -> None:
    organisation.updated_at = clock.now()
    told.index(organisation)
    remember(by, verb, organisation, **facts)
