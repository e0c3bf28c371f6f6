# SPDX-License-Identifier: EUPL-1.2
"""The poster of the fair, the plain pages, and the error pages."""

from datetime import UTC, date, datetime

import pytest

from app.models import clock
from app.models.base import db
from app.rules.editions import EditionState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_need,
    a_registration,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)

SEPTEMBER = datetime(2027, 9, 1, 12, tzinfo=UTC)


def test_the_poster_says_when_where_and_what_is_now(client):
    edition = an_edition(name="Coventis 2027", practical="Accès : tram 4\nVenez tôt.")
    a_block(edition)
    a_registration(edition, a_company())
    a_need(a_buyer(), title="Entretien de 12 parcs")
    db.session.commit()
    with clock.frozen(SEPTEMBER):
        page = client.get("/").text
    assert "Mercredi 24 et jeudi 25 novembre 2027" in page
    assert "Inscriptions, en cours" in page
    assert "Entretien de 12 parcs" in page
    assert "<dt>Accès</dt><dd>Tram 4</dd>" in page
    assert "Venez tôt." in page
    assert "Des rendez-vous de 20 minutes" in page.replace("\u00a0", " ")


def test_without_an_edition_the_directory_stays_open(client):
    page = client.get("/").text
    assert "Aucun salon n’est annoncé" in page
    assert 'href="/annuaire"' in page


def test_an_edition_has_its_own_address(client):
    an_edition(slug="salon-2025", name="Salon 2025", starts_on=date(2025, 11, 1))
    an_edition(slug="salon-2027", name="Salon 2027")
    db.session.commit()
    assert "<h1>Salon 2025</h1>" in client.get("/e/salon-2025").text
    assert client.get("/e/rien").status_code == 404


def test_a_draft_is_seen_by_its_team_only(client):
    organiser = an_organiser()
    an_edition(organiser, slug="secret", state=EditionState.DRAFT)
    boss = an_organiser_member(organiser)
    db.session.commit()
    assert client.get("/e/secret").status_code == 404
    log_in_as(client, boss)
    db.session.commit()
    assert client.get("/e/secret").status_code == 200


@pytest.mark.parametrize("page", ["/accessibilite", "/vos-donnees", "/mentions-legales"])
def test_plain_pages_name_who_answers(client, page):
    assert client.get(page).status_code == 200
    an_edition(an_organiser(email="cress@exemple.test"))
    db.session.commit()
    assert "cress@exemple.test" in client.get(page).text


def test_the_language_is_kept_and_one_stays_on_the_page(client):
    answer = client.post("/langue/en", data={"next": "/annuaire?q=a"})
    assert answer.headers["Location"] == "/annuaire?q=a"
    assert '<html lang="en">' in client.get("/annuaire").text
    assert (
        client.post("/langue/en", data={"next": "https://evil.example"}).headers["Location"] == "/"
    )
    assert client.post("/langue/xx").status_code == 404


def test_errors_are_pages_with_a_way_on(client):
    answer = client.get("/nulle-part")
    assert (answer.status_code, "Cette page n’existe pas" in answer.text) == (404, True)
    assert 'class="btn btn-primary" href="/"' in answer.text
    assert client.get("/deconnexion").status_code == 405


def test_every_page_carries_a_strict_policy(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
