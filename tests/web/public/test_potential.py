# SPDX-License-Identifier: EUPL-1.2
"""The inclusive potential of a purchase, and how proposals are ranked, for anybody."""

import pytest

from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.rules.companies import CompanyKind
from app.rules.criteria import WEIGHTS
from tests.builders import a_company, an_activity


def words(answer):
    return answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


@pytest.fixture
def gardeners(app):
    group = SectorGroup(slug="espaces-verts", name_fr="Espaces verts", name_en="Green")
    db.session.add(group)
    db.session.flush()
    sector = Sector(slug="tonte", name_fr="Tonte", name_en="Mowing", group_id=group.id)
    db.session.add(sector)
    db.session.flush()
    for kind in (CompanyKind.EI, CompanyKind.ESAT, CompanyKind.RESPONSIBLE):
        an_activity(a_company(company_kind=kind), sector)
    db.session.commit()


def test_nothing_is_asked_before_the_form_is_filled(client):
    assert "Dites ce que vous achetez" in words(client.get("/potentiel-inclusif"))


def test_the_structures_of_the_sse_are_counted_with_a_lever_and_its_article(client, gardeners):
    page = words(
        client.get("/potentiel-inclusif?metier=espaces-verts&departement=34&montant=45000")
    )
    assert "2 structures pourraient servir cet achat" in page  # the responsible one is outside
    assert "Commander directement" in page and "R2122-8" in page
    assert "décret 2025-1386" in page


def test_a_code_is_enough_and_the_place_counts(client, gardeners):
    asked = "/potentiel-inclusif?metier=&cpv=77310000&departement=34"
    assert "2 structures pourraient servir" in words(client.get(asked))
    none = words(client.get("/potentiel-inclusif?metier=restauration&departement=34"))
    assert "0 structure pourrait servir" in none and "Prévoir un critère social" in none


def test_what_cannot_be_read_is_said_beside_its_field(client):
    page = words(client.get("/potentiel-inclusif?metier=&cpv=zz&montant=beaucoup"))
    assert "choses sont à corriger" in page or "chose est à corriger" in page
    assert 'value="zz"' in page and 'value="beaucoup"' in page


def test_the_page_on_ranking_shows_the_very_weights_of_the_program(client):
    page = words(client.get("/classement-des-propositions"))
    for weight in WEIGHTS.values():
        assert f">{weight}</td>" in page
    assert "Une place sur 4" in page and "45 000 €" in page
