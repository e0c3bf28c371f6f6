# SPDX-License-Identifier: EUPL-1.2
"""Needs as people see them: the public list, the buyer's form, the ranked companies."""

from datetime import date

import pytest

from app.models.base import db
from app.models.needs import Need
from app.queries import needs
from app.rules.companies import BuyerKind
from app.rules.needs import AmountBand, NeedState, SetAside
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_sector,
    an_activity,
    an_edition,
    log_in_as,
)


@pytest.fixture
def buyer(client):
    """A buyer whose person is logged in."""
    organisation = a_buyer(name="Département des Hautes-Garrigues")
    user = a_member(organisation)
    db.session.commit()
    log_in_as(client, user)
    return organisation


def the_form(sector, **typed):
    usual = {
        "title": "Entretien de 12 parcs",
        "text": "",
        "kind": "SOURCING",
        "sectors": str(sector.id),
        "second_sector": "",
        "third_sector": "",
        "cpv": "77",
        "amount_band": "unknown",
        "set_aside": "none",
        "departments": ["34"],
        "elsewhere": "",
        "starts_on": "",
        "then": "publish",
    }
    return {**usual, **typed}


def test_everybody_reads_published_needs_and_nobody_else_reads_a_draft(client):
    shown = a_need(a_buyer(), title="Nettoyage des halles")
    draft = a_need(a_buyer(), title="Secret", state=NeedState.DRAFT)
    db.session.commit()

    page = client.get("/besoins")
    assert "Nettoyage des halles" in page.text and "Secret" not in page.text
    assert client.get(f"/besoins/{shown.id}").status_code == 200
    assert client.get(f"/besoins/{draft.id}").status_code == 302  # log in first


def test_the_list_is_filtered_by_family_department_and_reservation(client):
    green, clean = a_sector("Espaces verts"), a_sector("Nettoyage")
    a_need(a_buyer(), green, title="Parcs", departments=["34"])
    a_need(a_buyer(), clean, title="Bureaux", departments=["30"], set_aside=SetAside.HANDICAP)
    db.session.commit()

    def titles(query):
        text = client.get(f"/besoins?{query}").text
        return [title for title in ("Parcs", "Bureaux") if f">{title}</a>" in text]

    assert titles(f"metier={green.group.slug}") == ["Parcs"]
    assert titles("departement=30") == ["Bureaux"]
    assert titles("reserve=L2113-12") == ["Bureaux"]
    assert titles("reserve=nonsense&page=-4") == ["Parcs", "Bureaux"]


def test_a_buyer_publishes_a_need_in_one_form(client, buyer):
    sector = a_sector()
    db.session.commit()

    answer = client.post(f"/espace/{buyer.id}/besoins/nouveau", data=the_form(sector))

    need = db.session.query(Need).one()
    assert answer.status_code == 302 and answer.location.endswith(f"/besoins/{need.id}")
    assert (need.state, need.cpv, need.departments) == (NeedState.PUBLISHED, "77", ["34"])
    assert [one.id for one in needs.sectors(need)] == [sector.id]


def test_a_draft_needs_only_a_title(client, buyer):
    sector = a_sector()
    db.session.commit()
    typed = the_form(sector, sectors="", departments=[], then="keep")

    client.post(f"/espace/{buyer.id}/besoins/nouveau", data=typed)

    assert db.session.query(Need).one().state == NeedState.DRAFT


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Donnez un titre au besoin"),
        ({"sectors": ""}, "Choisissez au moins un métier"),
        ({"departments": []}, "Choisissez au moins un département"),
        ({"elsewhere": "999"}, "n’est pas un département"),
        ({"starts_on": "demain"}, "Écrivez une date"),
    ],
)
def test_bad_input_is_answered_beside_the_field_and_what_was_typed_stays(
    client, buyer, wrong, sentence
):
    sector = a_sector()
    db.session.commit()
    typed = the_form(sector, text="Douze parcs, deux tontes par mois.", **wrong)

    page = client.post(f"/espace/{buyer.id}/besoins/nouveau", data=typed)

    assert page.status_code == 422
    assert sentence in page.text
    assert "deux tontes par mois" in page.text
    assert db.session.query(Need).count() == 0


def test_a_need_from_a_contract_keeps_its_long_cpv_code_when_its_division_stays(client, buyer):
    sector = a_sector()
    need = a_need(buyer, sector, cpv="77310000")
    db.session.commit()

    client.post(f"/besoins/{need.id}/modifier", data=the_form(sector, title="Autre titre"))

    db.session.refresh(need)
    assert (need.title, need.cpv) == ("Autre titre", "77310000")


def test_only_the_buyer_changes_its_need(client, buyer):
    stranger = a_need(a_buyer())
    db.session.commit()
    assert client.get(f"/besoins/{stranger.id}/modifier").status_code == 404
    assert client.post(f"/besoins/{stranger.id}/clore").status_code == 404


