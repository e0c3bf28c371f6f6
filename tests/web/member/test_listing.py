# SPDX-License-Identifier: EUPL-1.2
"""A member completes the listing of the organisation."""

import io
import re

import pytest
from PIL import Image

from app.actions import companies
from app.models.base import db
from app.queries import companies as directory
from app.rules.companies import Family, GeoRange
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_sector,
    an_activity,
    an_offer,
    log_in_as,
)

FACTS = {
    "name": "Les Jardins", "brand": "", "website": "exemple.fr", "description": "Nous jardinons.",
    "post_code": "34210", "city": "Olonzac", "address": "", "headcount": "24",
    "company_kind": "ACI",
}  # fmt: skip


@pytest.fixture
def company(client):
    company = a_company(name="Les Jardins")
    log_in_as(client, a_member(company))
    db.session.commit()
    return company


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (600, 600), "green").save(out, "JPEG")
    return io.BytesIO(out.getvalue())


def test_a_listing_is_completed_with_its_logo(client, company):
    facts = {**FACTS, "logo": (picture(), "../../évil.php")}
    assert client.post(f"/espace/{company.id}/fiche", data=facts).status_code == 302
    db.session.refresh(company)
    assert (company.website, company.headcount) == ("https://exemple.fr", 24)
    assert re.fullmatch(rf"{company.id}-[0-9a-f]{{20}}\.png", company.logo)


def test_a_listing_is_completed_without_a_logo(client, company):
    assert client.post(f"/espace/{company.id}/fiche", data=FACTS).status_code == 302
    db.session.refresh(company)
    assert (company.description, company.logo) == ("Nous jardinons.", None)


def test_a_logo_of_ten_megabytes_says_so_and_loses_nothing(client, company):
    facts = {**FACTS, "logo": (io.BytesIO(b"x" * 10 * 1024**2), "logo.png")}
    answer = client.post(f"/espace/{company.id}/fiche", data=facts)
    answer.request.environ["wsgi.input"].close()  # the test client leaves its large file open
    page = answer.text.replace("\u00a0", " ")
    assert answer.status_code == 200
    assert "Ce fichier pèse 10 Mo, et la limite est de 5 Mo." in page
    assert "Nous jardinons." in page
    assert 'value="exemple.fr"' in page
    db.session.refresh(company)
    assert company.description == ""


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("website", "deux mots", "Écrivez l’adresse d’un site"),
        ("headcount", "beaucoup", "Écrivez un nombre entier"),
        ("headcount", "-3", "Écrivez un nombre entier"),
        ("name", " ", "Écrivez le nom"),
        ("description", "x" * 4001, "Ce texte est trop long"),
    ],
)
def test_what_cannot_be_kept_is_said_on_its_field(client, company, field, typed, sentence):
    page = client.post(f"/espace/{company.id}/fiche", data={**FACTS, field: typed}).text
    assert sentence in page
    assert "Olonzac" in page


def test_a_trade_is_added_and_taken_away(client, company):
    sector = a_sector("Espaces verts")
    db.session.commit()
    typed = {
        "activity-sector": sector.id, "activity-presta_types": ["PREST", "BUILD"],
        "activity-geo_range": "ZONES", "activity-zones": ["34", "11"], "activity-other_zone": "13",
    }  # fmt: skip
    client.post(f"/espace/{company.id}/fiche/metiers", data=typed)
    (activity,) = directory.activities(company)
    assert activity.zones == ["11", "13", "34"]
    assert activity.presta_types == ["PREST", "BUILD"]

    client.post(f"/espace/{company.id}/fiche/metiers/{activity.id}/retirer")
    assert directory.activities(company) == []


def test_kilometres_around_the_seat(client, company):
    sector = a_sector()
    db.session.commit()
    typed = {"activity-sector": sector.id, "activity-presta_types": "PREST",
             "activity-geo_range": "CUSTOM"}  # fmt: skip
    page = client.post(f"/espace/{company.id}/fiche/metiers", data=typed).text
    assert "Écrivez une distance en kilomètres" in page
    client.post(f"/espace/{company.id}/fiche/metiers", data={**typed, "activity-distance_km": "40"})
    (activity,) = directory.activities(company)
    assert (activity.geo_range, activity.distance_km) == (GeoRange.CUSTOM, 40)


def test_a_trade_that_says_nothing_is_sent_back_with_what_was_typed(client, company):
    sector = a_sector("Espaces verts")
    db.session.commit()
    typed = {"activity-sector": sector.id, "activity-geo_range": "ZONES", "activity-zones": "34"}
    page = client.post(f"/espace/{company.id}/fiche/metiers", data=typed).text
    assert "Cochez au moins une case" in page
    assert re.search(r'checked[^>]*value="34"', page)


