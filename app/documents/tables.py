# SPDX-License-Identifier: EUPL-1.2
"""The list of tables on paper: one A4 per table, to lay on it or to keep at the desk."""

from collections.abc import Iterator
from datetime import datetime

from flask import render_template

from app.language.translate import use_language
from app.queries.editions import Edition
from app.queries.tables import TableList

TABLES_AT_ONCE = 5


def parts(
    tables: list[TableList], *, fair: Edition, printed_at: datetime | None, language: str = "fr"
) -> Iterator[tuple[int, str]]:
    """(tables so far, HTML of some of them), for `pdf.bind`."""
    for first in range(0, len(tables), TABLES_AT_ONCE):
        some = tables[first : first + TABLES_AT_ONCE]
        with use_language(language):
            part = render_template(
                "documents/tables.html", tables=some, fair=fair, printed_at=printed_at
            )
        yield first + len(some), part
