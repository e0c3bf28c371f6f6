# SPDX-License-Identifier: EUPL-1.2
"""Reading workbooks (XLSX, ODS) as a person sees them: the visible sheet, values, merged cells.

A small archive may unpack to a huge one, and one far cell may make a huge table: both are looked
for before the workbook is opened, since opening it lays out every cell.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.rules.errors import RuleBroken

MOST_UNPACKED_BYTES = 200 * 1024**2
MOST_CELLS = 4_000_000
MOST_MERGED = 20_000
MOST_REPEATED = 1000
BYTES_AT_ONCE = 1 << 20
LONGEST_TAG = 400
ZIPPED = b"PK\x03\x04"
FILLED_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')
ROW_OR_CELL = re.compile(rb"<(/?)table:table-(row|cell)\b([^>]*)>")
REPEATED = re.compile(rb'-repeated="(\d+)"')

Cells = tuple[str, ...]
Place = tuple[int, int]


def is_workbook(content: bytes) -> bool:
    return content.startswith(ZIPPED)


def workbook_lines(content: bytes, field: str) -> Iterator[tuple[int, Cells]]:
    """(line, cells) of the first visible sheet that holds something.

    Errors: RuleBroken `sheet_not_spreadsheet`, `sheet_too_heavy`, `sheet_empty`.
    """
    try:
        _require_modest(content, field)
        sheet = _shown(CalamineWorkbook.from_filelike(io.BytesIO(content)))
    except (CalamineError, zipfile.BadZipFile, IndexError, ValueError, OSError, EOFError):
        raise RuleBroken("sheet_not_spreadsheet", field=field) from None
    if sheet is None or sheet.start is None:
        return
    merged = _merged(sheet, sheet.start, sheet.end or sheet.start)
    shown: dict[Place, str] = {}
    for at, row in enumerate(sheet.iter_rows()):
        cells = [_written(cell) for cell in row]
        for column, origin in merged.get(at, {}).items():
            cells[column] = shown.setdefault(origin, cells[column])
        yield at + 1, tuple(cells)


def _shown(book: CalamineWorkbook) -> CalamineSheet | None:
    """The first sheet that a person sees and that has more than a title."""
    seen = [
        book.get_sheet_by_name(sheet.name)
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    return next((sheet for sheet in seen if sheet.height > 1), seen[0] if seen else None)


def _merged(sheet: CalamineSheet, start: Place, end: Place) -> dict[int, dict[int, Place]]:
    """row → column → the merged cell it belongs to; columns count from the first that is filled."""
    found: dict[int, dict[int, Place]] = {}
    first, last_row, last = start[1], end[0], end[1]
    room = MOST_MERGED
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        columns = range(max(left, first) - first, min(right, last) - first + 1)
        rows = range(top, min(bottom, last_row) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            break
        for row in rows:
            found.setdefault(row, {}).update(dict.fromkeys(columns, (top, left)))
    return found


def _require_modest(content: bytes, field: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
            raise RuleBroken("sheet_too_heavy", field=field)
        for entry in entries:
            is_sheet = "worksheets/" in entry.filename and entry.filename.endswith(".xml")
            if is_sheet and _laid_out(archive, entry) > MOST_CELLS:
                raise RuleBroken("sheet_too_heavy", field=field)
            if entry.filename == "content.xml" and _repeats(archive, entry):
                raise RuleBroken("sheet_too_heavy", field=field)


def _laid_out(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many cells lie between the first and the farthest one that is filled."""
    rows = columns = 0
    for piece in _pieces(archive, entry):
        for letters, row in FILLED_CELL.findall(piece):
            rows, columns = max(rows, int(row)), max(columns, _column(letters))
    return rows * columns


def _repeats(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a filled cell is said to be repeated beyond reason (OpenDocument)."""
    times_of_row = 1
    for piece in _pieces(archive, entry):
        for closes, what, attributes in ROW_OR_CELL.findall(piece):
            said = REPEATED.search(attributes)
            times = int(said[1]) if said else 1
            if what == b"row":
                times_of_row = 1 if closes else times
            elif b"value-type" in attributes and max(times, times_of_row) > MOST_REPEATED:
                return True
    return False


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry piece by piece, each beginning with the end of the one before."""
    with archive.open(entry) as stream:
        tail = b""
        while piece := stream.read(BYTES_AT_ONCE):
            yield tail + piece
            tail = piece[-LONGEST_TAG:]


def _column(letters: bytes) -> int:
    """« A » is 1, « AA » is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _written(cell: Any) -> str:
    """A cell as a person would type it: a SIRET kept as a number has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return str(cell).strip()
