# SPDX-License-Identifier: EUPL-1.2
"""The CPV vocabulary is loaded from its file, as often as one likes."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from app.actions.base import action
from app.models.base import db
from app.models.cpv import CpvCode
from app.rules.cpv import CpvLine, ancestors, level_of, lines_of, named
from app.rules.search import folded
from app.rules.sheets import sheet_of


@dataclass(frozen=True)
class Loaded:
    """How many codes came in, were renamed, and were there already."""

    added: int
    changed: int
    same: int


@action
def load(content: bytes, name: str) -> Loaded:
    """Add the codes of this file, and correct the names of those that are there.

    Errors: RuleBroken `sheet_…`, `cpv_columns`, `cpv_unknown`.
    """
    sheet = sheet_of(content, name)
    rows = (cells for _, cells in sheet.lines)
    lines = {line.code: named(line) for line in lines_of(sheet.header, rows)}
    known = {one.code: one for one in db.session.scalars(select(CpvCode))}
    new = [_row(line) for code, line in lines.items() if code not in known]
    if new:
        db.session.execute(insert(CpvCode), new)
    changed = sum(_rename(known[code], line) for code, line in lines.items() if code in known)
    return Loaded(len(new), changed, len(lines) - len(new) - changed)


def _row(line: CpvLine) -> dict[str, object]:
    return {
        "code": line.code,
        "check_digit": line.check_digit,
        "level": level_of(line.code),
        "parent": (ancestors(line.code) or [""])[-1],
        "name_fr": line.name_fr,
        "name_en": line.name_en,
        "search_fr": f" {folded(line.name_fr)}",
        "search_en": f" {folded(line.name_en)}",
    }


def _rename(one: CpvCode, line: CpvLine) -> bool:
    if (one.name_fr, one.name_en) == (line.name_fr, line.name_en):
        return False
    for name, value in _row(line).items():
        setattr(one, name, value)
    return True
