# SPDX-License-Identifier: EUPL-1.2
"""Favourites as the people of an organisation use them, without JavaScript."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from app.actions import favourites as keeping
from app.models.base import db
from app.queries import favourites
from tests.builders import a_buyer, a_company, a_member, log_in_as


@pytest.fixture
def buyer(app):
    return a_buyer(name="Ville de Valfleury")


@pytest.fixture
def claire(buyer, client):
    claire = a_member(buyer)
    db.session.commit()
    log_in_as(client, claire)
    return claire


def test_the_card_and_the_listing_let_a_member_keep_and_nobody_else(client, buyer, claire):
    company = a_company(name="Les Jardins", search="les jardins")
    db.session.commit()
    keep = f"/espace/{buyer.id}/favoris/garder"
    assert keep in client.get("/annuaire").text
    assert keep in client.get(f"/annuaire/{company.id}").text
    with client.session_transaction() as session:
        session.clear()
    assert keep not in client.get("/annuaire").text
    assert keep not in client.get(f"/annuaire/{company.id}").text


def test_one_press_keeps_and_comes_back_to_the_same_search(client, buyer, claire):
    company = a_company(name="Les Jardins", search="les jardins")
    db.session.commit()
    asked = {"listing": company.id, "next": "/annuaire?q=jardins"}
    answer = client.post(f"/espace/{buyer.id}/favoris/garder", data=asked)
    assert answer.location == "/annuaire?q=jardins"
    page = client.get(answer.location).text
    assert "Les Jardins est dans «\u00a0Favoris\u00a0»." in page
    assert "Gardée dans «\u00a0Favoris\u00a0»" in page
    assert "Mes favoris (1)" in page


def test_no_open_redirect_and_no_list_of_somebody_else(client, buyer, claire):
    company, other = a_company(), a_buyer()
    theirs = keeping.start_list(other, by=a_member(other), name="Secrète")
    db.session.commit()
    keep = f"/espace/{buyer.id}/favoris/garder"
    answer = client.post(keep, data={"listing": company.id, "next": "//evil.example"})
    assert answer.location == f"/annuaire/{company.id}"
    stolen = {"listing": company.id, "shortlist": theirs.id}
    assert client.post(keep, data=stolen).status_code == 404
    assert client.post(keep, data={"listing": "x"}).status_code == 404
    assert client.post(keep, data={"listing": 99999}).status_code == 404
    assert client.get(f"/favoris/{theirs.id}").status_code == 404
    assert client.get(f"/favoris/{theirs.id}/tableur.xlsx").status_code == 404
    assert client.post(f"/espace/{other.id}/favoris/garder", data={}).status_code == 404


def test_colleagues_share_lists_notes_and_names(client, buyer, claire):
    kept = keeping.keep(a_company(name="Les Jardins"), buyer, by=claire, note="Devis reçu")
    log_in_as(client, a_member(buyer))
    db.session.commit()
    page = client.get(f"/favoris/{kept.shortlist_id}").text
    assert "Devis reçu" in page
    assert claire.name in page
    form = f"f{kept.id}"
    client.post(
        f"/favoris/fiche/{kept.id}/note",
        data={f"{form}-note": "Devis signé", f"{form}-shortlist": str(kept.shortlist_id)},
    )
    assert "Devis signé" in client.get(f"/favoris/{kept.shortlist_id}").text
    client.post(f"/favoris/{kept.shortlist_id}", data={"name": "Espaces verts"})
    assert "Espaces verts" in client.get(f"/espace/{buyer.id}/favoris").text
    client.post(f"/favoris/fiche/{kept.id}/retirer")
    assert "Cette liste est vide" in client.get(f"/favoris/{kept.shortlist_id}").text


def test_a_name_that_is_taken_is_said_beside_the_field(client, buyer, claire):
    keeping.start_list(buyer, by=claire, name="Traiteurs")
    db.session.commit()
    page = client.post(f"/espace/{buyer.id}/favoris", data={"name": "traiteurs"}).text
    assert "Vous avez déjà une liste" in page
    assert 'value="traiteurs"' in page


def test_a_list_is_dropped_only_after_a_question(client, buyer, claire):
    kept = keeping.keep(a_company(), buyer, by=claire)
    db.session.commit()
    page = client.get(f"/favoris/{kept.shortlist_id}/supprimer").text
    assert "1 fiche sort de la liste" in page
    assert favourites.lists(buyer) != []
    client.post(f"/favoris/{kept.shortlist_id}/supprimer")
    assert favourites.lists(buyer) == []


def test_the_list_as_a_spreadsheet_holds_the_notes(client, buyer, claire):
    kept = keeping.keep(a_company(name="Les Jardins"), buyer, by=claire, note="=1+1")
    db.session.commit()
    answer = client.get(f"/favoris/{kept.shortlist_id}/tableur.xlsx")
    first = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
    headings, line = first.to_python()
    assert line[headings.index("Note")] == "=1+1"
    assert line[headings.index("Nom")] == "Les Jardins"


def test_fifty_favourites_take_as_many_queries_as_one(client, buyer, claire, count_queries):
    shortlist = keeping.start_list(buyer, by=claire, name="Longue")

    def keep_some(count: int) -> int:
        for _ in range(count):
            keeping.keep(a_company(), buyer, by=claire, shortlist=shortlist)
        db.session.commit()
        db.session.expire_all()
        with count_queries:
            page = client.get(f"/favoris/{shortlist.id}")
        assert page.status_code == 200
        return len(count_queries)

    assert keep_some(1) == keep_some(49)


def test_a_stranger_is_asked_to_log_in_and_a_member_finds_the_way(client, buyer, claire):
    page = client.get("/annuaire").text
    assert re.search(rf'href="/espace/{buyer.id}/favoris"', page)
    with client.session_transaction() as session:
        session.clear()
    assert "/connexion" in client.get(f"/espace/{buyer.id}/favoris").location
