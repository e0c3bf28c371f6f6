# SPDX-License-Identifier: EUPL-1.2
"""The search over the directory: some light queries, then the pure rules of `rules.directory`."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select

from app.models.base import db
from app.models.companies import Activity, Organisation, Sector, SectorGroup
from app.models.editions import Edition
from app.models.registrations import Registration
from app.queries import registrations
from app.rules.companies import Role
from app.rules.directory import Entry, Facets, Trade, Wanted, facets_of, places_of
from app.rules.registrations import RegistrationState
from app.rules.search import folded, words_of
from app.rules.territories import reached

PAGE_SIZE = 12


@dataclass(frozen=True)
class Page:
    """Some listings of a search, best first, and the counts beside its filters."""

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


def coming(edition: Edition, organisations: Collection[Organisation]) -> dict[int, Registration]:
    """organisation id → its approved registration at this edition, for those that have one."""
    found = select(Registration).where(
        Registration.edition_id == edition.id,
        Registration.state == RegistrationState.APPROVED,
        Registration.organisation_id.in_([organisation.id for organisation in organisations]),
    )
    return {
        registration.organisation_id: registration for registration in db.session.scalars(found)
    }


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
    first: Edition | None = None,
    page: int = 1,
) -> Page:
    """The listings that answer, best first, with the counts beside the filters; a few queries.

    text: words of name, trade or place, or a number. sector: slugs of sectors or families.
    department: code of a department or region that is served. edition: only those who come;
    first: those who come stand before the others.
    """
    wanted = Wanted(places_of(department), _several(kind), _several(sector), _several(presta_type))
    entries = _entries(_where(text, role, edition), wanted)
    coming = _coming_numbers(first, role)
    answering = sorted(
        filter(wanted.matches, entries), key=lambda entry: _rank(entry, text, coming)
    )
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


def _coming_numbers(edition: Edition | None, role: Role) -> Collection[int]:
    return registrations.approved_numbers(edition, role) if edition else ()


def _rank(entry: Entry, text: str, coming: Collection[int]) -> tuple[bool, bool, str, int]:
    """Those whose name holds the words, then those who come to the fair, then by name."""
    named = all(word in entry.title for word in words_of(text))
    return not named, entry.id not in coming, entry.title, entry.id


def _in_order(shown: list[int]) -> list[Organisation]:
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(shown)))
    return sorted(found, key=lambda organisation: shown.index(organisation.id))


def _several(values: str | Collection[str] | None) -> frozenset[str]:
    if values is None:
        return frozenset()
    return frozenset({values}) if isinstance(values, str) else frozenset(values)
