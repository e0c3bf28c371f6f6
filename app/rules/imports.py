# SPDX-License-Identifier: EUPL-1.2
"""An import, from the first look to the report: its states, and what its lines may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.rules import authorship
from app.rules.columns import Column
from app.rules.companies import HANDICAP, INTEGRATION, BuyerKind, CompanyKind
from app.rules.errors import RuleBroken
from app.rules.jobs import JobState
from app.rules.sheets import Cells

AT_ONCE = 200
BYTES_PER_MB = 1024**2
SOURCE = "import"
STOPPED = frozenset({JobState.CANCELLED, JobState.FAILED, JobState.LOST})
LONGEST = 200
LOOKED_AT_ONCE = 1_000_000
# What nobody but the list of these structures says better: a family never replaces them.
INCLUSIVE = HANDICAP | INTEGRATION | {CompanyKind.GEIQ, CompanyKind.SEP}


class ImportState(StrEnum):
    """Brought, read, looked at, confirmed by somebody, carried out, or put aside.

    A table whose columns nobody recognises stays brought until somebody says them.
    """

    BROUGHT = "brought"
    READING = "reading"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    DONE = "done"
    DISCARDED = "discarded"


class Holds(StrEnum):
    """What a table holds: organisations of the directory, or public contracts of its buyers."""

    LISTINGS = "listings"
    CONTRACTS = "contracts"


class Fate(StrEnum):
    """What a good line does: add a listing, renew one, change nothing, or give way.

    Kept: it differs only where somebody typed something, from a listing that its people claimed,
    or from what another list said first.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"


@dataclass(frozen=True)
class Usual:
    """What counts where a table says nothing: the kind of its organisations, a label of all."""

    buyer_kind: BuyerKind | None = None
    company_kind: CompanyKind | None = None
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A line that may enter the directory.

    facts: attribute of the organisation → value. labels: slugs of labels that it holds.
    """

    number: int
    facts: Mapping[str, Any]
    labels: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What tells this organisation from all others: its SIRET, else its VAT number."""
        return str(self.facts["siret"] or self.facts["vat_number"])


@dataclass(frozen=True)
class Rejected:
    """A cell for which a line is turned down. key, facts: as in `RuleBroken`."""

    number: int
    column: Column
    value: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def turned_down(number: int, column: Column, value: str, fault: RuleBroken) -> Rejected:
    """A cell turned down by a rule, as it is kept in the report."""
    plain = {
        name: fact if isinstance(fact, int) else str(fact) for name, fact in fault.facts.items()
    }
    return Rejected(number, column, value[:LONGEST], fault.key, plain)


@dataclass(frozen=True)
class TurnedDown:
    """A line that may not enter, each of its faults, and the line as it was written."""

    number: int
    faults: tuple[Rejected, ...]
    cells: Cells = ()


@dataclass(frozen=True)
class Differences:
    """What a line changes in a listing, and the fields that it leaves as people said them."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    @property
    def fate(self) -> Fate:
        if self.changes:
            return Fate.CHANGED
        return Fate.KEPT if self.kept else Fate.SAME


def differences(
    facts: Mapping[str, Any],
    listed: Mapping[str, Any],
    *,
    authors: authorship.Authors,
    claimed: bool,
    imported: bool,
    source: str = SOURCE,
) -> Differences:
    """What a line may change in a listing: never what somebody typed, and never to nothing.

    It fills what is empty, and renews what its own list said, or nobody in particular; two lists
    that disagree do not take turns. What people claimed they vouch for: it is only completed.
    imported: whether the listing, before authors were kept, came from a list.
    """
    new: dict[str, Any] = {}
    kept = []
    for name, value in facts.items():
        there = listed[name]
        if value in (None, "") or value == there or _is_vaguer(name, value, there):
            continue
        author = authorship.author_of(authors, name) or (SOURCE if imported else authorship.TYPED)
        may_renew = _is_weaker(author, source) or _is_vaguer(name, there, value)
        if authorship.is_typed(authors, name) or (there and (claimed or not may_renew)):
            kept.append(name)
        else:
            new[name] = value
    return Differences(new, tuple(kept))


def _is_weaker(author: str, source: str) -> bool:
    """Whether this list may renew what that author said: itself, a list without a name, no list."""
    return author != authorship.TYPED and (
        author in (source, SOURCE) or not author.startswith(SOURCE)
    )


def _is_vaguer(name: str, value: Any, there: Any) -> bool:
    """An association may well be a work-integration workshop: the list of families knows less."""
    return name == "company_kind" and there in INCLUSIVE and value not in INCLUSIVE


def require_size(content: bytes, *, most: int) -> None:
    """Errors: RuleBroken `sheet_too_big` for a file of more than `most` megabytes."""
    if len(content) > most * BYTES_PER_MB:
        written = -(-len(content) // BYTES_PER_MB)
        raise RuleBroken("sheet_too_big", field="file", most=most, written=written)


def require_import(state: ImportState, job: JobState | None) -> None:
    """Only what waits for an answer, or was stopped on its way, may be confirmed or put aside.

    Errors: RuleBroken `import_step`.
    """
    stopped = state == ImportState.CONFIRMED and job in STOPPED
    if state != ImportState.CHECKED and not stopped:
        raise RuleBroken("import_step", state=state)


def require_open(state: ImportState, job: JobState | None) -> None:
    """Columns may be said again, and a table put aside, until somebody confirmed it.

    Errors: RuleBroken `import_step`.
    """
    stopped = state in (ImportState.CONFIRMED, ImportState.READING) and job in STOPPED
    if state not in (ImportState.BROUGHT, ImportState.CHECKED) and not stopped:
        raise RuleBroken("import_step", state=state)
