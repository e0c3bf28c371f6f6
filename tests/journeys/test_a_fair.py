# SPDX-License-Identifier: EUPL-1.2
"""A whole fair by four people in a browser: an organiser, a company, a buyer, and a latecomer.

They do what the fair asks of them, from an empty database to agendas in hand, and axe finds no
serious fault on any page they come to.
"""

import re
from random import Random
from urllib.parse import urljoin

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions import reference, teams
from app.documents import drawings
from app.models.base import db
from app.models.letters import Letter

pytestmark = pytest.mark.journey

GARDENS = "73282932000074"
CITY = "21340172201787"
UNKNOWN = "44306184100047"
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
        reference.load_labels()
        reference.load_networks()
        teams.found(name="Équipe du salon", email="equipe@fair.invalid", language="fr")
    return visitor().go(letter_to(app, "equipe@fair.invalid", "login_link")).press("Entrer")


def test_a_whole_fair(site, visitor, organiser):
    app, _ = site
    open_the_edition(organiser)
    import_the_directory(organiser)
    company = a_company_claims_its_listing(app, visitor())
    buyer = a_buyer_joins(app, visitor())
    tell_trades(company)
    show_what_gives_trust(company)
    write_a_need(buyer)
    for person, first, last in ((company, "Zoé", "Lefèvre"), (buyer, "Anaïs", "Œuvrard")):
        register(person, first, last)
    approve(organiser, 2)
    latecomer = a_company_unknown_to_the_directory(app, visitor())
    register(latecomer, "Noé", "Ibáñez")
    approve(organiser, 1)
    for person in (company, latecomer):
        ask(person)
    accept_one_and_decline_the_other(buyer)
    schedule_and_publish(organiser)
    hold_agenda(company, "Ville de Montpellier")
    hold_agenda(buyer, "LES JARDINS DE LA CESSE")
    print_everything(organiser)
    read_the_outbox(organiser)
    latecomer.go("/espace").press("Mes demandes")
    assert latecomer.sees("trop loin")
    read_in_english(company)
    for person in (organiser, company, buyer, latecomer):
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


def a_company_unknown_to_the_directory(app, latecomer):
    latecomer.go("/").press("Inscrire mon entreprise").fill(q="racines").press("Chercher")
    latecomer.press("Créer notre fiche").fill(
        siret=UNKNOWN, name="Racines et Voisins", post_code="34700", city="Lodève"
    )
    latecomer.fill(person="Noé Ibáñez", email="noe@racines.invalid").choose(company_kind="ACI")
    latecomer.press("Créer notre fiche")
    latecomer.go(letter_to(app, "noe@racines.invalid", "verify_address"))
    return latecomer.press("Confirmer mon adresse")


def tell_trades(company):
    company.press("Mon entreprise")
    company.choose(sector="Entretien d'espaces verts", presta_types="PREST", geo_range="ZONES")
    company.choose(zones="34").press("Ajouter ce métier")
    assert company.sees("Entretien d'espaces verts")


def show_what_gives_trust(company):
    """A reference, a photo that says what it shows, and the history of who wrote what."""
    company.press("Labels, références, photos")
    company.page.get_by_text("Ajouter une référence").first.click()
    company.fill(client="Ville de Lodève", year="2025").press("Ajouter cette référence")
    assert company.sees("Ville de Lodève")
    company.page.get_by_text("Ajouter une photo").first.click()
    company.page.set_input_files(
        "main [name='photo-photo']",
        {"name": "equipe.png", "mimeType": "image/png", "buffer": drawings.scene(Random(1))},
    )
    company.press("Ajouter cette photo")
    assert company.sees("Dites ce que montre la photo")
    company.page.set_input_files(
        "main [name='photo-photo']",
        {"name": "equipe.png", "mimeType": "image/png", "buffer": drawings.scene(Random(1))},
    )
    company.fill(alternative="Une équipe devant son atelier").press("Ajouter cette photo")
    company.press("Historique")
    assert company.sees("a ajouté la photo « Une équipe devant son atelier »")


