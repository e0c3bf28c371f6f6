# SPDX-License-Identifier: EUPL-1.2
"""What a table of organisations must hold, line by line, and what it may change.

Columns are known by their name, in French or English; others are left aside, and said so.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.rules.columns import BUYER_KINDS, KINDS, NAMES, Column
from app.rules.companies import (
    BuyerKind,
    CompanyKind,
    Role,
    require_headcount,
    siret_of,
    vat_of,
    website_of,
)
from app.rules.errors import RuleBroken
from app.rules.jobs import JobState
from app.rules.search import folded
from app.rules.sheets import Sheet
from app.rules.territories import DEPARTMENTS, department_of

AT_ONCE = 200
BYTES_PER_MB = 1024**2
SOURCE = "import"
STOPPED = frozenset({JobState.CANCELLED, JobState.FAILED, JobState.LOST})
LONGEST = 200
LONGEST_PROSE = 4000


class ImportState(StrEnum):
    """Looked at, confirmed by somebody, carried out, or put aside."""

    CHECKED = "checked"
    CONFIRMED = "confirmed"
    DONE = "done"
    DISCARDED = "discarded"


class Holds(StrEnum):
    """What a table holds: organisations of the directory, or public contracts of its buyers."""

    LISTINGS = "listings"
    CONTRACTS = "contracts"


class Fate(StrEnum):
    """What a good line does: add a listing, complete one, change nothing, or respect a claim."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CLAIMED = "claimed"


