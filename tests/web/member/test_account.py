# SPDX-License-Identifier: EUPL-1.2
"""One's own account."""

import pytest

from app.models.base import db
from app.models.letters import Letter
from tests.builders import (
    a_company,
    a_member,
    a_user,
    an_organiser,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture
def user(client):
    user = a_user(name="Claire")
    log_in_as(client, user)
    db.session.commit()
    return user


def test_name_and_language_are_changed(client, user):
    client.post("/compte", data={"name": "Claire Vasseur", "language": "en"})
    db.session.refresh(user)
    assert (user.name, user.language) == ("Claire Vasseur", "en")
    assert '<html lang="en">' in client.get("/compte").text


@pytest.mark.parametrize(("name", "language"), [(" ", "fr"), ("C", "xx")])
def test_a_wrong_name_or_language_changes_nothing(client, user, name, language):
    typed = {"name": name, "language": language}
    assert client.post("/compte", data=typed).status_code == 200
    db.session.refresh(user)
    assert (user.name, user.language) == ("Claire", "fr")


def test_a_password_is_chosen_and_one_stays_in(client, user):
    assert "6" in client.post("/compte/mot-de-passe", data={"password": "petits"}).text
    assert (
        client.post("/compte/mot-de-passe", data={"password": "deux mots longs"}).status_code == 302
    )
    assert client.get("/compte").status_code == 200


def test_the_account_says_for_whom_one_speaks(client, user):
    a_member(a_company(name="Les Jardins"), user)
    an_organiser_member(an_organiser(name="La Cress"), user)
    db.session.commit()
    page = client.get("/compte").text
    assert "Les Jardins" in page
    assert "La Cress" in page


def test_an_address_to_confirm_gets_its_letter_again(client, user):
    user.verified_at = None
    db.session.commit()
    assert "adresse à confirmer" in client.get("/compte").text
    client.post("/compte/confirmation")
    assert [letter.kind for letter in db.session.query(Letter)] == ["verify_address"]


def test_nobody_is_shown_no_account(client):
    assert client.get("/compte").status_code == 302
