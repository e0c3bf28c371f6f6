# SPDX-License-Identifier: EUPL-1.2
"""A company or a buyer finds itself, claims its listing, or makes a new one."""

import re

import pytest

from app.models.accounts import User
from app.models.base import db
from app.models.letters import Letter
from app.queries import companies as directory
from app.rules.companies import BuyerKind, CompanyKind, MembershipState
from app.rules.search import folded
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_user,
    an_organiser,
    an_organiser_member,
    log_in_as,
)

WHO = {"name": "Claire Vasseur", "email": "claire@exemple.test"}
LISTING = {
    "siret": "732 829 320 00074", "name": "Cœur d'Hérault", "post_code": "34700",
    "city": "Lodève", "company_kind": "ACI", "person": "Claire", "email": "claire@exemple.test",
}  # fmt: skip


def last_link() -> str:
    letter = db.session.query(Letter).order_by(Letter.id.desc()).first()
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.body_text).group(1)


def test_a_company_finds_itself_by_name_or_number(client):
    company = a_company(name="Les Jardins", siret="73282932000074",
                        search=folded("73282932000074 Les Jardins"))  # fmt: skip
    db.session.commit()
    for typed in ("jardins", "732 829 320 00074", "73282932000074"):
        page = client.get(f"/inscription/entreprise?q={typed}").text
        assert f'href="/inscription/{company.id}"' in page
    assert "Aucune fiche" in client.get("/inscription/acheteur?q=jardins").text


def test_a_claim_opens_the_listing_after_the_letter(client):
    company = a_company(name="Les Jardins")
    db.session.commit()
    sent = client.post(f"/inscription/{company.id}", data=WHO)
    assert sent.headers["Location"] == "/courriel-envoye"
    assert client.get(f"/espace/{company.id}/fiche").status_code == 302, "nothing before the click"

    assert "Les Jardins" in client.get(last_link()).text
    assert client.get("/compte").status_code == 302, "opening the link is not yet confirming"
    confirmed = client.post(last_link())
    assert confirmed.headers["Location"] == f"/espace/{company.id}/fiche"
    assert client.get(f"/espace/{company.id}/fiche").status_code == 200


def test_a_proof_of_address_clicked_again_opens_no_session(client):
    company = a_company()
    db.session.commit()
    client.post(f"/inscription/{company.id}", data=WHO)
    link = last_link()
    client.post(link)
    client.post("/deconnexion")
    assert client.post(link).status_code == 302
    assert client.get("/compte").status_code == 302


def test_who_lost_the_letter_comes_in_otherwise_and_confirms_the_claim(client):
    company = a_company()
    db.session.commit()
    client.post(f"/inscription/{company.id}", data=WHO)
    client.post("/connexion/lien", data={"email": WHO["email"]})
    client.post(last_link())
    assert f'href="/inscription/{company.id}"' in client.get("/compte").text
    assert client.post(f"/inscription/{company.id}").headers["Location"].endswith("/fiche")


def test_a_second_claimant_waits_for_a_colleague(client):
    company = a_company()
    colleague = a_member(company)
    db.session.commit()
    client.post(f"/inscription/{company.id}", data=WHO)
    assert client.post(last_link()).headers["Location"] == "/compte"
    assert client.get(f"/espace/{company.id}/fiche").status_code == 404

    log_in_as(client, colleague)
    db.session.commit()
    page = client.get(f"/espace/{company.id}/equipe").text
    assert "claire@exemple.test" in page
    (yes,) = re.findall(r'action="(/espace/\d+/equipe/\d+/accepter)"', page)
    client.post(yes)
    user = db.session.query(User).filter_by(email="claire@exemple.test").one()
    assert directory.membership(company, user).state == MembershipState.ACTIVE


def test_somebody_else_cannot_answer_a_claim(client):
    company = a_company()
    a_member(company)
    stranger = a_member(a_company())
    db.session.commit()
    client.post(f"/inscription/{company.id}", data=WHO)
    client.post(last_link())
    claim = directory.members(company, MembershipState.PENDING)[0]
    log_in_as(client, stranger)
    db.session.commit()
    assert client.get(f"/espace/{company.id}/equipe").status_code == 404
    assert client.post(f"/espace/{company.id}/equipe/{claim.id}/accepter").status_code == 404
    assert client.post(f"/espace/{stranger.id}/equipe/{claim.id}/accepter").status_code == 404


def test_an_organiser_may_answer_a_claim(client):
    company = a_company()
    a_member(company)
    boss = an_organiser_member(an_organiser())
    db.session.commit()
    client.post(f"/inscription/{company.id}", data=WHO)
    client.post(last_link())
    log_in_as(client, boss)
    page = client.get(f"/annuaire/{company.id}").text
    assert f'href="/espace/{company.id}/equipe"' in page
    page = client.get(f"/espace/{company.id}/equipe").text
    (no,) = re.findall(r'action="(/espace/\d+/equipe/\d+/refuser)"', page)
    client.post(no)
    assert directory.members(company, MembershipState.PENDING) == []


