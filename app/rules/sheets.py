# SPDX-License-Identifier: EUPL-1.2
"""Reading the tables that people bring: CSV in any of its usual dresses, workbooks, JSON lists."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from app.rules.errors import RuleBroken
from app.rules.json_lists import NoList, elements
from app.rules.spreadsheets import is_workbook, workbook_lines

MOST_LINES = 50_000
MOST_ABOVE = 15
CHARACTERS_LOOKED_AT = 20_000
DEEPEST = 3
OTHER_WORKBOOKS = (".xls", ".xlsb")
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# What accents become when a file is read with another encoding than its own.
DAMAGED = re.compile(r"[^\W\d_][‚ƒˆŠŽ‰][^\W\d_]|Ã[©¨ª«´®§\xa0]|�")

Cells = tuple[str, ...]
Lines = Iterator[tuple[int, Cells]]


@dataclass(frozen=True)
class Sheet:
    """A table as it was brought: its header, then its lines with their number in the file."""

    header: Cells
    lines: Iterable[tuple[int, Cells]]


def sheet_of(
    content: bytes,
    name: str,
    *,
    field: str = "file",
    most: int = MOST_LINES,
    is_title: Callable[[str], bool] = lambda word: False,
) -> Sheet:
    """The table in this file; its lines are read one by one, as they are asked for.

    is_title: whether a word is the name of a column, to find the header under what is above it.
    Errors: RuleBroken `sheet_empty`, `sheet_not_spreadsheet`, `sheet_old`, `sheet_encoding`,
    `sheet_json`; on reading the lines, `sheet_broken`, `sheet_too_long`, `sheet_json`.
    """
    if not content.strip():
        raise RuleBroken("sheet_empty", field=field)
    lines = ((number, cells) for number, cells in _lines(content, name, field) if any(cells))
    header, rest = _header(lines, is_title)
    first = next(rest, None)
    if first is None:
        raise RuleBroken("sheet_empty", field=field)
    return Sheet(header, _counted(chain([first], rest), most, field))


def _lines(content: bytes, name: str, field: str) -> Lines:
    if content.startswith(OLD_EXCEL) or name.lower().endswith(OTHER_WORKBOOKS):
        raise RuleBroken("sheet_old", field=field)
    if name.lower().endswith(WORKBOOKS) or is_workbook(content):
        return workbook_lines(content, field)
    text = decoded(content, field)
    return _json_lines(text, field) if text.lstrip()[:1] in ("[", "{") else _csv_lines(text, field)


def _header(lines: Lines, is_title: Callable[[str], bool]) -> tuple[Cells, Lines]:
    """The line that names the columns, and those after it; a title may stand above it."""
    above = [line for _, line in zip(range(MOST_ABOVE), lines, strict=False)]
    if not above:
        return (), iter(())
    known = [sum(is_title(cell) for cell in cells) for _, cells in above]
    filled = [len(set(filter(None, cells))) > 1 for _, cells in above]
    at = known.index(max(known)) if any(known) else filled.index(True) if any(filled) else 0
    return above[at][1], chain(above[at + 1 :], lines)


def workbook_header(
    content: bytes, field: str, *, is_title: Callable[[str], bool]
) -> tuple[Cells, Lines]:
    """The header of a workbook, and its lines."""
    return _header(workbook_lines(content, field), is_title)


def _counted(lines: Lines, most: int, field: str) -> Lines:
    """The lines, as long as there are not too many of them."""
    for count, line in enumerate(lines, start=1):
        if count > most:
            written = count + sum(1 for _ in lines)
            raise RuleBroken("sheet_too_long", field=field, lines=written, most=most)
        yield line


def _csv_lines(text: str, field: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    starts = 1
    try:
        for cells in reader:
            yield starts, tuple(cell.strip() for cell in cells)
            starts = reader.line_num + 1
    except csv.Error:
        raise RuleBroken("sheet_broken", field=field, line=starts) from None


def _json_lines(text: str, field: str) -> Lines:
    """The keys of all elements as a header, numbered 1; then one line per element."""
    header: dict[str, int] = {}
    try:
        for element in elements(io.StringIO(text)):
            for name in _flat(element):
                header.setdefault(name, len(header))
    except NoList as problem:
        raise RuleBroken("sheet_json", field=field, after=problem.after) from None
    yield 1, tuple(header)
    for number, element in enumerate(elements(io.StringIO(text)), start=2):
        cells = _flat(element)
        yield number, tuple(cells.get(name, "") for name in header)


def _flat(element: Any, above: str = "", depth: int = 0) -> dict[str, str]:
    """Name → cell; what is inside an object is named after it, as in « siege.siret »."""
    if not isinstance(element, Mapping):
        return {}
    found: dict[str, str] = {}
    for name, value in element.items():
        if isinstance(value, Mapping) and depth < DEEPEST:
            found |= _flat(value, f"{above}{name}.", depth + 1)
        else:
            found[f"{above}{name}"] = _said(value)
    return found


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    return str(value).strip()


def decoded(content: bytes, field: str) -> str:
    """The text of a file, whose encoding nobody wrote. Errors: RuleBroken `sheet_encoding`."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _likely(content)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not DAMAGED.search(text):
            return text
        break
    raise RuleBroken("sheet_encoding", field=field)


def _likely(content: bytes) -> tuple[str, ...]:
    """Every second byte of western text in UTF-16 is zero."""
    start = content[:1000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = start[first::2].count(0)
        if zeros > len(start) * 0.4 and not start[1 - first :: 2].count(0):
            return (encoding,)
    return ("utf-8-sig", "cp1252")


def separator(text: str) -> str:
    """The one that cuts the first lines into most cells."""
    first = text[:CHARACTERS_LOOKED_AT].lstrip().splitlines()[:MOST_ABOVE]
    return max(";,\t", key=lambda mark: max((_cut(line, mark) for line in first), default=0))


def _cut(line: str, mark: str) -> int:
    return len(next(csv.reader([line], delimiter=mark), ()))
