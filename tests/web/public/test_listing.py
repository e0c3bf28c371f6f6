# SPDX-License-Identifier: EUPL-1.2
"""A listing as anybody sees it: what it is, what the law says, what it can do."""

import re

import pytest

from app.models.base import db
from app.rules.companies import CompanyKind, Family
from tests.builders import a_buyer, a_company, a_member, a_user, log_in_as


def seen(client, **facts) -> str:
    company = a_company(**facts)
    db.session.commit()
    return client.get(f"/annuaire/{company.id}").text.replace("\u00a0", " ")


def test_a_kind_is_explained_with_its_article_and_its_set_asides(client):
    page = seen(client, company_kind=CompanyKind.ACI, family=Family.ASSOCIATION)
    assert "Article L5132-15, code du travail." in page
    assert "loi 2014-856 du 31 juillet 2014" in page
    for article in ("(L2113-13)", "(L2113-12 et 13)", "(L2113-15)"):
        assert article in page
    assert "si sa forme juridique est de l’ESS" not in page


def test_where_the_family_is_unknown_the_doubt_is_said(client):
    assert "si sa forme juridique est de l’ESS" in seen(client, company_kind=CompanyKind.ACI)


def test_a_responsible_enterprise_is_said_to_be_outside_the_sse(client):
    page = seen(client, company_kind=CompanyKind.RESPONSIBLE)
    assert "elle ne peut répondre à aucun marché réservé" in page
    assert "Aucun marché ne peut lui être réservé" in page
    assert "L2113" not in page


@pytest.mark.parametrize("kind", list(CompanyKind))
def test_every_kind_has_its_explanation(client, kind):
    page = seen(client, company_kind=kind)
    assert "Ce que dit la loi" in page


def test_capacity_is_shown_where_it_is_told(client):
    page = seen(client, headcount=25, turnover=700_000, largest_contract=0, may_group=True)
    for said in ("25", "700 000 €", "0 €", "peut répondre avec d’autres"):
        assert f"<dd>{said}</dd>" in page
    assert "Chiffre d’affaires" not in seen(client)


def test_a_foreign_company_shows_its_country_and_its_number(client):
    page = seen(client, siret=None, vat_number="BE0403019261", post_code="1080",
                city="Bruxelles", department="")  # fmt: skip
    assert "Bruxelles, Belgique" in page
    assert "BE0403019261" in page
    assert "SIRET" not in page
    assert "la loi parle pour elle de structures équivalentes" in page


def test_a_buyer_has_no_kind_of_structure_to_explain(client):
    buyer = a_buyer()
    db.session.commit()
    assert "Ce que dit la loi" not in client.get(f"/annuaire/{buyer.id}").text


def test_a_full_listing_takes_a_constant_number_of_queries(client, count_queries):
    company = a_company()
    db.session.commit()
    with count_queries:
        client.get(f"/annuaire/{company.id}")
    assert len(count_queries) <= 16


@pytest.mark.parametrize(
    ("website", "sentence"),
    [
        ("https://www.jardins.example/nous", "Avec une adresse électronique de jardins.example"),
        ("", "la fiche s’ouvre"),
    ],
)
def test_who_claims_is_told_beforehand_what_will_happen(client, website, sentence):
    company = a_company(website=website)
    db.session.commit()
    for login in (None, a_user()):
        if login:
            log_in_as(client, login)
            db.session.commit()
        page = client.get(f"/inscription/{company.id}").text.replace("\u00a0", " ")
        assert re.search(f"{sentence}|elle s’ouvre", page)
    a_member(company)
    db.session.commit()
    assert "elle vous répondra" in client.get(f"/inscription/{company.id}").text


def test_those_outside_the_sse_stand_after_all_others_under_their_own_heading(client):
    a_company(name="Abricot", search="abricot", company_kind=CompanyKind.RESPONSIBLE)
    a_company(name="Zeste", search="zeste", company_kind=CompanyKind.EI)
    db.session.commit()
    page = client.get("/annuaire").text.replace("\u00a0", " ")
    places = [page.index(said) for said in (">Zeste</a>", 'id="hors-ess"', ">Abricot</a>")]
    assert places == sorted(places)
    alone = client.get("/annuaire?q=zeste").text
    assert ">Zeste</a>" in alone
    assert 'id="hors-ess"' not in alone
