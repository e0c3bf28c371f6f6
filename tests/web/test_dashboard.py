# SPDX-License-Identifier: EUPL-1.2
"""Where members arrive, and the menu they have."""

from datetime import UTC, datetime

import pytest

from app.models import clock
from app.models.base import db
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_buyer,
    a_company,
    a_delegate,
    a_member,
    a_need,
    a_registration,
    a_request,
    a_user,
    an_edition,
    log_in_as,
)


@pytest.fixture(autouse=True)
def in_time():
    """Before all deadlines of the usual edition."""
    with clock.frozen(datetime(2027, 10, 1, 9, tzinfo=UTC)):
        yield


def arrive(client, *organisations):
    user = a_user()
    for organisation in organisations:
        a_member(organisation, user)
    db.session.commit()
    log_in_as(client, user)
    return user


def menu(page):
    nav = page.text[page.text.index('class="site-nav"') : page.text.index("</nav>")]
    return [part.split("</a>")[0].rpartition(">")[2] for part in nav.split("<li>")[1:]]


def test_one_organisation_is_gone_to_at_once_and_several_are_chosen_from(client):
    company, buyer = a_company(name="Les Jardins"), a_buyer(name="Ville de Valfleury")
    arrive(client, company)
    assert client.get("/espace").location == f"/espace/{company.id}"
    arrive(client, company, buyer)
    page = client.get("/espace")
    assert "Les Jardins" in page.text and "Ville de Valfleury" in page.text
    arrive(client)
    assert "lié à aucune organisation" in client.get("/espace").text


def test_somebody_elses_dashboard_is_not_found(client):
    stranger = a_company()
    arrive(client, a_company())
    assert client.get(f"/espace/{stranger.id}").status_code == 404


def test_a_new_company_is_told_to_register_and_to_complete_its_listing(client):
    company = a_company()
    an_edition(name="Coventis 2027")
    arrive(client, company)

    page = client.get(f"/espace/{company.id}")

    assert "inscription à faire pour venir à Coventis 2027" in page.text
    assert "ferment le vendredi 15 octobre" in page.text
    assert "choses manquent à votre fiche" in page.text
    assert menu(page) == ["Tableau de bord", "Besoins pour moi", "Participer", "Mon entreprise"]


def test_an_approved_company_sees_what_waits_for_it_and_its_numbers(client):
    company, edition = a_company(), an_edition()
    registration = a_registration(edition, company)
    a_delegate(registration)
    for _ in range(2):
        a_request(a_registration(edition, a_buyer()), registration)
    a_request(registration, a_registration(edition, a_buyer()))
    arrive(client, company)

    page = client.get(f"/espace/{company.id}")

    assert "demandes attendent votre réponse" in page.text
    assert "avant le vendredi 5 novembre" in page.text
    assert "personne sans disponibilités" in page.text
    assert menu(page) == [
        "Tableau de bord", "Besoins pour moi", "Mes demandes", "Mon agenda", "Mon entreprise",
    ]  # fmt: skip


def test_a_buyer_has_its_own_menu_and_is_asked_for_a_need(client):
    buyer, edition = a_buyer(), an_edition()
    a_registration(edition, buyer)
    arrive(client, buyer)
    page = client.get(f"/espace/{buyer.id}")
    assert "besoin à décrire" in page.text
    assert menu(page) == [
        "Accueil", "Mes besoins", "Entreprises", "Mes demandes", "Mon agenda", "Ma structure",
    ]  # fmt: skip
    a_need(buyer)
    db.session.commit()
    assert "besoin à décrire" not in client.get(f"/espace/{buyer.id}").text


def test_between_two_fairs_there_is_a_dashboard_too(client):
    buyer = a_buyer(department="")
    arrive(client, buyer)
    page = client.get(f"/espace/{buyer.id}")
    assert page.status_code == 200 and "besoin à décrire" in page.text
    form = client.get(f"/espace/{buyer.id}/besoins/nouveau").text
    assert "Paris (75)" in form and "Hérault (34)" in form


def test_a_refused_registration_is_explained(client):
    company, edition = a_company(), an_edition()
    a_registration(edition, company, state=RegistrationState.REFUSED, reason="Salon complet.")
    arrive(client, company)
    assert "Salon complet." in client.get(f"/espace/{company.id}").text


def test_who_speaks_for_several_stands_for_the_one_of_the_last_page(client):
    company, buyer = a_company(), a_buyer()
    arrive(client, company, buyer)
    client.get(f"/espace/{buyer.id}")
    assert menu(client.get("/besoins"))[0] == "Accueil"
    client.get(f"/espace/{company.id}")
    assert menu(client.get("/besoins"))[0] == "Tableau de bord"
    assert "Changer d’organisation" in client.get(f"/espace/{company.id}").text


def test_the_dashboard_asks_the_same_number_of_questions_for_50_requests(client, count_queries):
    company, edition = a_company(), an_edition()
    registration = a_registration(edition, company)
    arrive(client, company)
    number, address = registration, f"/espace/{company.id}"

    def questions():
        db.session.remove()
        with count_queries:
            assert client.get(address).status_code == 200
        return len(count_queries)

    def more(count):
        for _ in range(count):
            a_delegate(number)
            a_request(a_registration(edition, a_buyer()), number)
        db.session.commit()

    more(1)
    questions()
    few = questions()
    more(49)
    assert questions() == few
