# SPDX-License-Identifier: EUPL-1.2
"""A list of trades from elsewhere joins our own without doubling it."""

import pytest
from sqlalchemy import func, select

from app.actions import reference, sector_lists
from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.rules.errors import RuleBroken

LIST = """group_slug,group_name,sector_slug,sector_name,sector_name_en
espaces-verts-2,Espaces verts & extérieurs,genie-ecologique,Génie écologique,Ecological engineering
hygiene,Hygiène et Propreté,nettoyage-de-locaux-16,Nettoyage de locaux,
dentelle,Dentelle & broderie,dentelle,Dentelle,
x,,y,Sans famille,
"""


def test_new_trades_join_their_family_and_known_ones_are_not_doubled(app):
    reference.load_sectors()
    before = db.session.scalar(select(func.count()).select_from(Sector)) or 0
    loaded = sector_lists.load(LIST.encode(), "metiers.csv")
    assert (loaded.added, loaded.same, len(loaded.rejected)) == (2, 1, 1)
    assert db.session.scalar(select(func.count()).select_from(Sector)) == before + 2
    eco = db.session.scalars(select(Sector).where(Sector.slug == "genie-ecologique")).one()
    assert (eco.group.slug, eco.name_en) == ("espaces-verts", "Ecological engineering")
    lace = db.session.scalars(select(SectorGroup).where(SectorGroup.slug == "dentelle")).one()
    assert lace.name_en == "Dentelle & broderie"
    assert sector_lists.load(LIST.encode(), "metiers.csv").added == 0


def test_a_list_without_families_is_refused(app):
    with pytest.raises(RuleBroken, match="sectors_columns"):
        sector_lists.load(b"sector_name\nDentelle\n", "metiers.csv")


def test_the_154_real_trades_are_of_our_20_families(app, shared_data):
    reference.load_sectors()
    families = db.session.scalar(select(func.count()).select_from(SectorGroup))
    path = shared_data / "data/ref/sectors.csv"
    loaded = sector_lists.load(path.read_bytes(), path.name)
    assert (loaded.total, loaded.rejected) == (154, ())
    assert db.session.scalar(select(func.count()).select_from(SectorGroup)) == families == 20
