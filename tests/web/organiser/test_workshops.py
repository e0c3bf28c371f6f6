# SPDX-License-Identifier: EUPL-1.2
"""Workshops are announced with the sheets to read, and shown on the page of the edition."""

import pytest

from app.actions import guidance
from app.actions import workshops as actions
from app.models.accounts import Organiser
from app.models.base import db
from app.models.workshops import Workshop
from app.rules.guidance import SheetKind, Wording
from tests.builders import an_edition, an_organiser_member, log_in_as


@pytest.fixture
def fair(app):
    return an_edition()


@pytest.fixture
def team(client, fair):
    person = an_organiser_member(db.session.get_one(Organiser, fair.organiser_id))
    db.session.commit()
    log_in_as(client, person)
    return person


def address(fair):
    return f"/organisation/{fair.slug}/creneaux/ateliers"


def a_sheet(fair, team, *workshops):
    organiser = db.session.get_one(Organiser, fair.organiser_id)
    sheet = guidance.write(
        organiser, by=team, kind=SheetKind.GUIDE, wording=Wording("Un guide", "Court.", "Long."),
        workshops=[one.id for one in workshops],
    )  # fmt: skip
    guidance.publish(sheet, by=team)
    return sheet


def test_a_workshop_is_announced_read_and_taken_away(client, fair, team):
    typed = {"title_fr": "Réserver un lot", "text_fr": "Pas à **pas**.", "speaker": "Une acheteuse"}
    assert client.post(address(fair), data=typed).status_code == 302
    page = client.get(f"/e/{fair.slug}").text
    assert "Réserver un lot" in page and "<strong>pas</strong>" in page

    workshop = db.session.query(Workshop).one()
    client.post(f"{address(fair)}/{workshop.id}/retirer")
    assert "Réserver un lot" not in client.get(f"/e/{fair.slug}").text


def test_two_workshops_of_one_title_are_refused_and_what_was_typed_stays(client, fair, team):
    actions.announce(fair, by=team, title_fr="Réserver un lot")
    page = client.post(address(fair), data={"title_fr": "Réserver un lot", "speaker": "Zoé"})
    assert page.status_code == 422 and "déjà au programme" in page.text
    assert 'value="Zoé"' in page.text


def test_a_sheet_is_read_beside_its_workshop(client, fair, team):
    workshop = actions.announce(fair, by=team, title_fr="Réserver un lot")
    sheet = a_sheet(fair, team, workshop)
    assert "/ressources/un-guide" in client.get(f"/e/{fair.slug}").text

    form = client.get(f"/organisation/{fair.slug}/ressources/{sheet.id}/modifier").text
    assert "Réserver un lot" in form
    guidance.withdraw(sheet, by=team)
    assert "/ressources/un-guide" not in client.get(f"/e/{fair.slug}").text


def test_the_page_of_the_edition_asks_as_much_for_ten_workshops_as_for_one(
    client, fair, team, count_queries
):
    def announce(*titles):
        workshops = [actions.announce(fair, by=team, title_fr=title) for title in titles]
        a_sheet(fair, team, *workshops)
        with count_queries:
            assert client.get(f"/e/{fair.slug}").status_code == 200
        return len(count_queries)

    announce("Zéro")  # what the first page reads once
    assert announce("Un") == announce(*"ABCDEFGHI")


def test_another_team_takes_nothing_away(client, fair, team):
    other = an_edition()
    workshop = actions.announce(other, by=None, title_fr="À eux")
    db.session.commit()
    assert client.post(f"{address(fair)}/{workshop.id}/retirer").status_code == 404
