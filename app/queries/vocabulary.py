# SPDX-License-Identifier: EUPL-1.2
"""What the values of the filters are called: families and trades, labels, networks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.models.listings import Label, Network

Names = tuple[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """Slug → its name in French and in English, in the order of the French names.

    trades: slug of a family → the trades of it.
    """

    families: Mapping[str, Names] = field(default_factory=dict)
    trades: Mapping[str, Mapping[str, Names]] = field(default_factory=dict)
    labels: Mapping[str, Names] = field(default_factory=dict)
    networks: Mapping[str, Names] = field(default_factory=dict)

    def sector(self, slug: str) -> Names | None:
        """The names of a family or of a trade."""
        trades = (some[slug] for some in self.trades.values() if slug in some)
        return self.families.get(slug) or next(trades, None)

    def family_of(self, trade: str) -> str | None:
        """The slug of the family that a trade is in."""
        return next((family for family, some in self.trades.items() if trade in some), None)


def read() -> Vocabulary:
    """All of them: three light queries."""
    families: dict[str, Names] = {}
    trades: dict[str, dict[str, Names]] = {}
    rows = db.session.execute(
        select(
            SectorGroup.slug, SectorGroup.name_fr, SectorGroup.name_en,
            Sector.slug, Sector.name_fr, Sector.name_en,
        )
        .outerjoin(Sector, Sector.group_id == SectorGroup.id)
        .order_by(SectorGroup.name_fr, Sector.name_fr)
    )  # fmt: skip
    for family, french, english, trade, *names in rows:
        families[family] = (french, english)
        trades.setdefault(family, {})
        if trade is not None:
            trades[family][trade] = (names[0], names[1])
    labels = db.session.execute(
        select(Label.slug, Label.name_fr, Label.name_en).order_by(Label.name_fr)
    )
    networks = db.session.execute(
        select(Network.slug, Network.name, Network.brand).order_by(Network.name)
    )
    return Vocabulary(
        families,
        trades,
        {slug: (french, english) for slug, french, english in labels},
        {slug: (brand or name,) * 2 for slug, name, brand in networks},
    )
