# SPDX-License-Identifier: EUPL-1.2
"""The official geography is loaded from its files, as often as one likes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from app.actions.base import action
from app.models.base import db
from app.models.communes import Commune, Epci
from app.queries.imports import parts
from app.rules.communes import (
    COMMUNES,
    EPCIS,
    KEYS,
    CommuneLine,
    commune_of,
    epci_of,
    is_title,
    places_in,
    same_name,
)
from app.rules.errors import RuleBroken
from app.rules.sheets import sheet_of

MOST_LINES = 60_000
AT_ONCE = 1000


@dataclass(frozen=True)
class Loaded:
    """How many rows came in, changed, were there already, or were turned down (number, fault)."""

    added: int
    changed: int
    same: int
    rejected: tuple[tuple[int, RuleBroken], ...] = ()

    @property
    def total(self) -> int:
        return self.added + self.changed + self.same + len(self.rejected)


@action
def load(content: bytes, name: str, *, keep: bool = True) -> Loaded:
    """Add the communes of this file, and correct those that are there; none is ever taken away.

    A point that the file does not tell is kept. keep: false only to say what it would do.
    Errors: RuleBroken `sheet_…`, `communes_columns`.
    """
    told = _compared(content, name, Commune, COMMUNES, lambda row: _row(commune_of(row)))
    return _kept(told, Commune, keep)


@action
def load_epcis(content: bytes, name: str, *, keep: bool = True) -> Loaded:
    """The same for the groupings of communes."""
    told = _compared(content, name, Epci, EPCIS, lambda row: vars(epci_of(row)))
    return _kept(told, Epci, keep)


def _row(line: CommuneLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    told = {**vars(line), "folded": same_name(line.name), "post_codes": list(line.post_codes)}
    if line.lat is None or line.lon is None:
        del told["lat"], told["lon"]
    return told


@dataclass
class _Compared:
    """The rows of a file beside those of a table; new and changed ones have every column."""

    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0
    rejected: list[tuple[int, RuleBroken]] = field(default_factory=list)


def _compared(
    content: bytes,
    name: str,
    table: type[Any],
    names: Mapping[str, set[str]],
    read: Callable[[dict[str, str]], dict[str, Any] | None],
) -> _Compared:
    sheet = sheet_of(content, name, most=MOST_LINES, is_title=lambda word: is_title(word, names))
    places = places_in(sheet.header, names)
    key = next(fact for fact in KEYS if fact in names)
    known = {getattr(one, key): one for one in db.session.scalars(select(table))}
    facts = [column.key for column in table.__table__.columns if column.key != "id"]
    found = _Compared()
    for number, cells in sheet.lines:
        try:
            told = read({fact: cells[at] for fact, at in places.items() if at < len(cells)})
        except RuleBroken as fault:
            found.rejected.append((number, fault))
            continue
        there = known.get(told[key]) if told else None
        if told is None:
            continue
        if there is None:
            found.new[told[key]] = {fact: told.get(fact) for fact in facts}
        elif any(getattr(there, fact) != value for fact, value in told.items()):
            kept = {fact: getattr(there, fact) for fact in facts}
            found.changed.append({"id": there.id, **kept, **told})
        else:
            found.same += 1
    return found


def _kept(found: _Compared, table: type[Any], keep: bool) -> Loaded:
    for part in parts(found.new.values() if keep else (), AT_ONCE):
        db.session.execute(insert(table), part)
    for part in parts(found.changed if keep else (), AT_ONCE):
        db.session.execute(update(table), part)
    return Loaded(len(found.new), len(found.changed), found.same, tuple(found.rejected))
