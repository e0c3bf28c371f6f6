# SPDX-License-Identifier: EUPL-1.2
"""The report of an import: each rejected line with its reason, to be mended and sent again."""

import csv
import io
from collections.abc import Iterator
from io import BytesIO

from xlsxwriter import Workbook

from app.language import phrases
from app.language.translate import gettext
from app.queries.imports import DirectoryImport, ImportFault, rejected_of

BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads the accents
# A cell that begins so is a formula to a spreadsheet: the report must not carry one in.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (8, 18, 24, 60)


def reason(fault: ImportFault) -> str:
    """Why a cell was turned down, in the reader's language."""
    return phrases.sentence(fault.key, fault.facts)


def report(an_import: DirectoryImport) -> bytes:
    """The rejected lines as CSV: line, column, value, reason, then the line as it was written."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";")
    table.writerow(_headings(an_import))
    for number, *cells in _rows(an_import):
        table.writerow([number, *map(_harmless, cells)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def workbook(an_import: DirectoryImport) -> bytes:
    """The same as a workbook; every cell is text, so that a SIRET keeps its digits."""
    paper = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(paper, options) as book:
        sheet, bold = (
            book.add_worksheet(gettext("Lignes refusées")),
            book.add_format({"bold": True}),
        )
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(_headings(an_import)):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else 20)
        for row, (number, *cells) in enumerate(_rows(an_import), start=1):
            sheet.write_number(row, 0, int(number))
            for column, cell in enumerate(cells, start=1):
                sheet.write_string(row, column, cell)
    return paper.getvalue()


def _headings(an_import: DirectoryImport) -> list[str]:
    told = [gettext("Ligne"), gettext("Colonne"), gettext("Valeur"), gettext("Raison")]
    return [*told, *(column["name"] for column in an_import.header)]


def _rows(an_import: DirectoryImport) -> Iterator[tuple[str, ...]]:
    for fault in rejected_of(an_import):
        word = phrases.word(fault.column)
        yield str(fault.number), word, fault.value, reason(fault), *fault.cells


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
