# SPDX-License-Identifier: EUPL-1.2
"""Participants are reminded of what they owe, once a day at most."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.actions import registrations as coming
from app.actions import reminders as actions
from app.models import clock
from app.models.base import db
from app.models.letters import Letter
from app.queries import reminders
from app.rules.meetings import RequestState
from app.rules.watch import Reminder
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_registration,
    a_request,
    an_edition,
    an_organiser_member,
    log_in_as,
)

NOW = datetime(2027, 11, 2, 10, tzinfo=UTC)
FOUR_DAYS_AGO = NOW - timedelta(days=4)


@pytest.fixture(autouse=True)
def second_of_november():
    with clock.frozen(NOW):
        yield


def a_late_buyer(edition, requests=2):
    buyer = a_registration(edition, a_buyer(name="Mairie de Sète"))
    a_delegate(buyer)
    for _ in range(requests):
        a_request(a_registration(edition, a_company()), buyer, created_at=FOUR_DAYS_AGO)
    return buyer


def test_one_letter_counts_all_requests_left_without_an_answer(app):
    edition = an_edition()
    a_late_buyer(edition, requests=2)

    assert actions.remind(edition, by=None, what=Reminder.ANSWERS) == 1

    letter = db.session.scalars(select(Letter)).one()
    assert letter.kind == "answers_awaited"
    assert letter.subject == "2 demandes attendent votre réponse"
    assert "vendredi 5 novembre" in letter.body_text
    assert "/demandes" in letter.body_text


def test_nobody_is_reminded_of_recent_or_answered_requests(app):
    edition = an_edition()
    buyer = a_registration(edition, a_buyer())
    a_delegate(buyer)
    a_request(a_registration(edition, a_company()), buyer, created_at=NOW - timedelta(days=2))
    a_request(
        a_registration(edition, a_company()),
        buyer,
        created_at=FOUR_DAYS_AGO,
        state=RequestState.DECLINED,
    )

    assert actions.remind(edition, by=None, what=Reminder.ANSWERS) == 0
    assert db.session.scalars(select(Letter)).all() == []


def test_nobody_is_reminded_twice_in_a_day_and_may_be_the_day_after(app):
    edition = an_edition()
    a_late_buyer(edition)
    actions.remind(edition, by=None, what=Reminder.ANSWERS)

    assert actions.remind(edition, by=None, what=Reminder.ANSWERS) == 0
    with clock.frozen(NOW + timedelta(days=1, minutes=1)):
        assert actions.remind(edition, by=None, what=Reminder.ANSWERS) == 1


def test_a_reminder_of_one_thing_does_not_hold_back_another(app):
    edition = an_edition()
    a_block(edition)
    buyer = a_late_buyer(edition)
    actions.remind(edition, by=None, what=Reminder.ANSWERS)

    (one,) = reminders.due(edition, Reminder.AVAILABILITY)

    assert one.registration is buyer


def test_buyers_who_gave_their_availability_are_left_in_peace(app):
    edition = an_edition()
    a_block(edition)
    for gives in (True, False):
        buyer = a_registration(edition, a_buyer())
        delegate = a_delegate(buyer)
        if gives:
            coming.set_availability(delegate, by=None, away=[])

    assert actions.remind(edition, by=None, what=Reminder.AVAILABILITY) == 1
    assert db.session.scalars(select(Letter)).one().kind == "availability_awaited"


def test_the_team_sees_whom_before_it_writes(client):
    edition = an_edition()
    a_late_buyer(edition)
    user = an_organiser_member(edition.series.organiser)
    db.session.commit()
    log_in_as(client, user)
    address = f"/organisation/{edition.slug}/relancer/reponses"

    page = client.get(address).text
    assert "Un courriel part à 1 participant." in page
    assert "Mairie de Sète" in page
    assert db.session.scalars(select(Letter)).all() == []

    client.post(address)
    assert len(db.session.scalars(select(Letter)).all()) == 1
    assert "Personne n’est à relancer aujourd’hui" in client.get(address).text
    assert client.get(f"/organisation/{edition.slug}/relancer/tout").status_code == 404