def test_the_buyer_sees_ranked_companies_with_reasons_and_those_put_aside(client, buyer):
    sector = a_sector("Espaces verts")
    near = a_company(name="Les Jardins", lat=43.61, lon=3.87)
    far = a_company(name="Loin", department="59", lat=50.6, lon=3.0)
    an_activity(near, sector)
    an_activity(far, sector, geo_range="ZONES", zones=["59"])
    need = a_need(buyer, sector, departments=["34"], set_aside=SetAside.INTEGRATION)
    db.session.commit()

    page = client.get(f"/besoins/{need.id}")

    assert "Les Jardins" in page.text and ">Loin<" not in page.text
    for reason in ("Même métier", "Éligible au marché réservé L2113-13", "Siège à 1"):
        assert reason in page.text
    assert "1 entreprise du même métier écartée" in page.text


def test_the_page_of_a_need_asks_the_same_number_of_questions_for_50_companies(
    client, buyer, count_queries
):
    sector = a_sector()
    edition = an_edition()
    a_registration(edition, buyer)
    need = a_need(buyer, sector)

    def one_more():
        company = a_company()
        an_activity(company, sector)
        a_registration(edition, company)
        db.session.commit()

    def questions():
        db.session.remove()  # nothing is remembered from the test itself
        with count_queries:
            page = client.get(f"/besoins/{number}?tout=1")
        return page, len(count_queries)

    number = need.id
    one_more()
    questions()
    for_one = questions()[1]
    for _ in range(49):
        one_more()
    page, for_fifty = questions()
    assert page.text.count("Demander un rendez-vous") == 50
    assert for_fifty == for_one


def test_a_company_sees_the_needs_that_suit_it_best_first(client):
    sector, family = a_sector("Espaces verts"), a_sector("Nettoyage")
    company = a_company()
    an_activity(company, sector)
    user = a_member(company)
    a_need(a_buyer(lat=None, lon=None), sector, title="Loin", departments=["59"])
    a_need(a_buyer(), sector, title="Tout près")
    a_need(a_buyer(), family, title="Autre métier")
    db.session.commit()
    log_in_as(client, user)

    text = client.get(f"/espace/{company.id}/besoins-pour-nous").text

    assert text.index("Tout près") < text.index(">Loin<")
    assert "Autre métier" not in text


def test_the_buyer_reads_what_the_law_allows_and_the_public_reads_no_exact_amount(client, buyer):
    need = a_need(
        buyer, a_sector(), cpv="77310000", amount_band=AmountBand.UNDER_60K, amount_exact=54_321,
        published_on=date(2026, 6, 1),
    )  # fmt: skip
    db.session.commit()

    ours = client.get(f"/besoins/{need.id}").text
    assert "Commande directe possible" in ours and "décret 2025-1386" in ours
    assert "54\u00a0321\u00a0€" in ours

    log_in_as(client, a_member(a_company()))
    db.session.commit()
    theirs = client.get(f"/besoins/{need.id}").text
    assert "Commande directe possible" in theirs
    assert "54\u00a0321" not in theirs


def test_the_form_tells_what_the_law_says_before_anything_is_kept(client, buyer):
    sector = a_sector()
    db.session.commit()
    address = f"/espace/{buyer.id}/besoins/nouveau"
    assert "60\u00a0000\u00a0€" in client.get(address).text

    typed = the_form(
        sector, set_aside="L2113-15", cpv="77", months="12", amount_exact="45 000 €", then="check"
    )
    page = client.post(address, data=typed)
    assert "Réservation impossible" in page.text and "Commande directe possible" in page.text
    assert db.session.query(Need).count() == 0

    refused = client.post(address, data={**typed, "then": "publish"})
    assert refused.status_code == 422
    assert "n’en est pas" in refused.text and db.session.query(Need).count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount_exact": "beaucoup"}, "Écrivez un montant en euros"),
        ({"months": "0"}, "Écrivez un nombre entier de 1 à 240"),
        ({"cpv_code": "85311000"}, "n’est pas de la division choisie"),
        ({"cpv": "", "cpv_code": "99"}, "n’est pas un code CPV"),
    ],
)
def test_a_wrong_precision_is_answered_beside_its_field(client, buyer, wrong, sentence):
    sector = a_sector()
    db.session.commit()
    typed = the_form(sector, **wrong)
    page = client.post(f"/espace/{buyer.id}/besoins/nouveau", data=typed)
    assert page.status_code == 422 and sentence in page.text


def test_a_long_cpv_code_is_typed_kept_and_taken_back(client, buyer):
    need = a_need(buyer, sector := a_sector())
    db.session.commit()
    address = f"/besoins/{need.id}/modifier"
    for typed, kept in (("77310000-6", "77310000"), ("", "77")):
        client.post(address, data=the_form(sector, cpv_code=typed))
        db.session.refresh(need)
        assert need.cpv == kept


def test_a_private_buyer_is_told_nothing_of_the_code(client):
    buyer = a_buyer(buyer_kind=BuyerKind.PRIVATE)
    log_in_as(client, a_member(buyer))
    need = a_need(buyer, amount_band=AmountBand.UNDER_5K)
    db.session.commit()
    assert "Ce que permet la règle" not in client.get(f"/besoins/{need.id}").text
    assert "R2122-8" not in client.get(f"/espace/{buyer.id}/besoins/nouveau").text


def test_everybody_reads_the_rules_with_their_dates_and_what_is_still_to_check(client):
    page = client.get("/regles-des-marches").text
    for words in ("140\u00a0000\u00a0€", "à vérifier", "L2113-13-1", "1er avril 2026", "Spaser"):
        assert words in page
