# SPDX-License-Identifier: EUPL-1.2
"""Reading a table of organisations line by line: each cell as it should be, or why it cannot."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.rules.columns import BUYER_KINDS, KINDS, Column
from app.rules.companies import (
    BuyerKind,
    CompanyKind,
    Family,
    Role,
    legal_form_of,
    require_headcount,
    siret_of,
    vat_of,
    website_of,
)
from app.rules.errors import RuleBroken
from app.rules.imports import LONGEST, Line, Rejected, TurnedDown, Usual, turned_down
from app.rules.kinds import family_of
from app.rules.labels import LABELS
from app.rules.search import folded
from app.rules.sheets import Sheet
from app.rules.territories import DEPARTMENTS, department_of

LONGEST_PROSE = 4000
YES = frozenset({"true", "vrai", "1", "oui", "o", "yes", "y", "a", "actif", "active"})
NO = frozenset({"false", "faux", "0", "non", "n", "no", "f", "c", "ferme", "cesse", "cessee"})
COMMERCIAL = ("54", "55", "56", "57")
SLUGS = {folded(label.slug): label.slug for label in LABELS}


def lines_in(
    sheet: Sheet, columns: Mapping[Column, int], role: Role, usual: Usual
) -> Iterator[Line | TurnedDown]:
    """Read the lines of a table of companies or of buyers, one by one.

    columns: column → its place in the table.
    """
    first_seen: dict[str, int] = {}
    for number, cells in sheet.lines:
        written = {
            column: cells[place] if place < len(cells) else "" for column, place in columns.items()
        }
        faults: list[Rejected] = []
        line = Line(number, _facts(number, written, role, usual, faults), _labels(written, usual))
        faults = faults or _twice(line, first_seen)
        yield TurnedDown(number, tuple(faults), cells) if faults else line


def _twice(line: Line, first_seen: dict[str, int]) -> list[Rejected]:
    """A number that an earlier line of the file has: SIRET and VAT numbers are of one alone."""
    for column in (Column.SIRET, Column.VAT):
        said = line.facts[column.value]
        if said and first_seen.setdefault(said, line.number) != line.number:
            twice = RuleBroken("import_twice", line=first_seen[said])
            return [turned_down(line.number, column, said, twice)]
    return []


def _facts(
    number: int,
    written: Mapping[Column, str],
    role: Role,
    usual: Usual,
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
        facts["legal_form"] = read(Column.LEGAL_FORM, _legal_form) or ""
        facts["headcount"] = read(Column.HEADCOUNT, _headcount)
        said = read(Column.KIND, _company_kind)
        facts["company_kind"] = _kind(said, facts["legal_form"], written) or usual.company_kind
    else:
        facts["buyer_kind"] = read(Column.KIND, _buyer_kind) or usual.buyer_kind
    read(Column.ACTIVE, _require_open)
    if not faults and not facts["siret"] and not facts["vat_number"]:
        missing = RuleBroken("import_siret_missing")
        faults.append(turned_down(number, Column.SIRET, "", missing))
    return facts


def _word(text: str) -> str:
    """Two spaces in a row are one: what is listed so must not differ from its own line."""
    return _short(" ".join(text.split()), LONGEST)


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
        raise RuleBroken("import_kind_unknown")
    return kind


def _kind(
    said: CompanyKind | None, legal_form: str, written: Mapping[Column, str]
) -> CompanyKind | None:
    """The kind that is written, made precise by the legal form, else what the form and flags prove.

    A company of the SSE by its statutes (article 1, II, 2° of the law) says so in the register; one
    with a mission (loi 2019-486 du 22 mai 2019, article 176) that does not is outside the SSE.
    """
    if said is not None and said not in (CompanyKind.COOPERATIVE, CompanyKind.RESPONSIBLE):
        return said
    family = family_of(None, legal_form)
    if family is not None and (said is None or family == Family.SCOP):
        return CompanyKind(family.value)
    if said is not None:
        return said
    if _yes(written, Column.IN_SSE) and legal_form.startswith(COMMERCIAL):
        return CompanyKind.SSE_COMPANY
    is_outside = _yes(written, Column.WITH_MISSION) and not _yes(written, Column.IN_SSE)
    return CompanyKind.RESPONSIBLE if is_outside else None


def _yes(written: Mapping[Column, str], column: Column) -> bool:
    return folded(written.get(column, "")) in YES


def _require_open(text: str) -> None:
    if folded(text) in NO:
        raise RuleBroken("import_closed")


def _legal_form(text: str) -> str:
    """« 5710 », « 5710 - SAS »; anything else says nothing."""
    digits = text.replace(".", "")[:4]
    return legal_form_of(digits) if digits.isdigit() and len(digits) == 4 else ""


def _labels(written: Mapping[Column, str], usual: Usual) -> tuple[str, ...]:
    """The labels that the project knows, among all that is written there."""
    said = written.get(Column.LABELS, "")
    for mark in "|,;/":
        said = said.replace(mark, "\n")
    found = [SLUGS[folded(word)] for word in said.split("\n") if folded(word) in SLUGS]
    return tuple(dict.fromkeys([*found, *filter(None, [usual.label])]))


def _buyer_kind(text: str) -> BuyerKind | None:
    if not text:
        return None
    kind = BUYER_KINDS.get(folded(text))
    if kind is None:
        raise RuleBroken("import_buyer_kind_unknown")
    return kind
