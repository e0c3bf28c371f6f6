# SPDX-License-Identifier: EUPL-1.2
"""The listings as the search sees them: five queries, and what is said by many is kept once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Text, cast, func, or_, select, true

from app.models.companies import (
    Activity,
    Contract,
    ContractHolder,
    Organisation,
    Sector,
    SectorGroup,
)
from app.models.listings import Label, Network, NetworkMember, OrganisationLabel
from app.rules.companies import GeoRange
from app.rules.directory import NONE, WON_WITHIN_YEARS, Entry, Facet, Proof, Values, size_of
from app.rules.prefectures import PREFECTURES
from app.rules.search import folded
from app.rules.territories import departments_in, mask_of, on_sphere, reach_mask

_ALL = true()


def entries(
    connection: Connection, today: date, where: ColumnElement[bool] | None = None
) -> list[Entry]:
    """The listings as the search sees them; five queries, whatever their number."""
    where = _ALL if where is None else where
    labels, networks = _labels(connection, today, where), _networks(connection, where)
    winners = _winners(connection, today, where)
    trades = _trades(connection, where)
    columns = (
        Organisation.id, Organisation.role, Organisation.name, Organisation.brand,
        Organisation.search, Organisation.post_code, Organisation.siret, Organisation.department,
        Organisation.company_kind, Organisation.buyer_kind, Organisation.family,
        Organisation.headcount, Organisation.may_group,
    )  # fmt: skip
    return [
        Entry(
            row.id,
            row.role,
            folded(row.brand or row.name),
            f"{row.search} {row.post_code.lower()}",
            _said(
                row,
                labels.get(row.id, ()),
                networks.get(row.id, ()),
                (row.siret or "")[:9] in winners,
            ),
            tuple(trades.get(row.id, ())) or (_seat_only(row.department),),
        )
        for row in connection.execute(select(*columns).where(where))
    ]


def _said(row: Any, labels: Sequence[str], networks: Sequence[str], won: bool) -> Values:
    said: Values = {
        Facet.LOCATED: _one(row.department),
        Facet.KINDS: _one(row.company_kind or row.buyer_kind),
        Facet.FAMILIES: _one(row.family),
        Facet.SIZES: _one(size_of(row.headcount)),
        Facet.LABELS: frozenset(labels),
        Facet.NETWORKS: frozenset(networks),
        Facet.PROOFS: frozenset([Proof.WON.value] * won + [Proof.GROUPS.value] * row.may_group),
    }
    return said


@lru_cache(maxsize=1024)
def _one(value: str | None) -> frozenset[str]:
    """Said by thousands: kept once."""
    return frozenset({str(value)}) if value else NONE


@lru_cache(maxsize=1024)
def _seat_only(department: str) -> Values:
    return {Facet.SERVED: _departments(mask_of((department,)))}


def _trades(connection: Connection, where: ColumnElement[bool]) -> dict[int, list[Values]]:
    rows = connection.execute(
        select(
            Organisation.id, Organisation.department, Organisation.lat, Organisation.lon,
            cast(Activity.presta_types, Text).label("sold"), Activity.geo_range,
            cast(Activity.zones, Text).label("zones"), Activity.distance_km,
            Sector.slug, SectorGroup.slug.label("family"), Activity.id.label("activity"),
        )
        .select_from(Organisation)
        .join(Activity, Activity.organisation_id == Organisation.id)
        .join(Sector, Sector.id == Activity.sector_id)
        .join(SectorGroup, SectorGroup.id == Sector.group_id)
        .where(where)
    )  # fmt: skip
    trades: dict[int, list[Values]] = defaultdict(list)
    found = rows.all()
    around = _around([row for row in found if row.geo_range == GeoRange.CUSTOM])
    for row in found:
        if row.geo_range == GeoRange.CUSTOM:
            reach = around[row.activity]
        else:
            reach = _far(row.geo_range, row.zones)
        trades[row.id].append(_trade(row.slug, row.family, row.sold, reach | _bit(row.department)))
    return trades


@lru_cache(maxsize=65536)
def _trade(slug: str, family: str, sold: str, served: int) -> Values:
    """Many companies do the same in the same place: kept once. sold: as JSON; served: bits."""
    return {
        Facet.SERVED: _departments(served),
        Facet.SOLD: _listed(sold),
        Facet.SECTORS: frozenset((slug, family)),
    }


def _around(rows: Sequence[Any]) -> dict[int, int]:
    """activity id → the departments whose town it reaches, as `territories.reach_mask` says.

    All distances are computed together: one by one they would take a second in 50,000 listings.
    """
    here = np.array([on_sphere((row.lat or 0.0, row.lon or 0.0)) for row in rows]).reshape(-1, 3)
    km = np.array([-1 if None in (row.lat, row.lon) else row.distance_km or -1 for row in rows])
    reach = dict.fromkeys((row.activity for row in rows), 0)
    for code, town in PREFECTURES.items():
        away = here - np.array(on_sphere(town))
        for near in np.flatnonzero(np.sqrt(np.sum(away * away, axis=1)) <= km).tolist():
            reach[rows[near].activity] |= _bit(code)
    return reach


@lru_cache(maxsize=8192)
def _far(geo_range: GeoRange, zones: str) -> int:
    return reach_mask(geo_range, zones=_listed(zones))


@lru_cache(maxsize=1024)
def _bit(department: str) -> int:
    return mask_of((department,))


@lru_cache(maxsize=8192)
def _listed(written: str) -> frozenset[str]:
    return frozenset(json.loads(written))


@lru_cache(maxsize=8192)
def _departments(mask: int) -> frozenset[str]:
    return frozenset(departments_in(mask))


def _labels(
    connection: Connection, today: date, where: ColumnElement[bool]
) -> dict[int, list[str]]:
    expires = OrganisationLabel.expires_on
    held = (
        select(OrganisationLabel.organisation_id, Label.slug)
        .join(Label, Label.id == OrganisationLabel.label_id)
        .join(Organisation, Organisation.id == OrganisationLabel.organisation_id)
    )
    return _grouped(connection.execute(held.where(where, or_(expires.is_(None), expires >= today))))


def _networks(connection: Connection, where: ColumnElement[bool]) -> dict[int, list[str]]:
    joined = (
        select(NetworkMember.organisation_id, Network.slug)
        .join(Network, Network.id == NetworkMember.network_id)
        .join(Organisation, Organisation.id == NetworkMember.organisation_id)
    )
    return _grouped(connection.execute(joined.where(where)))


def _grouped(rows: Iterable[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for organisation, slug in rows:
        found[organisation].append(slug)
    return found


def _winners(connection: Connection, today: date, where: ColumnElement[bool]) -> set[str]:
    """The SIREN of those who won a public contract in the last years."""
    won = (
        select(ContractHolder.siren)
        .join(Contract, Contract.id == ContractHolder.contract_id)
        .where(Contract.notified_on >= won_since(today), ContractHolder.siren != "")
    )
    if where is not _ALL:
        sirens = select(func.substr(Organisation.siret, 1, 9)).where(where)
        won = won.where(ContractHolder.siren.in_(sirens))
    return set(connection.scalars(won.distinct()))


def won_since(today: date) -> date:
    """The first day whose contracts still speak for who won them."""
    return today.replace(year=today.year - WON_WITHIN_YEARS, day=min(today.day, 28))