def write_a_need(buyer):
    buyer.press("Mes besoins").press("Décrire un besoin")
    buyer.fill(title="Entretien des berges", text="Six kilomètres de berges, sans désherbant.")
    buyer.choose(sectors="Entretien d'espaces verts", departments="34").press("Publier")
    assert buyer.sees("LES JARDINS DE LA CESSE")


def register(person, first, last):
    """Ask for a place at the fair, say who comes, and when they are free."""
    person.go("/espace").press("S'inscrire")
    person.fill(message="Nous venons à deux.").press("Demander à participer")
    person.press("Ajouter une personne").press("Enregistrer")
    assert person.sees("prénom")
    person.fill(first_name=first, last_name=last, function="direction").press("Enregistrer")
    person.press("Donner les disponibilités")
    person.page.locator("main [name='slot']").first.uncheck()
    person.press("Enregistrer les disponibilités")
    assert person.sees("3 créneaux sur 4")


def approve(organiser, waiting):
    organiser.press("Participants")
    for box in organiser.page.locator("main [name='choix']").all():
        box.check()
    organiser.press("Valider la sélection")
    organiser.press(
        f"Valider les {waiting} inscriptions" if waiting > 1 else "Valider l'inscription"
    )


def ask(company):
    company.go("/espace").press("Mes demandes").press("Chercher des acheteurs")
    assert company.sees("Ville de Montpellier")
    company.press("Demander un rendez-vous").fill(message="").press("Envoyer la demande")
    assert company.page.locator("[aria-invalid='true']").count() == 1
    company.fill(message="Nous entretenons déjà deux rivières à dix kilomètres.")
    company.choose(priority="1").press("Envoyer la demande")


def accept_one_and_decline_the_other(buyer):
    buyer.go("/espace").press("Mes demandes")
    assert buyer.sees("Nous entretenons déjà deux rivières")
    buyer.press("Accepter la demande de LES JARDINS DE LA CESSE")
    buyer.press("Refuser… la demande de Racines et Voisins").press("Trop loin")


def schedule_and_publish(organiser):
    organiser.press("Planification").press("Lancer le calcul")
    assert organiser.sees("Meilleur planning possible, prouvé")
    organiser.press("Publier la version 1").press("Publier la version 1")
    assert organiser.sees("Version 1, publiée")


def hold_agenda(person, partner):
    """The page, the paper, the file for a calendar, and the private feed that follows changes."""
    person.go("/espace").press("Mon agenda")
    assert person.sees(partner)
    assert person.page.locator(".table-no b").first.inner_text() in {"1", "2", "3"}
    assert download(person, ".pdf").startswith(b"%PDF")
    assert b"BEGIN:VEVENT" in download(person, ".ics")
    feed = person.page.locator("a[href^='webcal:']").first.get_attribute("href")
    answer = person.page.request.get(feed.replace("webcal:", "http:"))
    assert answer.text().count("BEGIN:VEVENT") == 1
    again = person.page.request.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304


def download(person, ending):
    """What the link to a file of this ending gives."""
    link = person.page.locator(f"main a[href*='{ending}']:not([href^='webcal:'])").first
    answer = person.page.request.get(urljoin(person.page.url, link.get_attribute("href")))
    assert answer.ok
    return answer.body()


def print_everything(organiser):
    organiser.press("Impressions")
    for words in ("badges", "agendas", "tables"):
        organiser.page.locator(f"main form[action$='/{words}'] button").first.click()
        organiser.look()
        organiser.press("Impressions")
    assert download(organiser, ".pdf").startswith(b"%PDF")


def read_the_outbox(organiser):
    organiser.press("Courriels")
    for address in ("zoe@jardins.invalid", "anais@ville.invalid"):
        assert organiser.sees(address)


def read_in_english(company):
    company.press("English")
    assert company.sees("My schedule") or company.sees("My agenda")
