# SPDX-License-Identifier: EUPL-1.2
"""The directory: one listing, its trades and people, and the search over all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.models.accounts import User
from app.models.base import db
from app.models.companies import Activity as Activity
from app.models.companies import Membership as Membership
from app.models.companies import Offer as Offer
from app.models.companies import Organisation as Organisation
from app.models.companies import Sector as Sector
from app.models.companies import SectorGroup as SectorGroup
from app.models.editions import Edition
from app.models.registrations import Registration
from app.rules.companies import MembershipState, Role
from app.rules.directory import Entry, Facets, Trade, Wanted, facets_of, places_of
from app.rules.errors import NotFound
from app.rules.registrations import RegistrationState
from app.rules.search import folded, words_of
from app.rules.territories import reached

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page:
    """Twenty listings of a search, best first, and the counts beside its filters."""

    found: list[Organisation]
    total: int
    number: int = 1
    facets: Facets = field(default_factory=Facets)

    @property
    def first(self) -> int:
        """The rank of its first listing, counted from 1."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.found) - 1

    @property
    def following(self) -> int:
        """How many listings the next page has."""
        return max(0, min(PAGE_SIZE, self.total - self.last))


def by_id(organisation_id: int) -> Organisation:
    """The organisation of this number. Errors: NotFound."""
    return _found(Organisation, organisation_id)


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
    return _found(Activity, activity_id)


def offer_by_id(offer_id: int) -> Offer:
    """The offer of this number. Errors: NotFound."""
    return _found(Offer, offer_id)


def sector_by_id(sector_id: int) -> Sector:
    """The sector of this number. Errors: NotFound."""
    return _found(Sector, sector_id)


def membership_by_id(membership_id: int) -> Membership:
    """The claim, or place, of this number. Errors: NotFound."""
    return _found(Membership, membership_id)


def activities(organisation: Organisation) -> list[Activity]:
    """What it does, in the order it said so."""
    return activities_of([organisation]).get(organisation.id, [])


def activities_of(organisations: Iterable[Organisation]) -> dict[int, list[Activity]]:
    """organisation id → what it does."""
    found = select(Activity).where(Activity.organisation_id.in_(_ids(organisations)))
    return _by_organisation(db.session.scalars(found.order_by(Activity.id)))


def offers(organisation: Organisation) -> list[Offer]:
    """What it sells, in its own words."""
    return offers_of([organisation]).get(organisation.id, [])


def offers_of(organisations: Iterable[Organisation]) -> dict[int, list[Offer]]:
    """organisation id → what it sells, in its own words."""
    found = select(Offer).where(Offer.organisation_id.in_(_ids(organisations)))
    return _by_organisation(db.session.scalars(found.order_by(Offer.id)))


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


def memberships(user: User, state: MembershipState | None = None) -> list[Membership]:
    """The organisations this person speaks for, or waits to."""
    found = select(Membership).where(Membership.user_id == user.id)
    if state is not None:
        found = found.where(Membership.state == state)
    joined = found.options(joinedload(Membership.organisation), joinedload(Membership.user))
    return list(db.session.scalars(joined.order_by(Membership.asked_at, Membership.id)))


def count(role: Role, *, edition: Edition | None = None) -> int:
    """How many companies, or buyers, are listed, or come to this edition."""
    where = _where("", role, edition)
    return db.session.scalar(select(func.count(Organisation.id)).where(*where)) or 0


def search(
    text: str = "",
    *,
    role: Role,
    sector: str | Collection[str] | None = None,
    department: str | None = None,
    kind: str | Collection[str] | None = None,
    presta_type: str | Collection[str] | None = None,
    edition: Edition | None = None,
    page: int = 1,
) -> Page:
    """The listings that answer, best first, with the counts beside the filters; a few queries.

    text: words of name, trade or place, or a number. sector: slugs of sectors or families.
    department: code of a department or region that is served. edition: only those who come.
    """
    wanted = Wanted(places_of(department), _several(kind), _several(sector), _several(presta_type))
    entries = _entries(_where(text, role, edition), wanted)
    answering = sorted(filter(wanted.matches, entries), key=lambda entry: _rank(entry, text))
    number = max(1, min(page, -(-len(answering) // PAGE_SIZE)))
    shown = [entry.id for entry in answering[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]]
    return Page(_in_order(shown), len(answering), number, facets_of(entries, wanted))


def _where(text: str, role: Role, edition: Edition | None) -> list[ColumnElement[bool]]:
    """role: the bank; text: each of its words; edition: those whose registration was approved."""
    conditions: list[ColumnElement[bool]] = [Organisation.role == role]
    conditions += [Organisation.search.contains(word) for word in words_of(text)]
    if edition is not None:
        coming = select(Registration.organisation_id).where(
            Registration.edition_id == edition.id,
            Registration.state == RegistrationState.APPROVED,
        )
        conditions.append(Organisation.id.in_(coming))
    return conditions


def _entries(where: list[ColumnElement[bool]], wanted: Wanted) -> list[Entry]:
    """Two light queries, whatever the number of listings: these, and their activities."""
    listed = db.session.execute(
        select(
            Organisation.id, Organisation.name, Organisation.brand, Organisation.company_kind,
            Organisation.buyer_kind, Organisation.department,
        ).where(*where)
    )  # fmt: skip
    trades = _trades(where)
    return [
        Entry(
            row.id,
            folded(row.brand or row.name),
            (row.company_kind or row.buyer_kind or ""),
            tuple(trades[row.id]) or (Trade(served=frozenset({row.department})),),
        )
        for row in listed
    ]


def _trades(where: list[ColumnElement[bool]]) -> dict[int, list[Trade]]:
    rows = db.session.execute(
        select(
            Organisation.id, Organisation.department, Organisation.lat, Organisation.lon,
            Activity.presta_types, Activity.geo_range, Activity.zones, Activity.distance_km,
            Sector.slug, SectorGroup.slug.label("family"),
        )
        .join(Activity, Activity.organisation_id == Organisation.id)
        .join(Sector, Sector.id == Activity.sector_id)
        .join(SectorGroup, SectorGroup.id == Sector.group_id)
        .where(*where)
    )  # fmt: skip
    trades: dict[int, list[Trade]] = defaultdict(list)
    for row in rows:
        served = reached(
            row.geo_range,
            zones=row.zones,
            km=row.distance_km,
            seat=None if row.lat is None else (row.lat, row.lon),
            home=row.department,
        )
        trades[row.id].append(
            Trade(
                frozenset({row.slug, row.family}),
                frozenset(row.presta_types),
                served | {row.department},
            )
        )
    return trades


def _rank(entry: Entry, text: str) -> tuple[bool, str, int]:
    """Those whose name holds the words come first, then by name."""
    named = all(word in entry.title for word in words_of(text))
    return not named, entry.title, entry.id


def _in_order(shown: list[int]) -> list[Organisation]:
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(shown)))
    return sorted(found, key=lambda organisation: shown.index(organisation.id))


def _several(values: str | Collection[str] | None) -> frozenset[str]:
    if values is None:
        return frozenset()
    return frozenset({values}) if isinstance(values, str) else frozenset(values)


def _ids(organisations: Iterable[Organisation]) -> list[int]:
    return [organisation.id for organisation in organisations]


def _by_organisation(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return dict(found)


def _found(table: type[Any], row_id: int) -> Any:
    row = db.session.get(table, row_id)
    if row is None:
        raise NotFound
    return row
