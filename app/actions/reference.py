# SPDX-License-Identifier: EUPL-1.2
"""Writes the project's own reference data into the tables that name it."""

from sqlalchemy import select

from app.actions.base import action
from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.models.listings import Label, Network
from app.rules.labels import LABELS, NETWORKS
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


@action
def load_labels() -> int:
    """Write the labels that listings may hold, or renew their words. Returns how many."""
    known = {label.slug: label for label in db.session.scalars(select(Label))}
    for one in LABELS:
        label = known.get(one.slug) or Label(slug=one.slug)
        label.name_fr, label.name_en = one.french, one.english
        label.issuer, label.website = one.issuer, one.website
        db.session.add(label)
    return len(LABELS)


@action
def load_networks() -> int:
    """Write the networks that listings may be in, or renew their words. Returns how many."""
    known = {network.slug: network for network in db.session.scalars(select(Network))}
    for one in NETWORKS:
        network = known.get(one.slug) or Network(slug=one.slug)
        network.name, network.brand, network.website = one.name, one.brand, one.website
        db.session.add(network)
    return len(NETWORKS)


def _load_trades(family: Family, group: SectorGroup, sectors: dict[str, Sector]) -> None:
    for trade in family.trades:
        sector = sectors.get(trade.slug) or Sector(slug=trade.slug)
        sector.name_fr, sector.name_en = trade.french, trade.english
        sector.group_id = group.id
        db.session.add(sector)
