# SPDX-License-Identifier: EUPL-1.2
"""Opening an account and coming in, by password, by letter, in a demonstration."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.actions import accounts, links
from app.actions.links import Purpose
from app.factory import create_app
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.letters import Letter
from app.web.shared import limits
from tests.builders import (
    a_company,
    a_member,
    a_user,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)
from tests.conftest import Browser

CLAIRE = {"email": "claire@exemple.test", "name": "Claire", "language": "fr"}
PASSWORD = "deux mots longs"


@pytest.fixture
def claire(app) -> User:
    return accounts.sign_up(**CLAIRE, password=PASSWORD)


def log_in(client, password: str = PASSWORD, **more):
    return client.post("/connexion", data={"email": CLAIRE["email"], "password": password, **more})


def last_link() -> str:
    """The path of the link of the last letter."""
    letter = db.session.query(Letter).order_by(Letter.id.desc()).first()
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.body_text)
    return found.group(1)


def is_in(client) -> bool:
    return client.get("/compte").status_code == 200


def test_the_password_lets_in_and_the_button_lets_out(client, claire):
    assert log_in(client).headers["Location"] == "/compte"
    assert is_in(client)
    client.post("/deconnexion")
    assert not is_in(client)


def test_a_wrong_password_says_how_to_mend_it_and_keeps_the_address(client, claire):
    page = log_in(client, "autre chose de long").text
    assert "ne vont pas ensemble" in page
    assert 'value="claire@exemple.test"' in page
    assert "autre chose de long" not in page


def test_one_comes_back_to_the_page_one_wanted_but_never_to_another_site(client, claire):
    assert log_in(client, next="/annuaire?q=a").headers["Location"] == "/annuaire?q=a"
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"):
        assert log_in(client, next=elsewhere).headers["Location"] == "/compte"


def test_a_page_for_members_leads_to_the_log_in_and_back(client, claire):
    answer = client.get("/compte")
    assert answer.headers["Location"] == "/connexion?next=/compte"
    assert 'value="/compte"' in client.get(answer.headers["Location"]).text


@pytest.mark.parametrize("email", ["claire@exemple.test", "personne@exemple.test"])
@pytest.mark.parametrize("page", ["/connexion/lien", "/mot-de-passe"])
def test_nobody_learns_who_has_an_account(client, claire, email, page):
    assert client.post(page, data={"email": email}).headers["Location"] == "/courriel-envoye"


def test_signing_up_looks_the_same_for_a_known_address(client, claire):
    answer = client.post("/inscription", data={"name": "X", "email": CLAIRE["email"]})
    assert answer.headers["Location"] == "/courriel-envoye"
    assert db.session.query(User).count() == 1


def test_the_link_of_the_letter_lets_in_once_after_a_click(client, claire):
    client.post("/connexion/lien", data={"email": CLAIRE["email"]})
    link = last_link()
    assert "Entrer" in client.get(link).text
    assert not is_in(client), "a mail scanner that opens the link uses nothing up"

    client.post(link)
    assert is_in(client)
    client.post("/deconnexion")
    assert "Ce lien ne sert plus" in client.post(link).text
    assert not is_in(client)


def test_an_expired_link_sends_a_new_one(client):
    begun = datetime(2027, 9, 1, 12, tzinfo=UTC)
    with clock.frozen(begun):
        accounts.sign_up(**CLAIRE)
        old = last_link()
    with clock.frozen(begun + timedelta(days=8)):
        page = client.get(old).text
        assert "Ce lien ne sert plus" in page
        again = re.search(r'action="(/nouveau-lien/[^"]+)"', page).group(1)
        assert client.post(again).headers["Location"] == "/courriel-envoye"
        assert last_link() != old
        client.post(last_link())
        assert is_in(client)


@pytest.mark.parametrize("page", ["/entrer/abc", "/confirmer/a.b.c", "/mot-de-passe/xyz"])
def test_a_damaged_link_says_so(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    assert "incomplète" in answer.text


def test_a_new_password_is_chosen_by_letter_and_ends_the_other_sessions(app, client, claire):
    other = Browser(app, app.response_class, use_cookies=True)
    log_in(other)
    client.post("/mot-de-passe", data={"email": CLAIRE["email"]})
    link = last_link()
    assert "dix caractères" in client.post(link, data={"password": ""}).text.lower()
    assert "5" in client.post(link, data={"password": "court"}).text
    client.post(link, data={"password": "un tout autre secret"})
    assert is_in(client)
    assert not is_in(other)
    assert log_in(other, "un tout autre secret").status_code == 302


def test_links_in_letters_never_follow_the_name_the_site_was_asked_by(client, claire):
    client.post(
        "/connexion/lien", data={"email": CLAIRE["email"]}, headers={"Host": "evil.example"}
    )
    letter = db.session.query(Letter).order_by(Letter.id.desc()).first()
    assert "evil.example" not in letter.body_text + letter.body_html


@pytest.fixture
def strict_client(app, settings) -> Iterator[FlaskClient]:
    """A browser of a site that counts how often one tries."""
    strict = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=True)
    yield strict.test_client()
    limits.limiter.enabled = False


def test_ten_wrong_passwords_are_enough(claire, strict_client):
    answers = [log_in(strict_client, f"mot de passe {n}").status_code for n in range(12)]
    assert answers[:10] == [200] * 10
    assert answers[10:] == [429, 429]


def test_five_letters_are_enough(claire, strict_client):
    link = {"email": CLAIRE["email"]}
    answers = [strict_client.post("/connexion/lien", data=link).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_form_without_its_token_is_sent_back(app, client, claire):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = log_in(client)
        page = client.get("/connexion").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
        with_token = log_in(client, csrf_token=token)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert (answer.status_code, "trop attendu" in answer.text) == (400, True)
    assert with_token.status_code == 302


def a_demonstration() -> User:
    organiser = an_organiser(is_demonstration=True)
    an_edition(organiser, is_demonstration=True)
    boss = a_user(email="organisateur@demo.invalid")
    an_organiser_member(organiser, boss)
    db.session.commit()
    return boss


def test_a_demonstration_is_entered_at_one_click(client):
    a_demonstration()
    assert "/demonstration/organisateur" in client.get("/connexion").text
    assert client.post("/demonstration/organisateur").status_code == 302
    assert is_in(client)


def test_a_real_fair_is_never_entered_so(client):
    a_user(email="organisateur@demo.invalid")
    an_edition()
    db.session.commit()
    assert "/demonstration/" not in client.get("/connexion").text
    assert client.post("/demonstration/organisateur").status_code == 404


def test_an_invented_person_who_speaks_for_a_real_organisation_is_not_lent(client):
    boss = a_demonstration()
    a_member(a_company(), boss)
    db.session.commit()
    assert client.post("/demonstration/organisateur").status_code == 404


def test_an_installation_that_forbids_it_lends_nobody(app, client):
    a_demonstration()
    app.config["DEMO"] = False
    try:
        assert client.post("/demonstration/organisateur").status_code == 404
        assert client.get("/boite-aux-lettres").status_code == 404
    finally:
        app.config["DEMO"] = True


def test_a_session_ends_when_the_stamp_grows(client):
    user = a_user()
    log_in_as(client, user)
    db.session.commit()
    assert is_in(client)
    accounts.set_password(user, password=PASSWORD)
    assert not is_in(client)


def test_a_link_for_a_new_password_does_not_let_in_elsewhere(client, claire):
    secret = links.token(claire, Purpose.SET_PASSWORD)
    assert "incomplète" in client.post(f"/entrer/{secret}").text
