# SPDX-License-Identifier: EUPL-1.2
"""The reference tables are written once, and may be written again."""

from sqlalchemy import func, select

from app.actions.reference import load_labels, load_networks, load_sectors
from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.models.listings import Label, Network


def test_trades_are_loaded_twice_without_doubles(app):
    assert load_sectors() == load_sectors() == 61
    assert db.session.scalar(select(func.count()).select_from(Sector)) == 61
    assert db.session.scalar(select(func.count()).select_from(SectorGroup)) == 20


def test_words_that_changed_are_renewed(app):
    load_sectors()
    db.session.scalars(select(Sector).where(Sector.slug == "mobilier")).one().name_fr = "Vieux mot"
    db.session.commit()
    load_sectors()
    renewed = db.session.scalars(select(Sector).where(Sector.slug == "mobilier")).one()
    assert renewed.name_fr == "Fabrication de mobilier"


def test_labels_and_networks_are_loaded_twice_without_doubles(app):
    assert load_labels() == load_labels() == db.session.scalar(select(func.count(Label.id)))
    assert load_networks() == load_networks() == db.session.scalar(select(func.count(Network.id)))
