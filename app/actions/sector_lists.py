# SPDX-License-Identifier: EUPL-1.2
"""A list of trades is added to our own; what is known by its slug or its words is not doubled."""

from sqlalchemy import select

from app.actions.base import action
from app.actions.communes import Loaded
from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.rules.errors import RuleBroken
from app.rules.sector_lists import SectorLine, places_in, same, sector_of
from app.rules.sheets import sheet_of


@action
def load(content: bytes, name: str, *, keep: bool = True) -> Loaded:
    """Add the trades of this file that are not known yet; none is renamed or taken away.

    keep: false only to say what it would do.

    Errors: RuleBroken `sheet_…`, `sectors_columns`.
    """
    sheet = sheet_of(content, name)
    places = places_in(sheet.header)
    groups = {group.slug: group for group in db.session.scalars(select(SectorGroup))}
    sectors = list(db.session.scalars(select(Sector)))
    known = {sector.slug for sector in sectors} | {same(sector.name_fr) for sector in sectors}
    added, there = 0, 0
    rejected: list[tuple[int, RuleBroken]] = []
    for number, cells in sheet.lines:
        try:
            line = sector_of({fact: cells[at] for fact, at in places.items() if at < len(cells)})
        except RuleBroken as fault:
            rejected.append((number, fault))
            continue
        if line.slug in known or same(line.name) in known:
            there += 1
            continue
        known |= {line.slug, same(line.name)}
        added += 1
        if keep:
            _add(line, groups)
    db.session.flush()
    return Loaded(added, 0, there, tuple(rejected))


def _add(line: SectorLine, groups: dict[str, SectorGroup]) -> None:
    """Words without English are shown in French."""
    group = groups.get(line.group)
    if group is None:
        english = line.group_name_en or line.group_name
        group = SectorGroup(slug=line.group, name_fr=line.group_name, name_en=english)
        groups[line.group] = group
        db.session.add(group)
        db.session.flush()
    english = line.name_en or line.name
    db.session.add(Sector(slug=line.slug, name_fr=line.name, name_en=english, group_id=group.id))
