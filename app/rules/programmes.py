# SPDX-License-Identifier: EUPL-1.2
"""A buyer's purchase programme, in whatever table it keeps it: columns found, lines read.

The titles of the columns may stand anywhere in the first lines (a programme often begins with the
name of the service and a date), and be written in many ways: they are compared by likeness.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from app.rules.errors import RuleBroken
from app.rules.needs import (
    MOST_EUROS,
    NeedKind,
    SetAside,
    cpv_of,
    departments_of,
    euros_of,
    months_of,
)
from app.rules.search import folded
from app.rules.sheets import Sheet
from app.rules.territories import DEPARTMENTS, REGIONS

CLOSE = 0.86  # of `SequenceMatcher`: « Montant estime HT » is « montant estimé (€ HT) »
MOST_NEEDS = 500
LONGEST_TITLE = 200


class Field(StrEnum):
    """What a column of a programme may tell of a need."""

    KEY = "key"
    TITLE = "title"
    TEXT = "text"
    SECTOR = "sector"
    CPV = "cpv"
    AMOUNT = "amount"
    MONTHS = "months"
    STARTS_ON = "starts_on"
    TENDER_ON = "tender_on"
    ENDS_ON = "ends_on"
    PLACE = "place"
    SET_ASIDE = "set_aside"
    KIND = "kind"


class Fate(StrEnum):
    """What a line of a programme does to the buyer's needs."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"


NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.KEY: ("reference", "ref", "numero", "n", "no", "id", "identifiant", "code projet",
                "numero de projet", "reference du projet", "n projet", "n marche", "code", "key"),
    Field.TITLE: ("objet", "objet du marche", "intitule", "intitule du marche", "libelle",
                  "designation", "projet d achat", "projet", "besoin", "achat", "titre",
                  "subject", "title", "purchase"),
    Field.TEXT: ("description", "commentaire", "commentaires", "observations", "precisions",
                 "details", "comments"),
    Field.SECTOR: ("metier", "secteur", "secteur d activite", "segment", "segment d achat",
                   "famille", "famille d achat", "categorie", "sector", "category"),
    Field.CPV: ("cpv", "code cpv", "cpv principal", "cpv code"),
    Field.AMOUNT: ("montant", "montant estime", "montant ht", "montant estime ht",
                   "montant previsionnel", "budget", "budget ht", "estimation",
                   "estimation ht", "amount", "estimated amount", "montant total"),
    Field.MONTHS: ("duree", "duree en mois", "duree mois", "nombre de mois", "duration",
                   "duration in months"),
    Field.STARTS_ON: ("debut", "date de debut", "demarrage", "date de demarrage", "debut souhaite",
                      "debut d execution", "date previsionnelle de debut", "start", "start date"),
    Field.TENDER_ON: ("publication", "date de publication", "publication prevue", "lancement",
                      "date de lancement", "date previsionnelle de publication", "mise en ligne",
                      "publication date"),
    Field.ENDS_ON: ("fin", "date de fin", "fin prevue", "echeance", "end", "end date"),
    Field.PLACE: ("departement", "departements", "lieu", "lieu d execution", "territoire",
                  "region", "place", "department"),
    Field.SET_ASIDE: ("reserve", "marche reserve", "reservation", "set aside", "reserved"),
    Field.KIND: ("procedure", "type de procedure", "stade", "etape", "kind", "stage"),
}  # fmt: skip
# Words of units and taxes that titles carry about with them.
NOISE = frozenset(
    {"en", "euros", "euro", "eur", "ht", "h", "t", "hors", "taxes", "prev", "du", "de"}
)

_SET_ASIDES = (
    (("12 et 13", "13 et 12", "l2113 14", "handicap et insertion", "insertion et handicap"),
     SetAside.BOTH),
    (("l2113 13 1", "prison", "detention"), SetAside.PRISON),
    (("l2113 12", "handicap", "esat", "ea"), SetAside.HANDICAP),
    (("l2113 13", "insertion", "siae", "iae"), SetAside.INTEGRATION),
    (("l2113 15", "ess", "economie sociale"), SetAside.SSE),
)  # fmt: skip
_KINDS = (
    (("sourc", "etude", "reflexion"), NeedKind.SOURCING),
    (("devis", "gre a gre", "sans publicite", "quote"), NeedKind.QUOTE),
    (("appel d offres", "mapa", "adaptee", "formalisee", "tender", "ao"), NeedKind.TENDER),
)


