# SPDX-License-Identifier: EUPL-1.2
"""The team looks at its participants and decides about them."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from app.models.base import db
from app.queries import registrations
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_buyer,
    a_company,
    a_delegate,
    a_registration,
    a_table,
    an_edition,
    an_organiser_member,
    log_in_as,
)

PENDING = RegistrationState.PENDING


@pytest.fixture
def edition(app):
    return an_edition()


@pytest.fixture
def organiser(edition, client):
    """A browser in which a member of the team is logged in."""
    user = an_organiser_member(edition.series.organiser)
    db.session.commit()
    log_in_as(client, user)
    return client


@pytest.fixture
def waiting(edition):
    found = [
        a_registration(edition, a_company(name=name), state=PENDING)
        for name in ("Les Jardins", "Toit et Terre", "Cyclo du Midi")
    ]
    for one in found:
        a_delegate(one)
    db.session.commit()
    return found


def state_of(registration):
    db.session.expire_all()
    return registrations.by_id(registration.id).state


def address(edition, *rest):
    return "/".join(["/organisation", edition.slug, "participants", *map(str, rest)])


def test_filters_of_the_address_narrow_the_list(organiser, edition, waiting):
    a_registration(edition, a_buyer(name="Mairie de Sète"))
    db.session.commit()

    def names(query):
        page = organiser.get(f"{address(edition)}?{query}").text
        return {
            name
            for name in ("Les Jardins", "Toit et Terre", "Cyclo du Midi", "Mairie de Sète")
            if name in page
        }

    assert len(names("")) == 4
    assert names("role=buyer") == {"Mairie de Sète"}
    assert names("etat=pending&q=jardins") == {"Les Jardins"}
    assert names("manque=delegate") == {"Mairie de Sète"}
    assert len(names("role=nobody&etat=&page=x")) == 4


def test_ticked_ones_are_named_and_counted_before_they_are_approved(organiser, edition, waiting):
    first, second, third = waiting
    asked = f"choix={first.id}&choix={second.id}&decision=valider"

    page = organiser.get(f"{address(edition, 'decider')}?{asked}").text

    assert "Valider 2 inscriptions" in page
    assert "Les Jardins" in page
    assert "Cyclo du Midi" not in page
    assert state_of(first) == PENDING
    data = {"choix": [first.id, second.id], "decision": "valider"}
    organiser.post(address(edition, "decider"), data=data)
    assert [state_of(one) for one in waiting] == [
        RegistrationState.APPROVED,
        RegistrationState.APPROVED,
        PENDING,
    ]
    assert third.id not in data["choix"]


def test_all_that_wait_are_approved_at_once(organiser, edition, waiting):
    page = organiser.get(f"{address(edition, 'decider')}?choix=toutes").text
    assert "Valider 3 inscriptions" in page

    organiser.post(address(edition, "decider"), data={"choix": [one.id for one in waiting]})

    assert {state_of(one) for one in waiting} == {RegistrationState.APPROVED}


def test_several_are_refused_with_one_reason_and_not_without(organiser, edition, waiting):
    data = {"choix": [one.id for one in waiting], "decision": "refuser", "reason": " "}

    page = organiser.post(address(edition, "decider"), data=data)
    assert "Il manque la raison" in page.text
    assert {state_of(one) for one in waiting} == {PENDING}

    organiser.post(address(edition, "decider"), data={**data, "reason": "Tout est pris."})
    assert {state_of(one) for one in waiting} == {RegistrationState.REFUSED}


def test_nobody_ticked_is_said(organiser, edition):
    page = organiser.get(f"{address(edition, 'decider')}?decision=valider", follow_redirects=True)

    assert "Cochez d’abord" in page.text


def test_registrations_of_another_edition_cannot_be_ticked(organiser, edition, waiting):
    theirs = a_registration(an_edition(), a_company(), state=PENDING)
    db.session.commit()

    organiser.post(address(edition, "decider"), data={"choix": [theirs.id], "decision": "valider"})

    assert state_of(theirs) == PENDING


def test_one_is_approved_or_refused_from_its_page(organiser, edition, waiting):
    first, second, _ = waiting

    organiser.post(address(edition, first.id, "valider"))
    organiser.post(address(edition, second.id, "refuser"), data={"reason": "Hors sujet."})

    assert state_of(first) == RegistrationState.APPROVED
    assert state_of(second) == RegistrationState.REFUSED
    assert "Hors sujet." in organiser.get(address(edition, second.id)).text


def test_a_place_and_a_limit_are_given_and_a_taken_place_is_explained(organiser, edition, waiting):
    first, second, _ = waiting
    table = a_table(edition, "12")
    db.session.commit()
    typed = {"home_place": table.id, "max_meetings": "8"}

    organiser.post(address(edition, first.id, "place"), data=typed)
    page = organiser.post(address(edition, second.id, "place"), data=typed).text

    db.session.expire_all()
    assert registrations.by_id(first.id).home_place_id == table.id
    assert registrations.by_id(second.id).home_place_id is None
    assert "est déjà la place attitrée de Les Jardins" in page
    assert 'value="8"' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"max_meetings": "beaucoup"}, "Écrivez un nombre entier"),
        ({"max_meetings": "0"}, "Écrivez un nombre entier de 1 à 100."),
        ({"home_place": "99999"}, "Choisissez dans la liste."),
    ],
)
def test_a_wrong_limit_or_place_is_explained(organiser, edition, waiting, wrong, sentence):
    typed = {"home_place": "", "max_meetings": "", **wrong}

    assert sentence in organiser.post(address(edition, waiting[0].id, "place"), data=typed).text


def test_the_spreadsheet_holds_everybody_and_no_formula(organiser, edition, waiting):
    a_registration(edition, a_buyer(name='=HYPERLINK("https://exemple.test")'))
    db.session.commit()

    answer = organiser.get(f"{address(edition)}.xlsx")

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == 5
    assert {row[0] for row in rows[1:]} >= {"Les Jardins", '=HYPERLINK("https://exemple.test")'}
    assert b"<f>" not in answer.data