def test_an_offer_is_added_and_taken_away(client, company):
    client.post(f"/espace/{company.id}/fiche/offres", data={"offer-name": "Tonte et taille"})
    (offer,) = directory.offers(company)
    assert "Tonte et taille" in client.get(f"/espace/{company.id}/fiche").text
    client.post(f"/espace/{company.id}/fiche/offres/{offer.id}/retirer")
    assert directory.offers(company) == []
    page = client.post(f"/espace/{company.id}/fiche/offres", data={"offer-name": ""}).text
    assert "Nommez l’offre" in page


def test_the_listing_says_what_to_add_next(client, company):
    assert "Dites vos métiers" in client.get(f"/espace/{company.id}/fiche").text
    an_activity(company, a_sector())
    an_offer(company)
    db.session.commit()
    page = client.get(f"/espace/{company.id}/fiche").text
    assert "Dites vos métiers" not in page
    assert "Présentez-vous" in page


@pytest.mark.parametrize(
    ("method", "page"),
    [("get", ""), ("post", ""), ("post", "/metiers"), ("post", "/offres"),
     ("post", "/metiers/1/retirer")],
)  # fmt: skip
def test_nobody_touches_the_listing_of_another(client, company, method, page):
    other = a_company()
    an_activity(other, a_sector())
    db.session.commit()
    answer = getattr(client, method)(f"/espace/{other.id}/fiche{page}")
    assert answer.status_code == 404


def test_the_activity_of_another_is_not_removed_through_ones_own_page(client, company):
    activity = an_activity(a_company(), a_sector())
    db.session.commit()
    answer = client.post(f"/espace/{company.id}/fiche/metiers/{activity.id}/retirer")
    assert answer.status_code == 404


def test_a_buyer_has_neither_trades_nor_offers(client):
    buyer = a_buyer()
    log_in_as(client, a_member(buyer))
    db.session.commit()
    page = client.get(f"/espace/{buyer.id}/fiche").text
    assert "Nos métiers" not in page
    assert "Nos offres" not in page


def test_capacity_and_family_are_told_in_the_form(client, company):
    told = {**FACTS, "turnover": "1 250 000 €", "largest_contract": "90\u00a0000",
            "may_group": "y", "family": "", "legal_form": "9220"}  # fmt: skip
    assert client.post(f"/espace/{company.id}/fiche", data=told).status_code == 302
    db.session.refresh(company)
    assert (company.turnover, company.largest_contract, company.may_group) == (
        1_250_000, 90_000, True,
    )  # fmt: skip
    assert (company.legal_form, company.family) == ("9220", Family.ASSOCIATION)
    page = client.get(f"/espace/{company.id}/fiche").text.replace("\u00a0", " ")
    assert 'value="1 250 000"' in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("turnover", "beaucoup", "Écrivez un montant en euros"),
        ("turnover", "12,50", "Écrivez un montant en euros"),
        ("largest_contract", "9" * 17, "Écrivez un montant en euros"),
        ("legal_form", "92", "La catégorie juridique a 4 chiffres"),
        ("company_kind", "", "Choisissez votre type de structure"),
    ],
)
def test_a_capacity_that_cannot_be_read_says_so_and_stays(client, company, field, typed, sentence):
    page = client.post(f"/espace/{company.id}/fiche", data={**FACTS, field: typed}).text
    assert sentence in page.replace("\u00a0", " ")
    assert "Nous jardinons." in page
    assert f'value="{typed}"' in page or not typed


@pytest.mark.parametrize(("code", "shown"), [("fr", "1 250 000"), ("en", "1,250,000")])
def test_a_form_that_is_sent_back_as_it_was_shown_changes_nothing(client, company, code, shown):
    companies.describe(company, by=None, turnover=1_250_000, largest_contract=0)
    client.post(f"/langue/{code}")
    page = client.get(f"/espace/{company.id}/fiche").text.replace("\u00a0", " ")
    assert f'value="{shown}"' in page
    told = {**FACTS, "turnover": shown, "largest_contract": "0"}
    assert client.post(f"/espace/{company.id}/fiche", data=told).status_code == 302
    db.session.refresh(company)
    assert (company.turnover, company.largest_contract) == (1_250_000, 0)
    assert company.authors["turnover"]["by"] == "typed"


def test_the_logo_is_taken_away_again(client, company):
    client.post(f"/espace/{company.id}/fiche", data={**FACTS, "logo": (picture(), "a.jpg")})
    here = f"/espace/{company.id}/fiche/logo/retirer"
    assert f'formaction="{here}"' in client.get(f"/espace/{company.id}/fiche").text
    client.post(here)
    db.session.refresh(company)
    assert company.logo is None


def test_a_full_listing_says_so(client, company):
    page = client.get(f"/espace/{company.id}/fiche").text.replace("\u00a0", " ")
    assert "Votre fiche est complète à 0 %" in page
    assert f'href="/espace/{company.id}/fiche/preuves#labels"' in page
    an_activity(company, a_sector())
    db.session.commit()
    page = client.get(f"/espace/{company.id}/fiche").text.replace("\u00a0", " ")
    assert "Votre fiche est complète à 30 %" in page
