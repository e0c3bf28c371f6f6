# SPDX-License-Identifier: EUPL-1.2
"""The participants of an edition as a spreadsheet."""

from collections.abc import Iterable
from io import BytesIO

from xlsxwriter import Workbook

from app.language.phrases import word
from app.language.translate import gettext
from app.queries.participants import Participant

WIDTHS = (34, 12, 18, 26, 8, 14, 10, 10, 12, 10, 40)


def workbook(people: Iterable[Participant]) -> bytes:
    """One line per registration, with its state and figures.

    Names come from people: a cell that looks like a formula stays the text that was typed.
    """
    paper = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(paper, options) as book:
        sheet, bold = book.add_worksheet(gettext("Participants")), book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for column, (heading, width) in enumerate(zip(_headings(), WIDTHS, strict=True)):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, width)
        for row, one in enumerate(people, start=1):
            for column, value in enumerate(_line(one)):
                if isinstance(value, int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value)
    return paper.getvalue()


def _headings() -> tuple[str, ...]:
    return (
        gettext("Organisation"),
        gettext("Côté"),
        gettext("SIRET"),
        gettext("Ville"),
        gettext("Département"),
        gettext("Inscription"),
        gettext("Délégués"),
        gettext("Acceptés"),
        gettext("En attente"),
        gettext("Refusés"),
        gettext("À surveiller"),
    )


def _line(one: Participant) -> tuple[str | int, ...]:
    organisation, standing = one.registration.organisation, one.standing
    return (
        organisation.display_name,
        word(one.registration.role),
        organisation.siret or "",
        organisation.city,
        organisation.department,
        word(one.registration.state),
        standing.delegates,
        standing.accepted,
        standing.waiting,
        standing.declined,
        ", ".join(sorted(word(lack) for lack in one.lacks)),
    )
