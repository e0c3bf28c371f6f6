# SPDX-License-Identifier: EUPL-1.2
"""The directory and its listings, as anybody sees them."""

import io
import re

import pytest
from PIL import Image

from app.actions import companies
from app.models.base import db
from app.rules.companies import CompanyKind, GeoRange
from app.rules.registrations import RegistrationState
from app.rules.search import folded
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_sector,
    a_user,
    an_activity,
    an_edition,
    log_in_as,
)


def a_listed(name: str, **facts):
    return a_company(name=name, search=folded(name), **facts)


def shown(page: str) -> list[str]:
    """The names of the listings of a page, in order."""
    return re.findall(r"<h3><a href=\"/annuaire/\d+\">([^<]+)</a></h3>", page)


def search(client, query: str = "") -> str:
    db.session.commit()
    answer = client.get(f"/annuaire{query}")
    assert answer.status_code == 200
    return answer.text


def test_accents_and_ligatures_do_not_count(client):
    a_listed("Cœur d'Hérault")
    a_listed("Papier Plume")
    assert shown(search(client, "?q=COEUR+herault")) == ["Cœur d&#39;Hérault"]


def test_companies_and_buyers_are_on_two_sides(client):
    a_listed("Les Jardins")
    a_buyer(name="Ville de Valfleury")
    assert shown(search(client)) == ["Les Jardins"]
    assert shown(search(client, "?qui=acheteurs")) == ["Ville de Valfleury"]


def test_a_department_finds_who_serves_it_not_only_who_is_there(client):
    sector = a_sector()
    far = a_listed("Nationale", department="31")
    an_activity(far, sector, geo_range=GeoRange.COUNTRY)
    regional = a_listed("Régionale", department="31")
    an_activity(regional, sector, geo_range=GeoRange.ZONES, zones=["R76"])
    near = a_listed("Voisine", department="34")
    an_activity(near, sector, geo_range=GeoRange.ZONES, zones=["11"])
    a_listed("Ailleurs", department="31")
    assert shown(search(client, "?zone=34")) == ["Nationale", "Régionale", "Voisine"]


def test_filters_stand_in_the_address_and_can_be_taken_off(client):
    a_listed("Un chantier", company_kind=CompanyKind.ACI)
    a_listed("Un Esat", company_kind=CompanyKind.ESAT)
    page = search(client, "?type=ACI&zone=34&q=chantier")
    assert shown(page) == ["Un chantier"]
    assert 'class="chip" href="/annuaire?q=chantier&amp;type=ACI"' in page
    assert re.search(r'value="ACI" checked', page)


def test_the_switch_shows_only_those_who_come(client):
    edition = an_edition()
    a_registration(edition, a_listed("Vient"))
    a_registration(edition, a_listed("Attend"), state=RegistrationState.PENDING)
    a_listed("Ne vient pas")
    assert shown(search(client, "?venue=1")) == ["Vient"]


def test_an_empty_search_proposes_what_to_relax(client):
    a_listed("Élagage du Gard", department="30")
    page = search(client, "?q=élagage+hauteur&zone=34")
    assert "Rien ne répond" in page
    page = search(client, "?q=élagage&zone=34")
    assert re.search(r"chercher dans toute l’Occitanie : 1", page)
    assert "/annuaire?q=%C3%A9lagage&amp;zone=R76" in page


def test_what_is_no_value_of_a_filter_is_left_out(client):
    a_listed("Les Jardins")
    page = search(client, "?zone=99&type=XX&prestation=YY&page=abc&qui=zz&venue=9")
    assert shown(page) == ["Les Jardins"]


def test_a_page_beyond_the_last_shows_the_last(client):
    for number in range(13):
        a_listed(f"Numéro {number:02}")
    assert shown(search(client, "?page=2")) == ["Numéro 12"]
    assert shown(search(client, "?page=900")) == ["Numéro 12"]


def test_fifty_listings_take_as_many_queries_as_one(client, count_queries):
    edition, sector = an_edition(), a_sector()

    def list_some(count: int) -> int:
        for _ in range(count):
            company = a_listed("Les Jardins")
            an_activity(company, sector)
            a_registration(edition, company)
        db.session.commit()
        with count_queries:
            search(client, "?q=jardins")
        return len(count_queries)

    assert list_some(1) == list_some(49) <= 25  # five of them read what changed


def test_what_a_company_writes_of_itself_is_never_markup(client):
    a_listed("<script>alert(1)</script>", description="<img src=x onerror=alert(1)>")
    page = search(client)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_listing_shows_trades_and_how_to_meet(client):
    company = a_listed("Les Jardins", website="https://exemple.fr")
    an_activity(company, a_sector("Espaces verts"), geo_range=GeoRange.ZONES, zones=["34", "11"])
    a_registration(an_edition(name="Salon 2027"), company)
    db.session.commit()
    page = client.get(f"/annuaire/{company.id}").text
    assert "Espaces verts" in page
    assert "Hérault (34), Aude (11)" in page
    assert "Connectez-vous pour demander un rendez-vous." in page


def test_who_may_ask_gets_the_link_and_others_the_reason(client):
    edition = an_edition()
    company, buyer = a_listed("Les Jardins"), a_buyer(name="Valfleury")
    asked, asking = a_registration(edition, company), a_registration(edition, buyer)
    log_in_as(client, a_member(buyer))
    db.session.commit()
    page = client.get(f"/annuaire/{company.id}").text
    assert f"/demandes/nouvelle?to={asked.id}" in page or f"to={asked.id}" in page

    asking.state = RegistrationState.PENDING
    db.session.commit()
    assert (
        "Votre inscription est «\u00a0à valider\u00a0»"
        in client.get(f"/annuaire/{company.id}").text
    )

    log_in_as(client, a_user())
    db.session.commit()
    assert "pour quelle organisation vous parlez" in client.get(f"/annuaire/{company.id}").text


def test_a_buyer_shows_its_published_needs_only(client):
    buyer = a_buyer()
    a_need(buyer, title="Entretien de 12 parcs")
    a_need(buyer, title="Secret", state="draft")
    db.session.commit()
    page = client.get(f"/annuaire/{buyer.id}").text
    assert "Entretien de 12 parcs" in page
    assert "Secret" not in page


def test_an_unknown_listing_is_not_found(client):
    assert client.get("/annuaire/999").status_code == 404


@pytest.fixture
def pictured(app):
    company = a_company()
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(out, "PNG")
    companies.set_logo(company, by=None, picture=out.getvalue())
    return company


def test_a_logo_is_kept_by_browsers_for_a_year_and_is_nothing_but_a_picture(client, pictured):
    with client.get(f"/annuaire/{pictured.id}/logo/{pictured.logo}") as answer:
        assert answer.content_type == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["../test.db", "other.png", "..%2f..%2fsecret-key"])
def test_no_other_file_is_ever_served(client, pictured, name):
    assert client.get(f"/annuaire/{pictured.id}/logo/{name}").status_code == 404