@dataclass(frozen=True)
class Line:
    """One need of a programme. number: its line in the file. facts: those the file tells."""

    number: int
    key: str
    title: str
    facts: Mapping[str, Any]
    sector: str = ""


@dataclass(frozen=True)
class Fault:
    """A line that makes no need, or a cell left aside. is_fatal: nothing comes of the line."""

    number: int
    column: Field
    value: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_fatal: bool = True


@dataclass(frozen=True)
class Programme:
    """A programme as it was read. columns: field → the title under which it was found."""

    columns: Mapping[Field, str]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    total: int


def fault_of(
    number: int, column: Field, value: str, problem: RuleBroken, *, is_fatal: bool = True
) -> Fault:
    """A refusal, with the cell it is about."""
    return Fault(number, column, value[:LONGEST_TITLE], problem.key, dict(problem.facts), is_fatal)


def is_title(cell: str) -> bool:
    """Whether a cell looks like the title of a column of a programme."""
    return 0 < len(cell) <= 60 and any(_likeness(cell, one) >= CLOSE for one in Field)


def programme_of(sheet: Sheet) -> Programme:
    """The needs of this table, whose header was found by `is_title`.

    Errors: RuleBroken `programme_no_header` when no line names what is bought and one thing more.
    """
    places = _named(sheet.header)
    if Field.TITLE not in places or len(places) < 2:
        raise RuleBroken("programme_no_header", field="file")
    rows = tuple(sheet.lines)
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        told = {one: cells[place] if place < len(cells) else "" for one, place in places.items()}
        line = _line(number, told, faults)
        if line is not None and line.key in seen:
            twice = RuleBroken("import_twice", line=seen[line.key])
            faults.append(fault_of(number, Field.KEY, line.key, twice))
        elif line is not None:
            seen[line.key] = number
            lines.append(line)
    columns = {one: sheet.header[place] for one, place in places.items()}
    return Programme(columns, tuple(lines), tuple(faults), len(rows))


def _named(cells: Sequence[str]) -> dict[Field, int]:
    """Field → the column that is closest to one of its names; each column serves once."""
    likeness = sorted(
        (
            (score, -column, one)
            for column, cell in enumerate(cells)
            if 0 < len(cell) <= 60
            for one in Field
            if (score := _likeness(cell, one)) >= CLOSE
        ),
        reverse=True,
    )
    places: dict[Field, int] = {}
    for _, column, one in likeness:
        if one not in places and -column not in places.values():
            places[one] = -column
    return places


def _likeness(cell: str, one: Field) -> float:
    """From 0 to 1; the exact name without its units counts most."""
    said = folded(cell)
    bare = " ".join(word for word in said.split() if word not in NOISE) or said
    return max(
        1.0
        if name in (said, bare)
        else SequenceMatcher(None, name, bare).ratio()
        if len(name) > 3
        else 0.0
        for name in NAMES[one]
    )


def _line(number: int, told: Mapping[Field, str], faults: list[Fault]) -> Line | None:
    title = " ".join(told[Field.TITLE].split())
    if any(folded(cell).startswith(("total", "sous total")) for cell in told.values()):
        return None
    if not title:
        faults.append(fault_of(number, Field.TITLE, "", RuleBroken("programme_no_title")))
        return None
    if len(title) > LONGEST_TITLE:
        long = RuleBroken("too_long", most=LONGEST_TITLE, written=len(title))
        faults.append(fault_of(number, Field.TITLE, title, long))
        return None
    facts: dict[str, Any] = {"title": title}
    for one, read in READERS.items():
        value = told.get(one, "").strip()
        if not value:
            continue
        try:
            facts |= read(value)
        except RuleBroken as problem:
            faults.append(fault_of(number, one, value, problem, is_fatal=False))
    key = " ".join(told.get(Field.KEY, "").split())[:200] or folded(title)[:200]
    return Line(number, key, title, facts, told.get(Field.SECTOR, "").strip())


def _text(value: str) -> dict[str, Any]:
    return {"text": value[:5000]}


def _cpv(value: str) -> dict[str, Any]:
    code = re.search(r"\d{2,8}", value.replace(" ", ""))
    return {"cpv": cpv_of(code.group() if code else value)}


