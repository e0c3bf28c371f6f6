# SPDX-License-Identifier: EUPL-1.2
"""An anonymous need in a browser: written in two minutes, read by the team, found by a company.

The buyer looks a CPV code up while typing, the team publishes, a company shows interest without
knowing whose need it is, and reads the name once the buyer has said yes. Then the yearly census.
"""

import pytest

from app.actions import accounts, companies, cpv, reference, registrations
from app.models.base import db
from app.models.companies import Sector
from app.rules.companies import GeoRange, PrestaType, Role
from tests.actions.test_cpv import FILE
from tests.builders import a_member, an_edition, an_organiser, an_organiser_member

pytestmark = pytest.mark.journey

PASSWORD = "une longue phrase"
BUYER, COMPANY, TEAM = "acheteur@ville.invalid", "jardins@jardins.invalid", "equipe@fair.invalid"
NAME = "Ville de Valfleury"


@pytest.fixture
def fair(site):
    """A fair whose team reads needs first, a buyer and a company of the trade, all with people."""
    app, _ = site
    with app.app_context():
        reference.load_sectors()
        cpv.load(FILE, "cpv.csv")
        organiser = an_organiser(name="Équipe du salon", validates_needs=True)
        edition = an_edition(organiser, slug="coventis-2027", name="Coventis 2027")
        people = {
            address: accounts.sign_up(email=address, name=name, language="fr", password=PASSWORD)
            for address, name in ((BUYER, "Anaïs"), (COMPANY, "Zoé"), (TEAM, "Claire"))
        }
        for one in people.values():
            accounts.verify(one)
        an_organiser_member(organiser, people[TEAM])
        buyer = companies.list_organisation(
            role=Role.BUYER, name=NAME, siret="21340172201787", source="test",
            department="34", city="Valfleury", post_code="34700",
        )  # fmt: skip
        company = companies.list_organisation(
            role=Role.COMPANY, name="Les Jardins", siret="73282932000074", source="test",
            department="34", city="Lodève", post_code="34700", company_kind="ACI",
        )  # fmt: skip
        for organisation, address in ((buyer, BUYER), (company, COMPANY)):
            a_member(organisation, people[address])
            db.session.commit()
            registration = registrations.register(edition, organisation, by=people[address])
            registrations.approve(registration, by=people[TEAM])
        sector = db.session.query(Sector).filter_by(slug="entretien-espaces-verts").one()
        companies.add_activity(
            company, by=people[COMPANY], sector=sector, presta_types=[PrestaType.PREST.value],
            geo_range=GeoRange.ZONES, zones=["34"],
        )  # fmt: skip
    return app


def entered(person, address):
    person.go("/connexion").fill(email=address, password=PASSWORD)
    person.page.locator("main [name='password']").press("Enter")
    return person.look()


def test_a_need_stays_anonymous_until_its_buyer_says_yes(fair, visitor):
    buyer, company, team = (entered(visitor(), address) for address in (BUYER, COMPANY, TEAM))
    write(buyer)
    publish(team)
    show_interest(company)
    answer(buyer)
    company.go("/espace").press("Besoins pour moi").press("Curage des fossés")
    assert company.sees(NAME)
    census(team, buyer)
    for person in (buyer, company, team):
        assert person.faults == []
        assert person.said == []


def write(buyer):
    buyer.press("Mes besoins").press("Décrire un besoin")
    assert buyer.page.locator("main [name='departments'][value='34']").is_checked()
    buyer.fill(title="Curage des fossés", text="Ville de Valfleury, douze kilomètres.")
    buyer.choose(sectors="Entretien d'espaces verts")
    buyer.page.locator("#need-form > details > summary").click()
    buyer.page.locator("#cpv_words").press_sequentially("espaces verts", delay=20)
    buyer.page.locator("label[for='cpv-77310000']").click()
    buyer.choose(set_aside="Réservé à l'insertion (L2113-13)")
    buyer.page.get_by_text("Réservation possible").first.wait_for()
    assert buyer.page.locator("#cpv-77310000").is_checked()
    buyer.page.locator("label[for='is_anonymous']").click()
    buyer.press("Publier après lecture")
    assert buyer.sees("votre nom ou votre numéro y est écrit")
    buyer.fill(text="Douze kilomètres.").press("Publier après lecture")
    assert buyer.sees("en attente de validation") and buyer.sees("Les Jardins")


def publish(team):
    team.go("/organisation/coventis-2027").press("Lire besoin à lire").press("Curage des fossés")
    assert team.sees("Ce besoin attend votre lecture") and team.sees(NAME)
    team.press("Publier")
    assert team.sees("Un besoin est publié")


def show_interest(company):
    company.go("/espace").press("Besoins pour moi").press("Curage des fossés")
    assert company.sees("acheteur anonyme") and not company.sees(NAME)
    company.press("Ce besoin nous intéresse").fill(message="Nous curons des fossés à la main.")
    company.press("Dire notre intérêt")
    assert company.sees("Il répondra ici")


def answer(buyer):
    buyer.press("Mes besoins").press("1 entreprise intéressée")
    assert buyer.sees("Nous curons des fossés à la main.")
    buyer.press("Oui, en savoir plus")


def census(team, buyer):
    team.go("/organisation/coventis-2027/besoins").press("Recensements")
    team.fill(name="Besoins 2028", answer_by="2099-01-31").press("Ouvrir et écrire aux acheteurs")
    assert team.sees(NAME)
    buyer.press("Mes besoins").press("Répondre").press("Rien cette année")
    assert buyer.sees("Nous ne vous relancerons pas")
    team.page.reload()
    assert team.look().sees("100 %")
