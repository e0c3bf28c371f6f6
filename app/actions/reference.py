# SPDX-License-Identifier: EUPL-1.2
"""Writes the project's own reference data into the tables that name it."""

from sqlalchemy import select

from app.actions.base import action
from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.rules.sectors import FAMILIES, Family


@action
def load_sectors() -> int:
    """Write the families of trades and their trades, or renew their words. Returns how many trades.

    May be run again at any time: rows are known by their slug, and none is ever taken away.
    """
    groups = {group.slug: group for group in db.session.scalars(select(SectorGroup))}
    sectors = {sector.slug: sector for sector in db.session.scalars(select(Sector))}
    for family in FAMILIES:
        group = groups.get(family.slug) or SectorGroup(slug=family.slug)
        group.name_fr, group.name_en = family.french, family.english
        db.session.add(group)
        db.session.flush()
        _load_trades(family, group, sectors)
    db.session.flush()
    return sum(len(family.trades) for family in FAMILIES)


def _load_trades(family: Family, group: SectorGroup, sectors: dict[str, Sector]) -> None:
    for trade in family.trades:
        sector = sectors.get(trade.slug) or Sector(slug=trade.slug)
        sector.name_fr, sector.name_en = trade.french, trade.english
        sector.group_id = group.id
        db.session.add(sector)
