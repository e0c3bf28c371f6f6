# SPDX-License-Identifier: EUPL-1.2
"""A need finds its company: the buyer's way and the company's, in a browser, between two fairs.

The company asks for an alert; the buyer, who keeps its name, writes a need, reads who is proposed
and why, puts one aside and invites another; the company gets both letters, looks, shows interest;
the buyer says yes and the company reads its name; one click ends the alert.
"""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.actions import accounts, companies, reference
from app.jobs import recurring
from app.models import clock
from app.models.base import db
from app.models.companies import Organisation, Sector
from app.models.letters import Letter
from app.rules.companies import CompanyKind, GeoRange, Role

pytestmark = pytest.mark.journey

PASSWORD = "une longue phrase"
SEATS = {"Béziers": ("34500", 43.34, 3.21), "Olonzac": ("34210", 43.28, 2.73)}
LILLE = ("59000", 50.63, 3.06)


@pytest.fixture
def directory(site):
    """A buyer, three caterers and one who is too far; all but one are claimed."""
    app, _ = site
    with app.app_context():
        reference.load_sectors()
        listed("Ville de Béziers", Role.BUYER, SEATS["Béziers"], "claire@ville.invalid")
        listed("Le Buffet du Canal", Role.COMPANY, SEATS["Béziers"], "zoe@buffet.invalid")
        listed("La Table d'Olonzac", Role.COMPANY, SEATS["Olonzac"], "noe@table.invalid")
        listed("Cuisine du Nord", Role.COMPANY, LILLE, "", zones=["59"])
    return app


def listed(name, role, place, email, *, zones=("34",)):
    """List an invented organisation, with a person to speak for it and a trade for a company."""
    post_code, lat, lon = place
    number = db.session.query(Organisation).count()
    buys = role == Role.BUYER
    organisation = companies.list_organisation(
        role=role, name=name, siret=f"1234567890{number:04}", demonstration=True, source="typed",
        post_code=post_code, lat=lat, lon=lon, headcount=None if buys else 14,
        company_kind=None if buys else CompanyKind.EI,
    )  # fmt: skip
    if email:
        user = accounts.sign_up(email=email, name=name, language="fr", password=PASSWORD)
        accounts.verify(user)
        companies.claim(organisation, by=user)
    if not buys:
        companies.add_activity(
            organisation, by=None, presta_types=["PREST"], geo_range=GeoRange.ZONES, zones=zones,
            sector=db.session.scalars(select(Sector).where(Sector.slug == "traiteur")).one(),
        )  # fmt: skip


def links_to(app, address, kind):
    """The addresses in the latest letter of this kind."""
    with app.app_context():
        found = select(Letter).where(Letter.to_email == address, Letter.kind == kind)
        letter = db.session.scalars(found.order_by(Letter.id.desc())).first()
        assert letter is not None, f"no letter {kind} for {address}"
        return re.findall(r"https?://\S+", letter.body_text), letter


def log_in(visitor, email):
    visitor.go("/connexion").fill(email=email, password=PASSWORD)
    return visitor.press("Se connecter", nth=-1)


def a_morning(app):
    """What the site does every minute, this day at ten."""
    ten = datetime.combine(clock.today(), time(10), ZoneInfo("Europe/Paris"))
    with app.app_context(), clock.frozen(ten):
        recurring.every_minute(lambda job: None)


def test_a_need_finds_its_company(directory, visitor):
    company = log_in(visitor(), "zoe@buffet.invalid")
    buyer = log_in(visitor(), "claire@ville.invalid")
    ask_for_an_alert(company)
    write_an_anonymous_need(buyer)
    read_the_ranking(buyer)
    put_one_aside_and_invite_another(buyer)
    a_morning(directory)
    open_the_alert(directory, company)
    show_interest(company)
    say_yes(buyer)
    company.page.reload()
    assert company.sees("Ville de Béziers")
    leave_the_alert(directory, visitor())
    a_morning(directory)
    links, letter = links_to(directory, "zoe@buffet.invalid", "new_needs")
    assert links and "Ville de Béziers" not in letter.body_text
    for person in (company, buyer):
        assert person.faults == []
        assert person.said == []


def ask_for_an_alert(company):
    company.press("Besoins pour moi")
    assert company.sees("Aucun besoin de votre métier")
    company.press("Être averti du premier").fill(distance_km="0", most_euros="40000")
    company.choose(rhythm="daily").press("Enregistrer l'alerte")
    assert company.sees("de 1 à 1000") or company.sees("entre 1 et 1000")
    company.fill(distance_km="30").press("Enregistrer l'alerte")
    assert company.sees("Votre alerte est en place")


def write_an_anonymous_need(buyer):
    buyer.press("Mes besoins").press("Décrire un besoin").fill(title="Buffets des inaugurations")
    buyer.choose(sectors="Traiteur", amount_band="5 000 à 15 000 €")
    buyer.page.get_by_text("Préciser").first.click()
    buyer.page.locator("main [name='is_anonymous']").check()
    buyer.press("Publier")
    assert buyer.sees("2 entreprises de l'annuaire peuvent répondre")


def read_the_ranking(buyer):
    assert buyer.sees("Même métier : Traiteur")
    assert buyer.sees("1 entreprise du même métier écartée")
    buyer.page.get_by_text("points se comptent").first.click()
    assert buyer.sees("28 sur 28")
    buyer.press("Comment les propositions sont classées")
    assert buyer.sees("sans poids caché")
    buyer.page.go_back()


def put_one_aside_and_invite_another(buyer):
    buyer.press("Pas pour nous… La Table d'Olonzac").fill(text="Déjà notre traiteur")
    buyer.press("Déjà rencontrés")
    assert buyer.sees("1 entreprise de l'annuaire peut répondre")
    buyer.press("Inviter à regarder ce besoin")
    assert buyer.sees("Le Buffet du Canal est invitée")
    buyer.page.get_by_text("1 proposition écartée par vous").click()
    assert buyer.sees("Déjà notre traiteur")
    buyer.look()


def open_the_alert(app, company):
    links, letter = links_to(app, "zoe@buffet.invalid", "new_needs")
    assert "Buffets des inaugurations" in letter.body_text
    assert letter.unsubscribe == links[-1]
    links_to(app, "zoe@buffet.invalid", "need_invitation")
    company.go(links[0])
    assert company.sees("Buffets des inaugurations")
    assert company.sees("L'acheteur vous invite à regarder ce besoin")
    assert not company.sees("Ville de Béziers")


def show_interest(company):
    company.press("Ce besoin nous intéresse").fill(message="Nous servons déjà dix mairies.")
    company.press("Dire notre intérêt")
    assert company.sees("L'acheteur sait que ce besoin vous intéresse")


def say_yes(buyer):
    buyer.page.reload()
    assert buyer.sees("Ce besoin l'intéresse") and buyer.sees("dix mairies")
    buyer.press("Oui")
    assert not buyer.sees("attend votre réponse")


def leave_the_alert(app, anybody):
    links, _ = links_to(app, "zoe@buffet.invalid", "new_needs")
    anybody.go(links[-1]).press("Arrêter l'alerte")
    assert anybody.sees("C'est arrêté")
    assert anybody.faults == []
