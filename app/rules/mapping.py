# SPDX-License-Identifier: EUPL-1.2
"""Which column of a table holds what: guessed from names and values, corrected, and remembered."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rapidfuzz import fuzz, process

from app.rules.columns import FIELDS, NAMES, OF_BUYERS, OF_COMPANIES, OF_CONTRACTS, Column
from app.rules.companies import Role
from app.rules.errors import RuleBroken
from app.rules.search import folded

CLOSE_ENOUGH = 86
SHORTEST = 4
MOST_EXAMPLES = 3
LONGEST_EXAMPLE = 60


class Sureness(Enum):
    """How a column was recognised: by its very name, by a name close to it, by what it holds."""

    NAMED = auto()
    CLOSE = auto()
    HELD = auto()


@dataclass(frozen=True)
class Found:
    """A column of the file: its name, its first values, and what it would be."""

    place: int
    name: str
    examples: tuple[str, ...]
    column: Column | None = None
    sureness: Sureness | None = None


def columns_of(role: Role | None) -> tuple[Column, ...]:
    """What a table of companies, of buyers, or of contracts (None) may hold."""
    if role is None:
        return OF_CONTRACTS
    return OF_COMPANIES if role == Role.COMPANY else OF_BUYERS


def is_name(word: str, role: Role | None) -> bool:
    """Whether it is a usual name of a column of such a table."""
    said = _plain(word)
    return bool(said) and any(said in NAMES[column] for column in columns_of(role))


def guessed(
    header: Sequence[str], examples: Sequence[Sequence[str]], role: Role | None
) -> tuple[Found, ...]:
    """What each column seems to hold; the first of two columns of one name counts.

    examples: a few values of each column.
    """
    columns = columns_of(role)
    taken: dict[int, tuple[Column, Sureness]] = {}
    for sureness, recognise in (
        (Sureness.NAMED, _by_name), (Sureness.CLOSE, _by_likeness), (Sureness.HELD, _by_values),
    ):  # fmt: skip
        for place, name in enumerate(header):
            left = [one for one in columns if one not in {column for column, _ in taken.values()}]
            column = None if place in taken else recognise(name, examples[place], left)
            if column is not None:
                taken[place] = column, sureness
    return tuple(
        Found(place, name, _short(examples[place]), *taken.get(place, (None, None)))
        for place, name in enumerate(header)
    )


def _by_name(name: str, values: Sequence[str], left: Sequence[Column]) -> Column | None:
    if name in FIELDS.values():
        return next((one for one in left if FIELDS.get(one) == name), None)
    return next((one for one in left if _plain(name) in NAMES[one]), None)


def _by_likeness(name: str, values: Sequence[str], left: Sequence[Column]) -> Column | None:
    names = {known: column for column in left for known in NAMES[column] if len(known) >= SHORTEST}
    said = _plain(name)
    if len(said) < SHORTEST:
        return None
    best = process.extractOne(said, list(names), scorer=fuzz.token_sort_ratio)
    return names[best[0]] if best and best[1] >= CLOSE_ENOUGH else None


def _by_values(name: str, values: Sequence[str], left: Sequence[Column]) -> Column | None:
    """A column of numbers of fourteen digits is one of SIRET numbers."""
    said = ["".join(value.split()) for value in values if value]
    number = next((one for one in (Column.SIRET, Column.BUYER) if one in left), None)
    return number if said and all(len(one) == 14 and one.isdigit() for one in said) else None


def _plain(name: str) -> str:
    return folded(name.replace("_", " ").replace(".", " "))


def _short(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[:LONGEST_EXAMPLE] for one in values if one))[:MOST_EXAMPLES]


def fingerprint(header: Sequence[str]) -> str:
    """What two files with the same columns in the same order have in common."""
    return hashlib.sha256("\n".join(map(_plain, header)).encode()).hexdigest()[:32]


def require_columns(
    header: Sequence[str], columns: Mapping[Column, int], role: Role | None
) -> None:
    """Some columns no line can do without.

    Errors: RuleBroken `import_no_name`, `import_no_siret`, `decp_columns`, on the field `file`.
    """
    found = ", ".join(name for name in header if name)[:300] or "–"
    if role is None:
        needed = (Column.BUYER, Column.AMOUNT, Column.NOTIFIED_ON)
        lacking = [FIELDS[one] for one in needed if one not in columns]
        if Column.CONTRACT not in columns and Column.UID not in columns:
            lacking.insert(0, FIELDS[Column.CONTRACT])
        if lacking:
            raise RuleBroken("decp_columns", field="file", missing=", ".join(lacking), found=found)
    elif Column.NAME not in columns:
        raise RuleBroken("import_no_name", field="file", found=found)
    elif Column.SIRET not in columns and Column.VAT not in columns:
        raise RuleBroken("import_no_siret", field="file", found=found)
