# SPDX-License-Identifier: EUPL-1.2
"""Badges: sheets of four on A4, printed on both sides, with the agenda on the back."""

from collections.abc import Iterator
from datetime import datetime
from math import ceil
from typing import NamedTuple

import segno
from flask import render_template

from app.language.translate import use_language
from app.queries.agendas import Agenda, Fair

FOUR = 4
SHEETS_AT_ONCE = 5
ROOM = 110  # mm, between the name at the head of a back and the help at its foot
WHOLE = 400
LINE = 32  # letters on one line of a dense back

Sheet = list[Agenda | None]


def sheets(people: list[Agenda]) -> list[Sheet]:
    """Four badges a sheet, in this order; what is left of the last is blank, one badge at least."""
    blanks = FOUR - len(people) % FOUR
    tags: Sheet = [*people, *[None] * blanks]
    return [tags[first : first + FOUR] for first in range(0, len(tags), FOUR)]


def parts(
    people: list[Agenda], *, fair: Fair, printed_at: datetime | None, language: str = "fr"
) -> Iterator[tuple[int, str]]:
    """(badges so far, HTML of some sheets), for `pdf.bind`: each front is followed by its back."""
    all_sheets = sheets(people)
    for first in range(0, len(all_sheets), SHEETS_AT_ONCE):
        some = all_sheets[first : first + SHEETS_AT_ONCE]
        so_far = min(len(people), (first + len(some)) * FOUR)
        with use_language(language):
            part = render_template(
                "documents/badges.html",
                sheets=some,
                fair=fair,
                printed_at=printed_at,
                qr=qr,
                backs={one.delegate: back(one) for sheet in some for one in sheet if one},
            )
        yield so_far, part


class Back(NamedTuple):
    """How the back of a badge is set. letters: the most that a partner's name may have."""

    dense: bool
    letters: int


def back(agenda: Agenda) -> Back:
    """Large while there is room, else dense, else dense with long names cut: the A4 has them whole.

    Heights in mm, as `.tag-back` in the style sheet makes them.
    """
    names = [len(entry.partner) for entry in agenda.meetings]
    days = sum(1 for day in agenda.days if day.meetings)
    if 8.5 * days + sum(max(6.0, 4.7 * ceil(name / 26)) + 2.7 for name in names) <= ROOM:
        return Back(False, WHOLE)
    for letters in (WHOLE, 2 * LINE, LINE):
        lines = (ceil(min(name, letters) / LINE) for name in names)
        if 6.5 * days + sum(max(4.3, 3.5 * count) + 1.7 for count in lines) <= ROOM:
            return Back(True, letters)
    return Back(True, LINE)


def qr(code: str) -> str:
    """A badge's code as a small picture, one pixel per module, enlarged on paper by the style.

    The mask is fixed because trying all eight takes five times as long; any of them can be read.
    Source: ISO/IEC 18004, level M.
    """
    return segno.make(code, error="m", micro=False, mask=2).png_data_uri(scale=1, border=0)
