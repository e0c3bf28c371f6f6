# SPDX-License-Identifier: EUPL-1.2
"""A team writes sheets on the site; everybody reads what it published."""

import pytest

from app.actions import guidance as actions
from app.models.accounts import Organiser
from app.models.base import db
from app.models.guidance import Sheet
from app.rules.guidance import SheetKind, Wording
from tests.builders import a_buyer, a_need, a_sector, an_edition, an_organiser_member, log_in_as

TYPED = {
    "kind": "guide",
    "title_fr": "Réserver un lot",
    "summary_fr": "En trois pas.",
    "text_fr": "# D'abord\n\n<script>alert(1)</script> le **besoin**.",
}


@pytest.fixture
def fair(app):
    return an_edition()


@pytest.fixture
def team(client, fair):
    person = an_organiser_member(_team(fair))
    db.session.commit()
    log_in_as(client, person)
    return person


def _team(fair):
    return db.session.get_one(Organiser, fair.organiser_id)


def address(fair, *rest):
    return "/".join(["/organisation", fair.slug, "ressources", *map(str, rest)])


def test_a_sheet_goes_from_the_form_to_everybody(client, fair, team):
    sector, need = a_sector(), a_need(a_buyer())
    db.session.commit()
    typed = {**TYPED, "sectors": [sector.id], "needs": f"https://x.fr/besoins/{need.id}"}
    saved = client.post(address(fair, "nouvelle"), data=typed)
    sheet = db.session.query(Sheet).one()
    assert saved.location.endswith(address(fair, sheet.id))
    assert client.get("/ressources/reserver-un-lot").status_code == 404

    client.post(address(fair, sheet.id, "publier"))
    page = client.get("/ressources/reserver-un-lot").text
    assert "<h3>D’abord</h3>" in page and "<strong>besoin</strong>" in page
    assert "<script>alert" not in page
    assert "Réserver un lot" in client.get("/ressources?sorte=guide").text
    assert "Réserver un lot" in client.get(f"/besoins/{need.id}").text


def test_what_was_typed_stays_when_a_field_is_missing(client, fair, team):
    page = client.post(
        address(fair, "nouvelle"), data={**TYPED, "summary_fr": "", "needs": "https://x.fr/rien"}
    )
    assert page.status_code == 422
    assert "Réserver un lot" in page.text and "https://x.fr/rien" in page.text
    assert "n’est pas l’adresse d’un besoin" in page.text
    page = client.post(address(fair, "nouvelle"), data={**TYPED, "summary_fr": ""})
    assert page.status_code == 422 and "Il manque ce texte" in page.text


def test_an_older_version_says_that_it_is_old(client, fair, team):
    sheet = actions.write(
        _team(fair), by=team, kind=SheetKind.NEWS, wording=Wording("Un", "Court.", "Vieux.")
    )
    actions.publish(sheet, by=team)
    actions.rewrite(sheet, by=team, wording=Wording("Un", "Court.", "Neuf."))
    actions.publish(sheet, by=team)
    old = client.get("/ressources/un?version=1").text
    assert "Vieux." in old and "ancienne version" in old
    assert "Neuf." in client.get("/ressources/un").text
    assert client.get("/ressources/un?version=7").status_code == 404


def test_another_team_finds_nothing(client, fair, team):
    other = an_edition()
    sheet = actions.write(
        _team(other), by=None, kind=SheetKind.NEWS, wording=Wording("À eux", "Court.", "Long.")
    )
    for page in (address(other), address(fair, sheet.id), address(fair, sheet.id, "modifier")):
        assert client.get(page).status_code == 404


def test_the_list_asks_as_much_for_thirty_sheets_as_for_one(client, fair, team, count_queries):
    def write(number):
        for one in range(number):
            sheet = actions.write(
                _team(fair), by=team, kind=SheetKind.NEWS,
                wording=Wording(f"Fiche {one}", "Court.", "Long."),
            )  # fmt: skip
            actions.publish(sheet, by=team)
        with count_queries:
            assert client.get("/ressources").status_code == 200
        return len(count_queries)

    assert write(1) == write(30)


def test_english_readers_are_told_when_a_sheet_is_in_french_only(client, fair, team):
    sheet = actions.write(
        _team(fair), by=team, kind=SheetKind.NEWS, wording=Wording("Un", "Court.", "Long.")
    )
    actions.publish(sheet, by=team)
    client.post("/langue/en")
    assert 'lang="fr"' in client.get("/ressources/un").text
