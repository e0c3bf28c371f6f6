# SPDX-License-Identifier: EUPL-1.2
"""What a purchase programme told, and what of it could not be read, for people and spreadsheets."""

import csv
import io
from collections.abc import Iterable

from app.language import phrases
from app.language.translate import gettext
from app.queries.programmes import Fault, NeedImport
from app.queries.programmes import Field as Field

BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads the accents
# A cell that begins so is a formula to a spreadsheet: the report must not carry one in.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def reason(fault: Fault) -> str:
    """Why a cell could not be read, in the reader's language."""
    return phrases.sentence(fault.key, fault.facts)


def columns_of(programme: NeedImport) -> list[tuple[str, str]]:
    """(what it tells of a need, the title of its column in the file), in the order of a need."""
    return [
        (phrases.word(one), str(programme.columns[one.value]))
        for one in Field
        if one.value in programme.columns
    ]


def report(faults: Iterable[Fault]) -> bytes:
    """The faults as CSV: line, column, value, what came of it, reason."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";")
    titles = (gettext("Ligne"), gettext("Colonne"), gettext("Valeur"), gettext("Suite"))
    table.writerow([*titles, gettext("Raison")])
    for fault in faults:
        came = gettext("ligne refusée") if fault.is_fatal else gettext("case laissée vide")
        value = f"'{fault.value}" if fault.value.startswith(FORMULAS) else fault.value
        table.writerow([fault.number, phrases.word(fault.column), value, came, reason(fault)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()
