# SPDX-License-Identifier: EUPL-1.2
"""Communes: looked for by name or post code, and those where organisations have their seats."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from sqlalchemy import func, or_, select

from app.models.base import db
from app.models.communes import Commune as Commune
from app.models.communes import Epci as Epci
from app.models.companies import Organisation
from app.queries.imports import parts
from app.rules import authorship
from app.rules.communes import SOURCE, same_name
from app.rules.search import folded

MOST_AT_ONCE = 400

Place = tuple[str, str]


def by_insee_code(code: str) -> Commune | None:
    """The commune of this official code."""
    return db.session.scalar(select(Commune).where(Commune.insee_code == code))


def count() -> int:
    """How many communes are known."""
    return db.session.scalar(select(func.count()).select_from(Commune)) or 0


def found(text: str, most: int = 8) -> list[Commune]:
    """The communes whose name begins so, or that have this post code, the largest first."""
    said = folded(text)
    if len(said) < 2:
        return []
    if said.isdigit():
        listed = select(Commune).where(Commune.department.in_(_departments(said)))
        there = [one for one in db.session.scalars(listed) if _has(one, said)]
        return sorted(there, key=lambda one: -one.population)[:most]
    begins = select(Commune).where(Commune.folded.startswith(said, autoescape=True))
    return list(db.session.scalars(begins.order_by(Commune.population.desc()).limit(most)))


def _departments(post_code: str) -> list[str]:
    """Those of a post code, or of its beginning: « 20 » is of both halves of Corsica."""
    if post_code.startswith("20"):
        return ["2A", "2B"]
    return [post_code[:3] if post_code.startswith(("97", "98")) else post_code[:2]]


def _has(commune: Commune, start: str) -> bool:
    return any(code.startswith(start) for code in commune.post_codes)


def of_seats(organisations: Sequence[Organisation]) -> dict[int, Commune]:
    """organisation id → the commune of its seat: of its town hall, else by name and post code."""
    names = {same_name(one.city) for one in organisations if one.city}
    sirens = {(one.siret or "")[:9] for one in organisations if one.siret}
    known: dict[int, Commune] = {}
    for part in parts(sorted(names | sirens), MOST_AT_ONCE):
        where = or_(Commune.folded.in_(part), Commune.siren.in_(part))
        known.update({one.id: one for one in db.session.scalars(select(Commune).where(where))})
    of_siren = {one.siren: one for one in known.values() if one.siren}
    of_name: dict[str, list[Commune]] = defaultdict(list)
    for one in known.values():
        of_name[one.folded].append(one)
    seats = ((one, _seat(one, of_siren, of_name)) for one in organisations)
    return {one.id: commune for one, commune in seats if commune}


def _seat(
    one: Organisation, of_siren: dict[str, Commune], of_name: dict[str, list[Commune]]
) -> Commune | None:
    """Two communes of one name in a department: nobody can tell which, without the post code.

    A district of Paris, Lyon or Marseille has one post code, and is nearer than its city.
    """
    candidates = of_name.get(same_name(one.city), []) if one.city else []
    if one.post_code:
        candidates = [commune for commune in candidates if one.post_code in commune.post_codes]
    elif one.department:
        candidates = [commune for commune in candidates if commune.department == one.department]
    candidates.sort(key=lambda commune: len(commune.post_codes))
    if len(candidates) == 1 or (one.post_code and len(candidates) == 2):
        return candidates[0]
    return None if one.city else of_siren.get((one.siret or "")[:9])


def incomplete(
    after: int, *, since: datetime | None = None, most: int = MOST_AT_ONCE
) -> list[Organisation]:
    """French organisations that lack a place or a point on the map, by number, from there on.

    since: only those that changed from then on.
    """
    lacking = or_(Organisation.lat.is_(None), Organisation.city == "", Organisation.post_code == "")
    listed = select(Organisation).where(
        Organisation.id > after, lacking, Organisation.siret.is_not(None)
    )
    if since is not None:
        listed = listed.where(Organisation.updated_at >= since)
    return list(db.session.scalars(listed.order_by(Organisation.id).limit(most)))


def again(organisations: Sequence[Organisation]) -> list[Organisation]:
    """The same organisations, as they stand in this transaction."""
    ids = [one.id for one in organisations]
    listed = select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.id)
    return list(db.session.scalars(listed.execution_options(populate_existing=True)))


def points() -> dict[Place, tuple[float, float]]:
    """(post code, name of a commune) → the middle of the seats that are known there, in degrees.

    What was itself taken from a commune does not count.
    """
    seats: dict[Place, list[tuple[float, float]]] = defaultdict(list)
    told = (Organisation.post_code, Organisation.city, Organisation.lat, Organisation.lon)
    listed = select(*told, Organisation.authors).where(
        Organisation.lat.is_not(None), Organisation.city != "", ~Organisation.is_demonstration
    )
    for post_code, city, lat, lon, authors in db.session.execute(listed):
        if lat is not None and lon is not None and authorship.author_of(authors, "lat") != SOURCE:
            seats[post_code, same_name(city)].append((lat, lon))
    return {place: _middle(there) for place, there in seats.items()}


def _middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    lats, lons = zip(*points, strict=True)
    return round(median(lats), 6), round(median(lons), 6)


def without_a_point(folded_names: Iterable[str]) -> list[Commune]:
    """The communes of these names that have no point on the map yet."""
    there: list[Commune] = []
    for part in parts(sorted(set(folded_names)), MOST_AT_ONCE):
        where = select(Commune).where(Commune.folded.in_(part), Commune.lat.is_(None))
        there += db.session.scalars(where)
    return there
