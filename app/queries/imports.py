# SPDX-License-Identifier: EUPL-1.2
"""Imports of the directory: those of a team, and what the lines of a table would do."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.imports import DirectoryImport as DirectoryImport
from app.rules.columns import Column
from app.rules.companies import Role
from app.rules.errors import NotFound, RuleBroken
from app.rules.imports import SOURCE, Fate, Line, changes, turned_down
from app.rules.imports import Rejected as Rejected

MOST_AT_ONCE = 400


def by_id(import_id: int) -> DirectoryImport:
    """The import of this number, as it stands now. Errors: NotFound."""
    found = db.session.get(DirectoryImport, import_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def latest(edition: Edition, most: int = 10) -> list[DirectoryImport]:
    """What the team of this edition imported, the latest first."""
    theirs = select(DirectoryImport).where(DirectoryImport.organiser_id == edition.organiser_id)
    return list(db.session.scalars(theirs.order_by(DirectoryImport.id.desc()).limit(most)))


def rejected_of(an_import: DirectoryImport) -> list[Rejected]:
    """The cells for which lines were turned down, in the order of the file."""
    return [
        Rejected(**{**fault, "column": Column(fault["column"])}) for fault in an_import.rejected
    ]


def listed(lines: Sequence[Line]) -> dict[str, Organisation]:
    """SIRET or VAT number → the organisation that the directory has under it."""
    found: dict[str, Organisation] = {}
    for part in _parts([line.identity for line in lines]):
        there = or_(Organisation.siret.in_(part), Organisation.vat_number.in_(part))
        for organisation in db.session.scalars(select(Organisation).where(there)):
            found[organisation.siret or ""] = found[organisation.vat_number or ""] = organisation
    return found


def listings(role: Role) -> list[Organisation]:
    """What imports brought to one bank of the directory, in the order in which it came."""
    brought = select(Organisation).where(
        Organisation.role == role, Organisation.source.startswith(SOURCE)
    )
    return list(db.session.scalars(brought.order_by(Organisation.id)))


def _parts(numbers: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(numbers), MOST_AT_ONCE):
        yield numbers[start : start + MOST_AT_ONCE]


def fate_of(line: Line, organisation: Organisation | None, role: Role) -> Fate | Rejected:
    """What a line would do, or why it cannot: a company is not a buyer."""
    if organisation is None:
        return Fate.NEW
    if organisation.role != role:
        stranger = RuleBroken("import_other_bank", name=organisation.display_name)
        return turned_down(line.number, Column.SIRET, line.identity, stranger)
    if organisation.claimed_at is not None:
        return Fate.CLAIMED
    return Fate.CHANGED if changed_by(line, organisation) else Fate.SAME


def changed_by(line: Line, organisation: Organisation) -> dict[str, Any]:
    """Attribute → new value: what a line changes in a listing, which may be nothing."""
    return changes(
        {name: value for name, value in line.facts.items() if name not in ("siret", "vat_number")},
        {name: getattr(organisation, name) for name in line.facts},
        claimed=organisation.claimed_at is not None,
        imported=organisation.source.startswith(SOURCE),
    )
