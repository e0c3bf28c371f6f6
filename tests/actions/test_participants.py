# SPDX-License-Identifier: EUPL-1.2
"""The team gives participants a place, a limit, or a refusal."""

import pytest
from sqlalchemy import select

from app.actions import participants as actions
from app.models.base import db
from app.models.history import HistoryLine
from app.models.letters import Letter
from app.rules.errors import RuleBroken
from app.rules.registrations import RegistrationState
from tests.builders import a_buyer, a_company, a_delegate, a_registration, a_table, an_edition

PENDING = RegistrationState.PENDING


def test_a_participant_gets_a_place_of_its_own_and_a_limit(app):
    edition = an_edition()
    table, buyer = a_table(edition, "12"), a_registration(edition, a_buyer())

    actions.arrange(buyer, by=None, home_place=table, max_meetings=8)

    assert (buyer.home_place_id, buyer.max_meetings) == (table.id, 8)
    line = db.session.scalars(select(HistoryLine)).one()
    assert (line.verb, line.facts) == ("registration.arranged", {"place": "12", "limit": 8})


def test_two_participants_never_share_a_home(app):
    edition = an_edition()
    table = a_table(edition, "12")
    a_registration(edition, a_buyer(name="Mairie de Sète"), home_place_id=table.id)
    other = a_registration(edition, a_buyer())

    with pytest.raises(RuleBroken, match="home_taken") as refused:
        actions.arrange(other, by=None, home_place=table, max_meetings=None)
    assert refused.value.field == "home_place"
    assert refused.value.facts["name"] == "Mairie de Sète"


def test_a_participant_may_keep_its_home_and_lose_it(app):
    edition = an_edition()
    table = a_table(edition)
    buyer = a_registration(edition, a_buyer(), home_place_id=table.id)

    actions.arrange(buyer, by=None, home_place=table, max_meetings=3)
    assert buyer.home_place_id == table.id
    actions.arrange(buyer, by=None, home_place=None, max_meetings=None)
    assert buyer.home_place_id is None


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_an_absurd_limit_is_refused(app, limit):
    buyer = a_registration(an_edition(), a_buyer())

    with pytest.raises(RuleBroken, match="number_out"):
        actions.arrange(buyer, by=None, home_place=None, max_meetings=limit)


def test_those_that_wait_are_refused_together_and_each_gets_a_letter(app):
    edition = an_edition()
    waiting = [a_registration(edition, a_company(), state=PENDING) for _ in range(3)]
    welcome = a_registration(edition, a_company())
    for one in (*waiting, welcome):
        a_delegate(one)

    count = actions.refuse_all([*waiting, welcome], by=None, reason="Tout est pris.")

    assert count == 3
    assert {one.state for one in waiting} == {RegistrationState.REFUSED}
    assert welcome.state == RegistrationState.APPROVED
    letters = db.session.scalars(select(Letter)).all()
    assert [letter.kind for letter in letters] == ["registration_refused"] * 3
    assert "Tout est pris." in letters[0].body_text


def test_a_refusal_without_a_reason_refuses_nobody(app):
    edition = an_edition()
    waiting = [a_registration(edition, a_company(), state=PENDING) for _ in range(2)]

    with pytest.raises(RuleBroken, match="refusal_reason"):
        actions.refuse_all(waiting, by=None, reason="  ")
    assert {one.state for one in waiting} == {PENDING}
