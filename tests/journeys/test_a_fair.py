# SPDX-License-Identifier: EUPL-1.2
"""A whole fair by four people in a browser: an organiser, a company, a buyer, and a latecomer.

They do what the fair asks of them, from an empty database to agendas in hand, and axe finds no
serious fault on any page they come to.
"""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions import reference, teams
from app.models.base import db
from app.models.letters import Letter

pytestmark = pytest.mark.journey

GARDENS = "73282932000074"
CITY = "21340172201787"
DIRECTORY = (
    "siret,name,kind,city,post_code,department,lat,lon\n"
    f"{GARDENS},LES JARDINS DE LA CESSE,ACI,Olonzac,34210,34,43.28,2.73\n"
    "12345678901234,UN SIRET FAUX,ACI,Béziers,34500,34,43.34,3.21\n"
).encode()


def letter_to(app: Flask, address: str, kind: str) -> str:
    """The link of the latest letter of this kind to this address."""
    with app.app_context():
        found = select(Letter).where(Letter.to_email == address, Letter.kind == kind)
        letter = db.session.scalars(found.order_by(Letter.id.desc())).first()
        assert letter is not None, f"no letter {kind} for {address}"
        return re.search(r"https?://\S+", letter.body_text).group().rstrip(".,;")


@pytest.fixture
def organiser(site, visitor):
    """The first member of a team, come in by the link of the letter."""
    app, _ = site
    with app.app_context():
        reference.load_sectors()
        teams.found(name="Équipe du salon", email="equipe@fair.invalid", language="fr")
    return visitor().go(letter_to(app, "equipe@fair.invalid", "login_link")).press("Entrer")


def test_a_whole_fair(site, visitor, organiser):
    app, _ = site
    open_the_edition(organiser)
    import_the_directory(organiser)
    company = a_company_claims_its_listing(app, visitor())
    buyer = a_buyer_joins(app, visitor())
    write_a_need(buyer)
    for person, first, last in ((company, "Zoé", "Lefèvre"), (buyer, "Anaïs", "Œuvrard")):
        register(person, first, last)
    approve_everybody(organiser)
    ask(company)
    accept(buyer)
    schedule_and_publish(organiser)
    hold_agendas(company, "Ville de Montpellier")
    hold_agendas(buyer, "Les Jardins de la Cesse")
    for person in (organiser, company, buyer):
        assert person.faults == []
        assert person.said == []


def open_the_edition(organiser):
    organiser.press("Ouvrir une édition").fill(
        series_name="Coventis",
        name="Coventis 2027",
        starts_on="2027-11-24",
        ends_on="2027-11-24",
        venue="Halle du Verdanson",
        city="Montpellier",
        registration_closes_at="2027-10-15T18:00",
        requests_close_at="2027-10-29T18:00",
        answers_close_at="2027-11-05T18:00",
    ).press("Créer l'édition")
    organiser.press("Créneaux et tables").fill(
        name="Mercredi matin", day="2027-11-24", starts="09:00", count="4"
    ).press("Ajouter la plage")
    assert organiser.sees("de 9 h à 10 h 35")
    organiser.fill(name="Mercredi encore", day="2027-11-24", starts="10:00", count="4")
    organiser.press("Ajouter la plage")
    assert organiser.sees("chevauche celle de mercredi 24 novembre")
    assert organiser.page.locator("main [name='name']").first.input_value() == "Mercredi encore"
    organiser.press("Tables et salles").fill(count="3").press("Ajouter ces places")
    organiser.press("Réglages").press("Annoncer")


def import_the_directory(organiser):
    organiser.go("/organisation/coventis-2027/import")
    organiser.page.set_input_files(
        "main [name='file']", {"name": "annuaire.csv", "mimeType": "text/csv", "buffer": DIRECTORY}
    )
    organiser.press("Vérifier ce fichier")
    assert organiser.sees("Ce numéro SIRET n'existe pas")
    organiser.press("Importer")


def a_company_claims_its_listing(app, company):
    company.go("/").press("Inscrire mon entreprise").fill(q="jardins cesse").press("Chercher")
    company.press("C'est nous").fill(
        name="Zoé Lefèvre", email="zoe@jardins.invalid", password="une longue phrase"
    ).press("Demander à parler pour elle")
    company.go(letter_to(app, "zoe@jardins.invalid", "verify_address"))
    company.press("Confirmer mon adresse")
    return company


def a_buyer_joins(app, buyer):
    buyer.go("/").press("Participer comme acheteur").press("créer notre fiche")
    buyer.fill(siret="21340172201788", name="Ville de Montpellier", post_code="34000")
    buyer.fill(city="Montpellier", person="Anaïs Œuvrard", email="anais@ville.invalid")
    buyer.fill(password="une autre phrase").press("Créer notre fiche")
    assert buyer.sees("Ce numéro SIRET n'existe pas")
    buyer.fill(siret=CITY, password="une autre phrase").press("Créer notre fiche")
    buyer.go(letter_to(app, "anais@ville.invalid", "verify_address"))
    buyer.press("Confirmer mon adresse")
    return buyer


def write_a_need(buyer):
    buyer.press("Mes besoins").press("Décrire un besoin")
    buyer.fill(title="Entretien des berges", text="Six kilomètres de berges, sans désherbant.")
    buyer.choose(sectors="Entretien d'espaces verts").press("Publier")
    print(buyer.page.url, buyer.page.inner_text("main")[:1800]); assert buyer.sees("Entretien des berges")
    print(buyer.page.url, buyer.page.inner_text("main")[:1500])


def register(person, first, last):
    """Ask for a place at the fair, say who comes, and when they are free."""
    person.go("/espace")
    print(person.page.url, person.page.inner_text("main"))
    raise SystemExit
