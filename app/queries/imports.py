# SPDX-License-Identifier: EUPL-1.2
"""Imports of the directory: those of a team, and what the lines of a table would do."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Select, func, or_, select

from app.models import clock
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.imports import DirectoryImport as DirectoryImport
from app.models.imports import ImportFault as ImportFault
from app.models.imports import ImportProfile as ImportProfile
from app.queries.listings import labels_of
from app.rules.columns import Column
from app.rules.companies import Role
from app.rules.errors import NotFound, RuleBroken
from app.rules.imports import (
    SOURCE,
    Differences,
    Holds,
    Line,
    Rejected,
    differences,
    turned_down,
)

T = TypeVar("T")
MOST_AT_ONCE = 400
NUMBERS = ("siret", "vat_number")
LABELS = "labels"
A_YEAR = timedelta(days=366)


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


def profile(organiser_id: int, holds_what: str, fingerprint: str) -> ImportProfile | None:
    """What this team said the columns of such a file hold."""
    found = select(ImportProfile).where(
        ImportProfile.organiser_id == organiser_id,
        ImportProfile.holds_what == holds_what,
        ImportProfile.fingerprint == fingerprint,
    )
    return db.session.scalar(found)


def source_names(organiser_id: int) -> list[str]:
    """What this team called its lists in the last year, to be proposed again."""
    recent = select(DirectoryImport.source).where(
        DirectoryImport.organiser_id == organiser_id,
        DirectoryImport.created_at > clock.now() - A_YEAR,
        DirectoryImport.holds == Holds.LISTINGS,
    )
    found = db.session.scalars(recent.distinct().order_by(DirectoryImport.source))
    return [name for one in found if (name := one.partition(":")[2].strip())]


def rejected_of(an_import: DirectoryImport, most: int | None = None) -> list[ImportFault]:
    """The cells for which lines were turned down, in the order of the file."""
    found = _faults(an_import).order_by(ImportFault.number, ImportFault.id)
    return list(db.session.scalars(found.limit(most) if most else found))


def count_rejected(an_import: DirectoryImport) -> int:
    """How many cells were turned down; a line may have several."""
    found = _faults(an_import).with_only_columns(func.count())
    return db.session.scalar(found) or 0


def _faults(an_import: DirectoryImport) -> Select[ImportFault]:
    return select(ImportFault).where(ImportFault.import_id == an_import.id)


def listed(lines: Sequence[Line]) -> dict[str, Organisation]:
    """SIRET or VAT number → the organisation that the directory has under it."""
    found: dict[str, Organisation] = {}
    said = (line.facts[name] for line in lines for name in NUMBERS)
    for part in parts(filter(None, said), MOST_AT_ONCE):
        there = or_(Organisation.siret.in_(part), Organisation.vat_number.in_(part))
        for organisation in db.session.scalars(select(Organisation).where(there)):
            for number in filter(None, (organisation.siret, organisation.vat_number)):
                found[number] = organisation
    return found


def labels_held(organisations: Collection[Organisation]) -> dict[int, set[str]]:
    """organisation id → the slugs of the labels it holds, valid or not."""
    held: dict[int, set[str]] = {}
    for part in parts(organisations, MOST_AT_ONCE):
        for organisation_id, labels in labels_of(part).items():
            held[organisation_id] = {one.label.slug for one in labels}
    return held


def listings(role: Role) -> list[Organisation]:
    """What imports brought to one bank of the directory, in the order in which it came."""
    brought = select(Organisation).where(
        Organisation.role == role, Organisation.source.startswith(SOURCE)
    )
    return list(db.session.scalars(brought.order_by(Organisation.id)))


def parts(found: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same things in their order, so many at once."""
    part: list[T] = []
    for one in found:
        part.append(one)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def differences_of(
    line: Line, organisation: Organisation, an_import: DirectoryImport, held: Collection[str] = ()
) -> Differences | Rejected:
    """What a line would change in a listing, or why it cannot: a company is not a buyer.

    held: the labels that the listing holds; a new one is told among the changes as `labels`.
    """
    if organisation.role != an_import.role:
        stranger = RuleBroken("import_other_bank", name=organisation.display_name)
        return turned_down(line.number, Column.SIRET, line.identity, stranger)
    facts = {name: value for name, value in line.facts.items() if name not in NUMBERS}
    found = differences(
        facts,
        {name: getattr(organisation, name) for name in facts},
        authors=organisation.authors,
        claimed=organisation.claimed_at is not None,
        imported=organisation.source.startswith(SOURCE),
        source=an_import.source,
    )
    new = [label for label in line.labels if label not in held]
    return Differences({**found.changes, LABELS: new}, found.kept) if new else found