def test_who_is_logged_in_claims_in_one_click(client):
    company = a_company()
    log_in_as(client, a_user())
    db.session.commit()
    assert client.post(f"/inscription/{company.id}").headers["Location"].endswith("/fiche")


def test_a_fault_in_a_claim_keeps_what_was_typed(client):
    company = a_company()
    db.session.commit()
    page = client.post(f"/inscription/{company.id}", data={**WHO, "email": "claire"}).text
    assert "Écrivez une adresse complète" in page
    assert 'value="Claire Vasseur"' in page


def test_a_new_listing_and_its_claim_are_one_step(client):
    sent = client.post("/inscription/entreprise/nouvelle", data=LISTING)
    assert sent.headers["Location"] == "/courriel-envoye"
    company = directory.by_siret("73282932000074")
    assert (company.name, company.department) == ("Cœur d'Hérault", "34")
    assert client.post(last_link()).headers["Location"] == f"/espace/{company.id}/fiche"


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [("732 829 320 00075", "un chiffre est faux"), ("732 829 320", "vous en avez écrit 9"),
     ("", "Écrivez les 14 chiffres")],
)  # fmt: skip
def test_a_wrong_siret_says_so_on_its_field_and_loses_nothing(client, siret, sentence):
    answer = client.post("/inscription/entreprise/nouvelle", data={**LISTING, "siret": siret})
    assert sentence in answer.text.replace("\u00a0", " ")
    assert f'value="{siret}"' in answer.text
    assert "Lodève" in answer.text
    assert re.search(r'id="siret"[^>]*is-invalid|is-invalid[^>]*id="siret"', answer.text)
    assert db.session.query(User).count() == 0


def test_a_listing_that_is_there_is_not_made_twice(client):
    a_company(siret="73282932000074", name="Les Jardins")
    db.session.commit()
    page = client.post("/inscription/entreprise/nouvelle", data=LISTING).text
    assert "Les Jardins est déjà dans l’annuaire" in page


def test_a_private_buyer_is_asked_nothing_about_procurement(client):
    facts = {**LISTING, "buyer_kind": "PRIVATE"}
    client.post("/inscription/acheteur/nouveau", data=facts)
    buyer = directory.by_siret("73282932000074")
    assert (buyer.buyer_kind, buyer.company_kind) == (BuyerKind.PRIVATE, None)
    client.post(last_link())
    page = client.get(f"/espace/{buyer.id}/fiche").text
    for word in ("CPV", "réservé", "Métier", "company_kind"):
        assert word not in page


def test_a_buyer_claims_its_listing_too(client):
    buyer = a_buyer(name="Valfleury")
    db.session.commit()
    client.post(f"/inscription/{buyer.id}", data=WHO)
    assert client.post(last_link()).headers["Location"] == f"/espace/{buyer.id}/fiche"


def test_a_foreign_company_joins_with_its_vat_number_and_without_siret(client):
    typed = {**LISTING, "siret": "", "vat_number": "be 0403.019.261", "post_code": "1080",
             "city": "Bruxelles"}  # fmt: skip
    sent = client.post("/inscription/entreprise/nouvelle", data=typed)
    assert sent.headers["Location"] == "/courriel-envoye"
    company = directory.by_numbers(siret=None, vat_number="BE0403019261")
    assert (company.name, company.siret, company.department) == ("Cœur d'Hérault", None, "")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("BE0403019262", "Ce numéro de TVA n’existe pas"), ("FR83404833048", "plutôt le numéro SIRET"),
     ("n'importe quoi", "Ce numéro de TVA n’existe pas")],
)  # fmt: skip
def test_a_wrong_vat_number_says_so_and_loses_nothing(client, number, sentence):
    typed = {**LISTING, "siret": "", "vat_number": number}
    page = client.post("/inscription/entreprise/nouvelle", data=typed).text
    assert sentence in page
    assert "Lodève" in page
    assert '<details class="more" open>' in page


def test_a_company_says_which_structure_it_is(client):
    page = client.get("/inscription/entreprise/nouvelle").text
    offered = set(re.findall(r'<option value="([A-Z_]+)"', page))
    assert offered == {kind.value for kind in CompanyKind}
    assert re.search(r'<optgroup label="Hors de l’économie sociale et solidaire">', page)
    sent = client.post("/inscription/entreprise/nouvelle", data={**LISTING, "company_kind": ""})
    assert "Choisissez votre type de structure" in sent.text


def test_a_claim_from_elsewhere_than_the_website_waits_for_the_team(client):
    company = a_company(website="https://jardins.example")
    db.session.commit()
    client.post(f"/inscription/{company.id}", data=WHO)
    assert client.post(last_link()).headers["Location"] == "/compte"
    assert "ou de l’équipe du salon" in client.get("/compte").text
    assert client.get(f"/espace/{company.id}/fiche").status_code == 404
    assert [one.user.email for one in directory.orphan_claims()] == [WHO["email"]]
