# SPDX-License-Identifier: EUPL-1.2
"""Tables for a spreadsheet: titles in bold, and what people typed never becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from xlsxwriter import Workbook

Cell = str | int | float | date | None
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)  # a file says what it holds, not when it was asked for


@dataclass(frozen=True)
class Tab:
    """One sheet: its name, its titles with their widths, its lines."""

    name: str
    titles: Sequence[tuple[str, int]]
    lines: Iterable[Sequence[Cell]]


def workbook(tabs: Iterable[Tab]) -> bytes:
    """These sheets as XLSX, the same bytes for the same content. Source: ECMA-376."""
    paper = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(paper, options) as book:
        book.set_properties({"created": UNDATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for tab in tabs:
            sheet = book.add_worksheet(tab.name[:31])
            sheet.freeze_panes(1, 1)
            for column, (title, width) in enumerate(tab.titles):
                sheet.write_string(0, column, title, bold)
                sheet.set_column(column, column, width)
            for row, line in enumerate(tab.lines, start=1):
                for column, cell in enumerate(line):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    elif isinstance(cell, int | float):
                        sheet.write_number(row, column, cell, plain)
                    elif cell:
                        sheet.write_string(row, column, cell, plain)
    return paper.getvalue()