def amount_of(value: str) -> int:
    """Whole euros from « 45 000 € HT », « 45k€ », « 1,2 M€ », « 45.000,50 ».

    Errors: RuleBroken `programme_amount`, `number_out`.
    """
    plain = folded(value).replace(" ", "") if not any(c.isdigit() for c in value) else value
    wanted = re.search(r"\d[\d\s\u00a0\u202f.,']*", plain)
    if wanted is None:
        raise RuleBroken("programme_amount", field="amount")
    digits = re.sub(r"[\s\u00a0\u202f']", "", wanted.group()).rstrip(".,")
    unit = folded(plain[wanted.end() :]).replace(" ", "")
    times = 1_000_000 if unit.startswith(("m", "million")) else 1000 if unit.startswith("k") else 1
    number = _number(digits, is_scaled=times > 1)
    if number is None or number * times > MOST_EUROS:
        raise RuleBroken("programme_amount", field="amount")
    return euros_of(round(number * times)) or 0


def _number(digits: str, *, is_scaled: bool) -> float | None:
    """« 45.000,50 », « 45,000.50 »: the last mark is for decimals, unless it sets three apart."""
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return float(digits)
    last = max(digits.rfind("."), digits.rfind(","))
    decimals = digits[last + 1 :]
    whole = re.sub(r"[.,]", "", digits[:last])
    if len(set(marks)) == 1 and (len(marks) > 1 or (len(decimals) == 3 and not is_scaled)):
        return float(whole + decimals)
    return float(f"{whole}.{decimals}") if decimals.isdecimal() and whole.isdecimal() else None


def _amount(value: str) -> dict[str, Any]:
    return {"amount_exact": amount_of(value)}


def _months(value: str) -> dict[str, Any]:
    said = folded(value)
    found = re.search(r"\d+", said)
    if found is None:
        raise RuleBroken("programme_months", field="months")
    number = int(found.group()) * (12 if re.search(r"\ban(s|nee|nees)?\b|year", said) else 1)
    return {"months": months_of(number)}


def day_of(value: str) -> date:
    """A day from 2027-03-01, 01/03/2027, 03/2027, « mars 2027 », « T2 2027 » or 2027.

    Errors: RuleBroken `programme_day`.
    """
    said = value.strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%m/%Y", "%m-%Y"):
        try:
            return datetime.strptime(said[:10], form).date()
        except ValueError:
            continue
    words = folded(said)
    year = re.search(r"\b(20\d\d)\b", words)
    if year is None:
        raise RuleBroken("programme_day", field="starts_on")
    quarter = re.search(r"\b(?:t|q|trimestre )([1-4])\b|\b([1-4])(?:er|e|eme)? trimestre", words)
    month = 1 + 3 * (int(quarter.group(1) or quarter.group(2)) - 1) if quarter else _month(words)
    return date(int(year.group()), month, 1)


MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_ENGLISH = {"feb": 2, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8}


def _month(words: str) -> int:
    for word in words.split():
        for number, start in enumerate(MONTHS, start=1):
            if word.startswith(start):
                return number
        if word[:3] in _ENGLISH:
            return _ENGLISH[word[:3]]
    return 1


def _place(value: str) -> dict[str, Any]:
    by_name = {folded(name): code for code, name in (*REGIONS.items(), *DEPARTMENTS.items())}
    codes = []
    for part in re.split(r"[,;/\n]| et ", value):
        said = folded(part)
        if not said:
            continue
        number = re.search(r"\b(\d[\dab]\d?)\b", said)
        code = by_name.get(said) or (number.group(1).upper() if number else part.strip())
        codes.append(code.zfill(2) if code.isdecimal() else code)
    return {"departments": departments_of(codes)}


def _set_aside(value: str) -> dict[str, Any]:
    said = f" {folded(value)} "
    if said.strip() in ("non", "no", "0", "aucun", "aucune"):
        return {"set_aside": SetAside.NONE}
    for words, kind in _SET_ASIDES:
        if any(f" {word} " in said for word in words):
            return {"set_aside": kind}
    raise RuleBroken("programme_set_aside", field="set_aside")


def _kind(value: str) -> dict[str, Any]:
    said = folded(value)
    for words, kind in _KINDS:
        if any(said.startswith(word) or f" {word}" in said for word in words):
            return {"kind": kind}
    raise RuleBroken("programme_kind", field="kind")


READERS: Mapping[Field, Any] = {
    Field.TEXT: _text,
    Field.CPV: _cpv,
    Field.AMOUNT: _amount,
    Field.MONTHS: _months,
    Field.STARTS_ON: lambda value: {"starts_on": day_of(value)},
    Field.TENDER_ON: lambda value: {"tender_on": day_of(value)},
    Field.ENDS_ON: lambda value: {"ends_on": day_of(value)},
    Field.PLACE: _place,
    Field.SET_ASIDE: _set_aside,
    Field.KIND: _kind,
}
