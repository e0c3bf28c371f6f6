# SPDX-License-Identifier: EUPL-1.2
"""The newsletter on the site: asked for, confirmed, left in one click; composed and sent."""

import re

import pytest

from app.models.accounts import Organiser
from app.models.base import db
from app.models.letters import Letter, SuspendedAddress
from app.models.newsletters import Issue, Subscription
from app.rules.needs import NeedState
from app.rules.newsletters import IssueState, SubscriptionState
from tests.builders import a_buyer, a_need, an_edition, an_organiser_member, log_in_as

ADDRESS = "lectrice@exemple.fr"


@pytest.fixture
def fair(app):
    edition = an_edition()
    db.session.commit()
    return edition


def subscription() -> Subscription:
    return db.session.query(Subscription).populate_existing().one()


@pytest.fixture
def asked(client, fair):
    typed = {"email": ADDRESS, "audience": "buyer", "departments": ["34"], "language": "fr"}
    assert client.post("/lettre-d-information", data=typed).status_code == 302
    return subscription()


def test_one_confirms_by_a_button_not_by_opening_the_link(client, asked):
    letter = db.session.query(Letter).one()
    (link,) = re.findall(r"http\S+(/lettre-d-information/confirmer/\S+)", letter.body_text)
    assert client.get(link).status_code == 200
    assert subscription().state == SubscriptionState.ASKED
    client.post(link)
    assert subscription().state == SubscriptionState.CONFIRMED


def test_the_page_says_the_same_of_a_known_address(client, asked):
    client.post(f"/lettre-d-information/confirmer/{asked.code}")
    typed = {"email": ADDRESS, "audience": "company", "language": "fr"}
    again = client.post("/lettre-d-information", data=typed)
    assert again.location == "/lettre-d-information/demandee"
    assert subscription().audience.value == "buyer"


def test_a_wrong_address_stays_in_the_form(client, fair):
    typed = {"email": "lectrice chez exemple", "audience": "buyer", "language": "fr"}
    page = client.post("/lettre-d-information", data=typed)
    assert page.status_code == 422 and "lectrice chez exemple" in page.text


def test_one_click_leaves_without_token_cookie_or_redirect(client, asked, built_app):
    """RFC 8058 §3.2: a POST from a mail program."""
    client.post(f"/lettre-d-information/confirmer/{asked.code}")
    built_app.config["WTF_CSRF_ENABLED"] = True
    try:
        bare = built_app.test_client(use_cookies=False)
        out = bare.post(
            f"/lettre-d-information/quitter/{asked.code}", data={"List-Unsubscribe": "One-Click"}
        )
        refused = bare.post(f"/lettre-d-information/confirmer/{asked.code}")
    finally:
        built_app.config["WTF_CSRF_ENABLED"] = False
    assert out.status_code == 200
    assert refused.status_code == 400
    assert subscription().state == SubscriptionState.LEFT


def test_opening_the_way_out_leaves_nothing(client, asked):
    client.post(f"/lettre-d-information/confirmer/{asked.code}")
    page = client.get(f"/lettre-d-information/quitter/{asked.code}")
    assert page.status_code == 200 and subscription().state == SubscriptionState.CONFIRMED


def test_a_guessed_secret_finds_nothing(client, asked):
    for page in ("confirmer", "reglages", "quitter"):
        assert client.get(f"/lettre-d-information/{page}/{asked.code[:-1]}").status_code == 404


def test_a_team_composes_reads_over_and_sends(client, asked, fair):
    client.post(f"/lettre-d-information/confirmer/{asked.code}")
    organiser = db.session.get_one(Organiser, fair.organiser_id)
    person = an_organiser_member(organiser)
    need = a_need(a_buyer(), title="Entretien des parcs", state=NeedState.PUBLISHED,
                  departments=["34"])  # fmt: skip
    need.published_on = need.updated_at.date()
    db.session.commit()
    log_in_as(client, person)
    team = f"/organisation/{fair.slug}/lettre"

    begun = client.post(f"{team}/nouvelle").location
    assert "Entretien des parcs" in client.get(begun).text
    untitled = client.post(begun, data={"needs": [need.id]})
    assert untitled.status_code == 422 and "Il manque le titre" in untitled.text

    typed = {"title_fr": "Novembre", "intro_fr": "Un **mot**.", "needs": [need.id], "relire": "1"}
    preview = client.post(begun, data=typed).location
    shown = client.get(f"{preview}?lecteur=buyer&departement=34").text
    assert "Entretien des parcs" in shown and "Envoyer à 1 personne" in shown
    assert "Entretien des parcs" not in client.get(f"{preview}?departement=75").text

    client.post(f"{begun}/essai")
    assert db.session.query(Letter).filter_by(kind="issue", to_email=person.email).count() == 1
    client.post(f"{begun}/envoyer")
    issue = db.session.query(Issue).populate_existing().one()
    assert issue.state == IssueState.SENT
    letter = db.session.query(Letter).filter_by(kind="issue", to_email=ADDRESS).one()
    assert asked.code in letter.unsubscribe
    client.get("/deconnexion")
    assert "Entretien des parcs" in client.get(f"/lettre-d-information/{issue.id}").text


def test_a_draft_is_read_by_its_team_only(client, fair):
    organiser = db.session.get_one(Organiser, fair.organiser_id)
    person = an_organiser_member(organiser)
    db.session.commit()
    log_in_as(client, person)
    client.post(f"/organisation/{fair.slug}/lettre/nouvelle")
    issue = db.session.query(Issue).one()
    client.post("/deconnexion")
    assert client.get(f"/lettre-d-information/{issue.id}").status_code in (302, 404)


def test_a_suspension_is_shown_and_lifted(client, asked, fair):
    organiser = db.session.get_one(Organiser, fair.organiser_id)
    person = an_organiser_member(organiser)
    row = SuspendedAddress(address=ADDRESS, reason="550 inconnue", suspended_at=asked.asked_at)
    db.session.add(row)
    db.session.commit()
    log_in_as(client, person)
    team = f"/organisation/{fair.slug}/lettre"
    assert "550 inconnue" in client.get(team).text
    client.post(f"{team}/suspendues/{row.id}")
    assert db.session.query(SuspendedAddress).count() == 0
