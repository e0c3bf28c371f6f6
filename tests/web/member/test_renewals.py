# SPDX-License-Identifier: EUPL-1.2
"""A buyer sees its own contracts that end, and turns one into a draft by one click."""

from datetime import UTC, datetime

import pytest

from app.models import clock
from app.models.base import db
from app.models.needs import Need
from app.rules.decp import Holder
from app.rules.needs import NeedState
from tests.actions.test_renewals import a_contract
from tests.builders import a_buyer, a_company, a_member, log_in_as

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def buyer(client):
    buyer = a_buyer(name="Ville de Lodève", department="34")
    log_in_as(client, a_member(buyer))
    db.session.commit()
    return buyer


def text(answer):
    return answer.get_data(as_text=True).replace("\xa0", " ")


def test_it_sees_its_own_contracts_only(client, buyer):
    a_contract(buyer)
    other = a_contract(a_buyer(), uid="U2")
    shown = text(client.get(f"/espace/{buyer.id}/renouvellements?acheteur={other.organisation_id}"))
    assert "1 marché se termine" in shown
    assert "Aucun de vos marchés" in text(client.get(f"/espace/{buyer.id}/renouvellements?mois=6"))


def test_one_click_makes_a_draft_and_opens_it(client, buyer):
    contract = a_contract(buyer)
    answer = client.post(f"/espace/{buyer.id}/renouvellements/{contract.id}")
    need = db.session.query(Need).one()
    assert answer.headers["Location"] == f"/besoins/{need.id}/modifier"
    assert (need.state, need.contract_id) == (NeedState.DRAFT, contract.id)
    shown = text(client.get(f"/espace/{buyer.id}/renouvellements"))
    assert "Voir le besoin" in shown and "Préparer un besoin" not in shown


def test_a_contract_of_another_buyer_is_not_found(client, buyer):
    other = a_contract(a_buyer())
    assert client.post(f"/espace/{buyer.id}/renouvellements/{other.id}").status_code == 404
    assert db.session.query(Need).count() == 0


def test_a_company_has_no_contracts_to_renew(client, app):
    company = a_company()
    log_in_as(client, a_member(company))
    db.session.commit()
    assert client.get(f"/espace/{company.id}/renouvellements").status_code == 404


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_asks_no_query_per_contract(client, buyer, count_queries, many):
    for number in range(many):
        a_contract(buyer, uid=f"U{number}")
    client.get(f"/espace/{buyer.id}/renouvellements")
    with count_queries:
        assert client.get(f"/espace/{buyer.id}/renouvellements").status_code == 200
    assert len(count_queries) <= 20


def test_listings_prove_what_was_won_and_say_until_when(client, buyer):
    company = a_company(siret="73282932000074", name="Les Verts")
    a_contract(buyer, holders=(Holder("73282932000074", "LES VERTS"), Holder("35600000000048")))
    won = text(client.get(f"/annuaire/{company.id}"))
    assert "Marchés publics obtenus" in won and "Ville de Lodève" in won
    assert "avec une autre entreprise" in won and "75 000 €" in won
    signed = text(client.get(f"/annuaire/{buyer.id}"))
    assert "Ses marchés publics" in signed and "LES VERTS" in signed and "1 juin 2027" in signed


def test_a_listing_without_contracts_does_not_speak_of_them(client, buyer):
    assert "marchés publics" not in text(client.get(f"/annuaire/{buyer.id}"))