@dataclass(frozen=True)
class Line:
    """A line that may enter the directory. facts: attribute of the organisation → value."""

    number: int
    facts: Mapping[str, Any]

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
class Reading:
    """What a table holds: good lines, rejected cells, names of columns left aside."""

    lines: tuple[Line, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[str, ...]
    total: int


def reading_of(sheet: Sheet, role: Role, usual_kind: BuyerKind | None = None) -> Reading:
    """Read every line of a table of companies or of buyers.

    usual_kind: the kind of buyers whose kind is not written.
    Errors: RuleBroken `import_columns` when the table lacks a column that no line can do without.
    """
    places = _columns(sheet.header)
    lines: list[Line] = []
    rejected: list[Rejected] = []
    first_seen: dict[str, int] = {}
    for number, cells in sheet.lines:
        written = {
            column: cells[place] if place < len(cells) else "" for column, place in places.items()
        }
        faults: list[Rejected] = []
        line = Line(number, _facts(number, written, role, usual_kind, faults))
        if not faults and first_seen.setdefault(line.identity, number) != number:
            twice = RuleBroken("import_twice", line=first_seen[line.identity])
            faults = [turned_down(number, Column.SIRET, line.identity, twice)]
        rejected += faults
        lines += [] if faults else [line]
    used = set(places.values())
    ignored = tuple(name for at, name in enumerate(sheet.header) if name and at not in used)
    return Reading(tuple(lines), tuple(rejected), ignored, len(sheet.lines))


def _columns(header: Iterable[str]) -> dict[Column, int]:
    """Column → its place in the table; the first of two columns of one name counts."""
    places: dict[Column, int] = {}
    for place, name in enumerate(header):
        for column, names in NAMES.items():
            if folded(name.replace("_", " ")) in names:
                places.setdefault(column, place)
    if Column.NAME not in places:
        raise RuleBroken("import_no_name", field="file", found=_listed(header))
    if Column.SIRET not in places and Column.VAT not in places:
        raise RuleBroken("import_no_siret", field="file", found=_listed(header))
    return places


def _listed(header: Iterable[str]) -> str:
    return ", ".join(name for name in header if name)[:300] or "–"


def _facts(
    number: int,
    written: Mapping[Column, str],
    role: Role,
    usual_kind: BuyerKind | None,
    faults: list[Rejected],
) -> dict[str, Any]:
    """Attribute → value; each cell that cannot be read is added to `faults`."""

    def read(column: Column, rule: Callable[[str], Any]) -> Any:
        try:
            return rule(written.get(column, ""))
        except RuleBroken as fault:
            faults.append(turned_down(number, column, written.get(column, ""), fault))
            return None

    facts: dict[str, Any] = {
        "siret": read(Column.SIRET, lambda text: siret_of(text) if text else None),
        "vat_number": read(Column.VAT, lambda text: vat_of(text) if text else None),
        "name": read(Column.NAME, _name),
        "naf": read(Column.NAF, lambda text: text.replace(".", "").upper()[:8]),
        "post_code": read(Column.POST_CODE, _post_code),
        "lat": read(Column.LAT, lambda text: _degrees(text, 90)),
        "lon": read(Column.LON, lambda text: _degrees(text, 180)),
        "website": read(Column.WEBSITE, lambda text: website_of(_word(text))),
        "description": read(Column.DESCRIPTION, lambda text: _short(text, LONGEST_PROSE)),
    }
    for column in (Column.BRAND, Column.ADDRESS, Column.CITY):
        facts[column.value] = read(column, _word)
    facts["department"] = read(
        Column.DEPARTMENT, lambda text: _department(text) or department_of(facts["post_code"] or "")
    )
    if role == Role.COMPANY:
        facts["company_kind"] = read(Column.KIND, _company_kind)
        facts["headcount"] = read(Column.HEADCOUNT, _headcount)
    else:
        facts["buyer_kind"] = read(Column.KIND, _buyer_kind) or usual_kind
    if not faults and not facts["siret"] and not facts["vat_number"]:
        missing = RuleBroken("import_siret_missing")
        faults.append(turned_down(number, Column.SIRET, "", missing))
    return facts


def _word(text: str) -> str:
    return _short(text, LONGEST)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise RuleBroken("too_long", most=most, written=len(text))
    return text


def _name(text: str) -> str:
    if not text:
        raise RuleBroken("import_name_missing")
    return _word(text)


def _post_code(text: str) -> str:
    """Spreadsheets drop the first zero of « 09500 »."""
    digits = text.replace(" ", "")
    if digits.isdigit() and len(digits) == 4:
        digits = "0" + digits
    if len(digits) > 10:
        raise RuleBroken("import_post_code_wrong")
    return digits


def _department(text: str) -> str:
    """« 34 », « 9 », « 2a », « Hérault »; "" when nothing is written."""
    code = text.strip().upper()
    code = "0" + code if len(code) == 1 and code.isdigit() else code
    if not code or code in DEPARTMENTS:
        return code
    for known, name in DEPARTMENTS.items():
        if folded(name) == folded(text):
            return known
    raise RuleBroken("import_department")


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        degrees = math.nan
    if not abs(degrees) <= most:
        raise RuleBroken("import_degrees_wrong", most=most)
    return degrees


def _headcount(text: str) -> int | None:
    """« 12 », « 12 salariés »; a band such as « 10 à 19 » says nothing precise."""
    digits = text.split()[0] if text else ""
    if not digits.isdigit() or len(text.split()) > 2:
        return None
    return require_headcount(int(digits))


def _company_kind(text: str) -> CompanyKind | None:
    if not text:
        return None
    kind = KINDS.get(folded(text))
    if kind is None:
        raise RuleBroken("import_kind_unknown", known=", ".join(CompanyKind))
    return kind


def _buyer_kind(text: str) -> BuyerKind | None:
    if not text:
        return None
    kind = BUYER_KINDS.get(folded(text))
    if kind is None:
        raise RuleBroken("import_buyer_kind_unknown")
    return kind


def changes(
    facts: Mapping[str, Any], listed: Mapping[str, Any], *, claimed: bool, imported: bool
) -> dict[str, Any]:
    """What a line may change in a listing: nothing where somebody claimed it.

    Otherwise the empty attributes, and those that an import wrote before; never to nothing.
    """
    if claimed:
        return {}
    return {
        name: value
        for name, value in facts.items()
        if value not in (None, "") and value != listed[name] and (imported or not listed[name])
    }


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
