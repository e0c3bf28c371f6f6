# SPDX-License-Identifier: EUPL-1.2
"""A listing of the directory is made, claimed, and told: trades, offers, logo."""

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from flask import current_app

from app.actions.base import action
from app.documents import pictures
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Activity, Membership, Offer, Organisation, Sector
from app.models.history import remember
from app.queries import companies
from app.rules.accounts import require_length, require_name
from app.rules.companies import (
    BuyerKind,
    GeoRange,
    MembershipState,
    Role,
    presta_types_of,
    require_headcount,
    siret_of,
    vat_of,
    website_of,
)
from app.rules.errors import RuleBroken
from app.rules.search import folded
from app.rules.territories import department_of, require_territory

BYTES_PER_MB = 1024**2
LONGEST_PROSE = 4000
_UNSAID: dict[str, Any] = {
    "brand": "", "naf": "", "address": "", "post_code": "", "city": "", "department": "",
    "lat": None, "lon": None, "website": "", "description": "", "logo": None,
    "company_kind": None, "headcount": None, "buyer_kind": None,
}  # fmt: skip
_LENGTHS = {"naf": 8, "post_code": 10, "department": 3, "description": LONGEST_PROSE}
_TEXTS = ("brand", "naf", "address", "post_code", "city", "department", "website", "description")


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

    facts: brand, naf, address, post_code, city, department, lat, lon, website, description,
    company_kind, headcount, buyer_kind. Errors: RuleBroken `siret_…`, `vat_wrong`, `siret_taken`…
    """
    number = vat_of(vat_number) if vat_number else None
    siret = siret_of(siret or "", demonstration=demonstration) if siret or not number else None
    known = companies.by_numbers(siret=siret, vat_number=number)
    if known is not None:
        taken = "siret" if siret and known.siret == siret else "vat_number"
        raise RuleBroken("siret_taken", field=taken, name=known.display_name)
    now = clock.now()
    organisation = Organisation(
        role=role, siret=siret, vat_number=number, name=require_name(name),
        is_demonstration=demonstration, source=source, search="", claimed_at=None,
        created_at=now, updated_at=now, **_UNSAID,
    )  # fmt: skip
    _write(organisation, {**_UNSAID, **facts})
    db.session.add(organisation)
    db.session.flush()
    _index(organisation)
    remember(by, "organisation.listed", organisation, source=source)
    return organisation


@action
def describe(
    organisation: Organisation, *, by: User | None, picture: bytes | None = None, **facts: Any
) -> None:
    """Complete a listing: any of the facts of `list_organisation`, its name, and its logo.

    Errors: RuleBroken `name_missing`, `too_long`, `website_wrong`, `headcount_wrong`, `logo_…`.
    """
    if picture is not None:
        set_logo(organisation, by=by, picture=picture)
    _write(organisation, facts)
    organisation.updated_at = clock.now()
    _index(organisation)
    remember(by, "organisation.described", organisation, fields=sorted(facts))


@action
def claim(organisation: Organisation, *, by: User, proven: bool = True) -> Membership:
    """Ask to speak for an organisation.

    Granted at once when nobody does yet, else by a colleague or the organiser; never before the
    address is proved. proven: false when nobody knows yet that `by` is the person who asks.
    """
    membership = companies.membership(organisation, by) or _new_claim(organisation, by)
    is_waiting = membership.state == MembershipState.UNVERIFIED
    if is_waiting and proven and by.verified_at is not None:
        grant_or_wait(membership)
    return membership


@action
def grant_or_wait(membership: Membership) -> None:
    """The address is proved: the first to claim speaks for the organisation, the others wait."""
    organisation = membership.organisation
    if companies.members(organisation):
        membership.state = MembershipState.PENDING
        return
    membership.state = MembershipState.ACTIVE
    organisation.claimed_at = organisation.claimed_at or clock.now()
    remember(membership.user, "organisation.joined", organisation)


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
    _changed(organisation, by, "activity.added", sector=sector.slug)
    return activity


@action
def remove_activity(activity: Activity, *, by: User | None) -> None:
    """The company no longer does this."""
    organisation = companies.by_id(activity.organisation_id)
    slug = activity.sector.slug
    db.session.delete(activity)
    _changed(organisation, by, "activity.removed", sector=slug)


@action
def add_offer(
    organisation: Organisation, *, by: User | None, name: str, description: str = ""
) -> Offer:
    """Something the company sells, in its own words. Errors: RuleBroken `name_missing`."""
    offer = Offer(
        organisation_id=organisation.id,
        name=require_name(name),
        description=require_length(description, field="description", most=LONGEST_PROSE),
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
    """Show this picture beside the name; it is drawn again, small, and its file name forgotten.

    Errors: RuleBroken `logo_too_big`, `logo_unreadable`.
    """
    most = current_app.config["UPLOAD_MAX_MB"]
    if len(picture) > most * BYTES_PER_MB:
        written = -(-len(picture) // BYTES_PER_MB)
        raise RuleBroken("logo_too_big", field="logo", most=most, written=written)
    try:
        small = pictures.logo(picture)
    except pictures.UnreadablePicture as problem:
        raise RuleBroken("logo_unreadable", field="logo") from problem
    name = f"{organisation.id}-{hashlib.sha256(small).hexdigest()[:20]}.png"
    folder = Path(current_app.config["UPLOAD_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(small)
    organisation.logo, organisation.updated_at = name, clock.now()
    remember(by, "organisation.logo_set", organisation)


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
    db.session.flush()
    organisation.updated_at = clock.now()
    _index(organisation)
    remember(by, verb, organisation, **facts)


def _write(organisation: Organisation, facts: dict[str, Any]) -> None:
    """Check each fact and keep it; the department follows from the post code unless it is given."""
    for name, value in facts.items():
        if name not in _UNSAID and name != "name":
            raise TypeError(f"a listing has no {name}")
        setattr(organisation, name, _checked(name, value))
    if facts.get("post_code") and not facts.get("department"):
        organisation.department = department_of(organisation.post_code)
    if organisation.role == Role.BUYER and organisation.buyer_kind is None:
        organisation.buyer_kind = BuyerKind.PUBLIC


def _checked(name: str, value: Any) -> Any:
    if name == "name":
        return require_name(value)
    if name == "website":
        value = website_of(value or "")
    if name == "headcount":
        return require_headcount(value)
    if name in _TEXTS:
        return require_length((value or "").strip(), field=name, most=_LENGTHS.get(name, 200))
    return value


def _index(organisation: Organisation) -> None:
    """Write what the search box looks in: numbers, names, place, trades, offers."""
    trades = [activity.sector for activity in companies.activities(organisation)]
    said = [
        organisation.siret or organisation.vat_number or "",
        organisation.name,
        organisation.brand,
        organisation.city,
        *(word for trade in trades for word in (trade.name_fr, trade.name_en)),
        *(word for trade in trades for word in (trade.group.name_fr, trade.group.name_en)),
        *(offer.name for offer in companies.offers(organisation)),
    ]
    organisation.search = folded(" ".join(dict.fromkeys(said)))
