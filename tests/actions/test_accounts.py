# SPDX-License-Identifier: EUPL-1.2
"""Opening an account, proving an address, coming in."""

from datetime import UTC, datetime, timedelta

import pytest

from app.actions import accounts, links
from app.actions.links import Purpose
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.letters import Letter
from app.queries import accounts as people
from app.rules.errors import RuleBroken
from app.rules.letters import LetterState
from tests.builders import a_user, an_organiser

NOON = datetime(2027, 9, 1, 12, tzinfo=UTC)


def sign_up(email: str = "claire@exemple.test", **facts) -> User:
    return accounts.sign_up(**{"email": email, "name": "Claire", "language": "fr", **facts})


def letters() -> list[tuple[str, str]]:
    return [(letter.to_email, letter.kind) for letter in db.session.query(Letter).order_by("id")]


def test_who_signs_up_is_asked_to_prove_the_address(app):
    user = sign_up(" Claire@Exemple.TEST ")

    assert (user.email, user.verified_at, user.password_hash) == ("claire@exemple.test", None, None)
    assert letters() == [("claire@exemple.test", "verify_address")]


def test_a_letter_to_an_invented_address_is_kept_and_holds_an_absolute_link(app):
    sign_up()
    (letter,) = db.session.query(Letter)

    assert letter.state == LetterState.KEPT
    assert "http://127.0.0.1:8000/confirmer/" in letter.body_text
    assert letter.body_html.count("http://127.0.0.1:8000/confirmer/") == 2


def test_an_address_that_has_an_account_gets_a_way_in_and_nothing_changes(app):
    first = sign_up(password="deux mots longs")
    kept = first.password_hash
    again = sign_up(name="Quelqu'un d'autre", password="un autre secret")

    assert (again.id, again.name, again.password_hash) == (first.id, "Claire", kept)
    assert letters() == [
        ("claire@exemple.test", "verify_address"),
        ("claire@exemple.test", "login_link"),
    ]


def test_a_short_password_is_refused_and_nobody_is_kept(app):
    with pytest.raises(RuleBroken) as refused:
        sign_up(password="court")

    assert refused.value.key == "password_short"
    assert db.session.query(User).count() == 0


def test_the_right_password_lets_in(app):
    user = sign_up(password="deux mots longs")

    assert accounts.log_in_by_password("CLAIRE@exemple.test", "deux mots longs").id == user.id
    assert user.last_login_at is not None


@pytest.mark.parametrize("email", ["claire@exemple.test", "personne@exemple.test"])
def test_a_wrong_password_and_an_unknown_address_are_refused_alike(app, email):
    sign_up(password="deux mots longs")

    with pytest.raises(RuleBroken) as refused:
        accounts.log_in_by_password(email, "autre chose de long")
    assert (refused.value.key, refused.value.field) == ("wrong_password", "password")


def test_an_account_without_password_is_entered_by_no_password(app):
    sign_up()
    with pytest.raises(RuleBroken):
        accounts.log_in_by_password("claire@exemple.test", "")


def test_passwords_are_kept_as_argon2id(app):
    assert sign_up(password="deux mots longs").password_hash.startswith("$argon2id$")


def test_nobody_can_tell_whether_an_address_is_known(app):
    accounts.ask_for_login_link("personne@exemple.test", language="fr")
    accounts.ask_for_new_password("personne@exemple.test", language="fr")

    assert letters() == []


def test_a_link_serves_one_purpose_and_lasts_seven_days(app):
    user = a_user()
    with clock.frozen(NOON):
        secret = links.token(user, Purpose.VERIFY)
    with clock.frozen(NOON + timedelta(days=7)):
        assert links.opened(secret, Purpose.VERIFY).is_fresh
        assert links.opened(secret, Purpose.LOG_IN) is None
    with clock.frozen(NOON + timedelta(days=7, seconds=2)):
        late = links.opened(secret, Purpose.VERIFY)
    assert (late.user.id, late.is_fresh) == (user.id, False)


def test_a_damaged_link_names_nobody(app):
    secret = links.token(a_user(), Purpose.VERIFY)

    assert links.opened(secret[:-2], Purpose.VERIFY) is None
    assert links.opened("", Purpose.VERIFY) is None


def test_a_way_in_is_used_once(app):
    user = a_user()
    secret = links.token(user, Purpose.LOG_IN)
    accounts.log_in_by_link(user)

    assert not links.opened(secret, Purpose.LOG_IN).is_fresh


def test_a_new_password_ends_sessions_and_links(app):
    user = a_user()
    secret = links.token(user, Purpose.VERIFY)
    accounts.set_password(user, password="deux mots longs")

    assert user.stamp == 2
    assert not links.opened(secret, Purpose.VERIFY).is_fresh


def test_who_opened_an_account_in_the_name_of_another_loses_the_password(app):
    user = sign_up(password="choisi par un autre")
    accounts.log_in_by_link(user)

    assert user.verified_at is not None
    with pytest.raises(RuleBroken):
        accounts.log_in_by_password("claire@exemple.test", "choisi par un autre")


def test_a_person_enters_a_team_once(app):
    organiser, user = an_organiser(), a_user()
    accounts.join_organiser(organiser, user=user)
    accounts.join_organiser(organiser, user=user)

    assert people.person_of(user).organisers == {organiser.id}


def test_a_team_is_founded(app):
    team = accounts.found_organiser(name=" La  Cress ", email="cress@exemple.test")
    assert (team.name, team.is_demonstration) == ("La Cress", False)
