# SPDX-License-Identifier: EUPL-1.2
"""A table of organisations is looked over and let in, a few hundred lines at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import insert

from app.actions import companies, facts, faults
from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.imports import DirectoryImport
from app.models.listings import OrganisationLabel
from app.queries import imports, listings
from app.rules.columns import Column
from app.rules.errors import RuleBroken
from app.rules.imports import Differences, Fate, Line, Rejected, TurnedDown, Usual, turned_down
from app.rules.listing_lines import lines_in
from app.rules.outlines import places_of, table_of

MOST_SAMPLES = 6
COLUMN_OF = {column.value: column for column in Column}


@dataclass
class Tally:
    """What the lines looked over so far would do; samples: a few of each fate that matters."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(map(str, Fate), 0))
    samples: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, line: Line, fate: Fate, organisation: Organisation | None, found: Differences
    ) -> None:
        self.counts[fate] += 1
        if fate == Fate.SAME or sum(one["fate"] == fate for one in self.samples) >= MOST_SAMPLES:
            return
        self.samples.append(
            {
                "number": line.number,
                "name": organisation.display_name if organisation else line.facts["name"],
                "fate": fate.value,
                "changes": {
                    name: [_plain(getattr(organisation, name, None)), _plain(value)]
                    for name, value in (found.changes if organisation else _told(line)).items()
                },
                "kept": {
                    name: [_plain(getattr(organisation, name, None)), _plain(line.facts[name])]
                    for name in found.kept
                },
            }
        )


def _told(line: Line) -> dict[str, Any]:
    """What a new listing would say, besides its name."""
    said = {**line.facts, imports.LABELS: list(line.labels)}
    return {name: value for name, value in said.items() if value and name != "name"}


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else value.value if isinstance(value, StrEnum) else str(value)[:80]


def lines_of(an_import: DirectoryImport) -> Iterator[Line | TurnedDown]:
    """The lines of the table, read from the file one by one."""
    sheet = table_of(an_import.content, an_import.file_name, an_import.role)
    usual = Usual(an_import.usual_kind, an_import.usual_company_kind, an_import.label)
    return lines_in(sheet, places_of(an_import.columns), an_import.role, usual)


def good_lines_of(an_import: DirectoryImport) -> Iterator[Line]:
    """Those that may enter the directory."""
    return (line for line in lines_of(an_import) if isinstance(line, Line))


@action
def look_over(an_import: DirectoryImport, part: Sequence[Line | TurnedDown], tally: Tally) -> None:
    """Count what these lines would do, and keep those turned down; the directory stays as it is."""
    bad = [line for line in part if isinstance(line, TurnedDown)]
    good = [line for line in part if isinstance(line, Line)]
    for line, organisation, found in _compared(an_import, good):
        if isinstance(found, Rejected):
            bad.append(TurnedDown(line.number, (found,)))
        else:
            tally.add(line, found.fate if organisation else Fate.NEW, organisation, found)
    faults.keep(an_import, sorted(bad, key=lambda line: line.number))


@action
def carry_out(an_import: DirectoryImport, lines: Sequence[Line], *, by: User | None) -> None:
    """Let these lines into the directory; carrying them out twice changes nothing more.

    A line that the directory refuses after all is added to the report.
    """
    new, changed, refused = [], [], []
    labels: dict[int, tuple[Organisation, Collection[str]]] = {}
    for line, organisation, found in _compared(an_import, lines):
        if isinstance(found, Rejected):
            refused.append(TurnedDown(line.number, (found,)))
        elif organisation is None:
            new.append(line)
        elif found.changes:
            changes = dict(found.changes)
            labels[organisation.id] = organisation, changes.pop(imports.LABELS, ())
            changed.append((organisation, changes))
    companies.describe_all(changed, by=by, source=an_import.source)
    for line, organisation in zip(new, _listed(an_import, new, by, refused), strict=True):
        if organisation is not None:
            labels[organisation.id] = organisation, line.labels
    _hold(an_import, [one for one in labels.values() if one[1]])
    faults.keep(an_import, refused)
    an_import.done += len(lines)


def _compared(
    an_import: DirectoryImport, lines: Sequence[Line]
) -> Iterator[tuple[Line, Organisation | None, Differences | Rejected]]:
    """Each line beside the listing that it is about, and what it would change there."""
    known = imports.listed(lines)
    held = imports.labels_held({one.id: one for one in known.values()}.values())
    nowhere = {slug for line in lines for slug in line.labels} - {
        label.slug for label in listings.labels()
    }
    for line in lines:
        organisation = known.get(line.identity)
        other = known.get(line.facts["vat_number"] or "")
        if organisation is None and other is not None:
            taken = RuleBroken("siret_taken", name=other.display_name)
            yield line, None, turned_down(line.number, Column.VAT, line.identity, taken)
        elif organisation is None:
            yield line, None, Differences()
        else:
            labels = held.get(organisation.id, set()) | nowhere
            found = imports.differences_of(line, organisation, an_import, labels)
            yield line, organisation, found


def _listed(
    an_import: DirectoryImport, new: Sequence[Line], by: User | None, refused: list[TurnedDown]
) -> list[Organisation | None]:
    """The new listings, None where the directory refuses one after all."""

    def listed(lines: Sequence[Line]) -> list[Organisation]:
        told = [line.facts for line in lines]
        return companies.list_all(told, role=an_import.role, by=by, source=an_import.source)

    try:
        return [*listed(new)] if new else []
    except RuleBroken:
        found: list[Organisation | None] = []
    for line in new:
        try:
            found += listed([line])
        except RuleBroken as fault:
            column = COLUMN_OF.get(fault.field or "", Column.NAME)
            told = turned_down(line.number, column, line.identity, fault)
            refused.append(TurnedDown(line.number, (told,)))
            found.append(None)
    return found


def _hold(
    an_import: DirectoryImport, found: Sequence[tuple[Organisation, Collection[str]]]
) -> None:
    """The labels that the list says, and the words by which they are found."""
    ids: Mapping[str, int] = {label.slug: label.id for label in listings.labels()} if found else {}
    rows = [
        {
            "organisation_id": organisation.id,
            "label_id": ids[slug],
            "proof_file": None,
            "proof_link": "",
            "expires_on": None,
            "source": an_import.source,
            "added_at": clock.now(),
        }
        for organisation, slugs in found
        for slug in slugs
        if slug in ids
    ]
    if rows:
        db.session.execute(insert(OrganisationLabel), rows)
        facts.index_all([organisation for organisation, _ in found])
