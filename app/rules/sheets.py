# SPDX-License-Identifier: EUPL-1.2
"""Reading the tables that people bring: CSV in any of its usual dresses, and spreadsheets."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from app.rules.errors import RuleBroken

MOST_LINES = 50_000
MOST_UNPACKED_BYTES = 200 * 1024**2
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".xlsb")
ZIPPED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What accents become when a file is read with another encoding than its own.
DAMAGED = re.compile(r"[^\W\d_][‚ƒˆŠŽ‰][^\W\d_]|Ã[©¨ª«´®§\xa0]|�")


@dataclass(frozen=True)
class Sheet:
    """A table as it was brought: its header, then its lines with their number in the file."""

    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def sheet_of(content: bytes, name: str, *, field: str = "file") -> Sheet:
    """The table in this file.

    Errors: RuleBroken `sheet_empty`, `sheet_not_spreadsheet`, `sheet_encoding`, `sheet_broken`,
    `sheet_too_long`.
    """
    if not content.strip():
        raise RuleBroken("sheet_empty", field=field)
    is_spreadsheet = name.lower().endswith(SPREADSHEETS) or content.startswith((ZIPPED, OLD_EXCEL))
    read = _spreadsheet_lines if is_spreadsheet else _csv_lines
    lines = [(number, cells) for number, cells in read(content, field) if any(cells)]
    if len(lines) < 2:
        raise RuleBroken("sheet_empty", field=field)
    if len(lines) - 1 > MOST_LINES:
        raise RuleBroken("sheet_too_long", field=field, lines=len(lines) - 1, most=MOST_LINES)
    return Sheet(lines[0][1], tuple(lines[1:]))


def _csv_lines(content: bytes, field: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    text = _decoded(content, field)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    starts = 1
    try:
        for cells in reader:
            yield starts, tuple(cell.strip() for cell in cells)
            starts = reader.line_num + 1
    except csv.Error:
        raise RuleBroken("sheet_broken", field=field, line=starts) from None


def _decoded(content: bytes, field: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not DAMAGED.search(text):
            return text
        break
    raise RuleBroken("sheet_encoding", field=field)


def _separator(text: str) -> str:
    """The one that cuts the first line into most cells."""
    first = text.lstrip().splitlines()[0]
    return max(";,\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark))))


def _spreadsheet_lines(content: bytes, field: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        _require_modest(content, field)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, IndexError, ValueError, OSError):
        raise RuleBroken("sheet_not_spreadsheet", field=field) from None
    for number, row in enumerate(rows, start=1):
        yield number, tuple(_written(cell) for cell in row)


def _require_modest(content: bytes, field: str) -> None:
    """A small archive may unpack to a huge one: look at what it announces first."""
    if not content.startswith(ZIPPED):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise RuleBroken("sheet_too_heavy", field=field)


def _written(cell: object) -> str:
    """A cell as a person would type it: a SIRET kept as a number has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell).strip()
