# SPDX-License-Identifier: EUPL-1.2
"""The report of an import: each rejected line with its reason, for a spreadsheet."""

import csv
import io

from app.language import phrases
from app.language.translate import gettext
from app.queries.imports import DirectoryImport, Rejected, rejected_of

BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads the accents
# A cell that begins so is a formula to a spreadsheet: the report must not carry one in.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def reason(fault: Rejected) -> str:
    """Why a cell was turned down, in the reader's language."""
    return phrases.sentence(fault.key, fault.facts)


def report(an_import: DirectoryImport) -> bytes:
    """The rejected lines as CSV: line, column, value, reason."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";")
    table.writerow([gettext("Ligne"), gettext("Colonne"), gettext("Valeur"), gettext("Raison")])
    for fault in rejected_of(an_import):
        column, value = phrases.word(fault.column), _harmless(fault.value)
        table.writerow([fault.number, column, value, reason(fault)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
