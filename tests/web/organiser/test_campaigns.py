# SPDX-License-Identifier: EUPL-1.2
"""The census of needs as the team and a buyer see it."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from app.models.base import db
from app.models.campaigns import Campaign, CampaignBuyer
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_user,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture
def edition(client):
    organiser = an_organiser(name="Équipe du salon")
    edition = an_edition(organiser)
    log_in_as(client, an_organiser_member(organiser))
    db.session.commit()
    return edition


@pytest.fixture
def buyers(edition):
    found = [a_buyer(name=f"Ville {number}") for number in range(2)]
    for number, buyer in enumerate(found):
        a_member(buyer, a_user(email=f"ville{number}@exemple.test"))
    db.session.commit()
    return found


def address(edition, more=""):
    return f"/organisation/{edition.slug}/recensements{more}"


@pytest.fixture
def campaign(client, edition, buyers):
    typed = {
        "name": "Besoins 2027", "year": "2027", "answer_by": "2099-01-31", "asked": "all",
        "message": "",
    }  # fmt: skip
    client.post(address(edition), data=typed)
    return db.session.query(Campaign).one()


def test_the_team_opens_a_census_and_follows_it(client, edition, campaign):
    page = client.get(address(edition, f"/{campaign.id}")).text
    for words in ("Ville 0", "Ville 1", "Acheteur public", "Hérault (34)", "réponse attendue"):
        assert words in page
    assert "0 réponses sur 2" in page
    assert "Besoins 2027" in client.get(address(edition)).text


def test_bad_input_comes_back_with_what_was_typed(client, edition, buyers):
    typed = {"name": "Notre recensement", "year": "2027", "answer_by": "", "asked": "all"}
    page = client.post(address(edition), data=typed)
    assert page.status_code == 422 and "Notre recensement" in page.text
    assert db.session.query(Campaign).count() == 0


def test_a_buyer_answers_nothing_in_one_click_and_may_change_its_mind(
    client, edition, campaign, buyers
):
    log_in_as(client, a_member(buyers[0]))
    db.session.commit()
    assert "Réponse attendue" in client.get(f"/espace/{buyers[0].id}/besoins").text
    there = f"/espace/{buyers[0].id}/recensement/{campaign.id}"
    assert "Rien cette année" in client.get(there).text
    client.post(there, data={"then": "nothing"})
    assert "Vous avez répondu : rien cette année" in client.get(there).text.replace("\u00a0", " ")
    client.post(there, data={"then": "back"})
    assert "Rien cette année" in client.get(there).text


def test_only_who_is_asked_reads_a_census(client, campaign, buyers):
    stranger, company = a_buyer(), a_company()
    for organisation in (stranger, company):
        log_in_as(client, a_member(organisation))
        db.session.commit()
        there = f"/espace/{organisation.id}/recensement/{campaign.id}"
        assert client.get(there).status_code == 404
        theirs = f"/espace/{buyers[0].id}/recensement/{campaign.id}"
        assert client.get(theirs).status_code == 404


def test_another_team_sees_nothing_of_it(client, campaign):
    theirs = an_edition()
    log_in_as(client, an_organiser_member(theirs.series.organiser))
    db.session.commit()
    assert client.get(address(theirs, f"/{campaign.id}")).status_code == 404
    assert client.post(address(theirs, f"/{campaign.id}/clore")).status_code == 404


def test_the_table_holds_the_answers(client, edition, campaign):
    file = client.get(address(edition, f"/{campaign.id}/table.xlsx"))
    rows = CalamineWorkbook.from_filelike(BytesIO(file.data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Acheteur", "Ville 0", "Ville 1"]
    assert rows[1][4] == "réponse attendue" and rows[1][6] == 1


def test_the_page_costs_the_same_for_two_buyers_and_for_forty(
    client, edition, campaign, count_queries
):
    there = address(edition, f"/{campaign.id}")

    def asked():
        db.session.remove()
        with count_queries:
            client.get(there)
        return len(count_queries)

    asked()
    for_two = asked()
    number = db.session.query(Campaign).one().id
    for _ in range(40):
        db.session.add(CampaignBuyer(campaign_id=number, organisation_id=a_buyer().id, letters=0))
    db.session.commit()
    assert asked() == for_two
