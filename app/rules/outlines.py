# SPDX-License-Identifier: EUPL-1.2
"""What a table looks like before anything of it is read: its columns, a few values, its length."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.columns import Column
from app.rules.companies import Role
from app.rules.decp_files import MOST_LINES as MOST_CONTRACT_LINES
from app.rules.decp_files import written_in
from app.rules.errors import RuleBroken
from app.rules.mapping import is_name
from app.rules.sheets import MOST_LINES, Sheet, sheet_of

MOST_LOOKED_AT = 40
JSON_STARTS = (b"{", b"[")


@dataclass(frozen=True)
class Outline:
    """The columns of a table, a few values of each, and how many lines it has."""

    header: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    total: int


def has_columns(content: bytes, role: Role | None) -> bool:
    """Public contracts in JSON have the names of the official schema: nobody has to say them."""
    is_json = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in JSON_STARTS
    return role is not None or not is_json


def table_of(content: bytes, name: str, role: Role | None) -> Sheet:
    """The table of companies, of buyers, or of contracts (None). Errors: as `sheet_of`."""
    most = MOST_CONTRACT_LINES if role is None else MOST_LINES
    return sheet_of(content, name, most=most, is_title=lambda word: is_name(word, role))


def outline_of(content: bytes, name: str, role: Role | None) -> Outline:
    """Read a whole file once, keeping its first values only.

    Errors: RuleBroken `sheet_…`, `decp_json`, on the field `file`.
    """
    if not has_columns(content, role):
        return Outline((), (), _count(content))
    sheet = table_of(content, name, role)
    seen: list[list[str]] = [[] for _ in sheet.header]
    total = 0
    for _, cells in sheet.lines:
        total += 1
        if total <= MOST_LOOKED_AT:
            for place, cell in enumerate(cells[: len(seen)]):
                seen[place].append(cell)
    return Outline(sheet.header, tuple(map(tuple, seen)), total)


def _count(content: bytes) -> int:
    count = sum(1 for _ in written_in(io.BytesIO(content)))
    if not count:
        raise RuleBroken("sheet_empty", field="file")
    return count


def places_of(columns: Mapping[str, int]) -> dict[Column, int]:
    """The same, as it is kept in a database."""
    return {Column(name): place for name, place in columns.items()}
