# SPDX-License-Identifier: EUPL-1.2
"""The agenda in a browser: who sees it, what it says, and the calendar that follows it."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from app.documents import pdf
from app.models import clock
from app.models.base import db
from app.models.registrations import Delegate
from app.rules.meetings import MeetingState, RequestState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_meeting,
    a_member,
    a_registration,
    a_request,
    a_table,
    a_user,
    an_edition,
    log_in_as,
)

BEFORE = datetime(2027, 11, 20, 9, tzinfo=UTC)


class Fair:
    """A company with two people, of whom the first meets a buyer at table 7."""

    def __init__(self, version=1, **meeting):
        self.edition = an_edition(version=version)
        self.slots = a_block(self.edition)
        company = a_company(name="Les Jardins de la Cesse")
        buyer = a_registration(self.edition, a_buyer(name="Ville de Saint-Aurèle"))
        self.registration = a_registration(self.edition, company)
        self.person = a_member(company)
        self.first = a_delegate(self.registration, "Amélie", user_id=self.person.id)
        self.second = a_delegate(self.registration, "Théo", rank=1)
        other = a_delegate(buyer, "Hélène", last_name="Marty")
        asked = a_request(self.registration, buyer, state=RequestState.ACCEPTED)
        if version:
            table = a_table(self.edition, "7")
            self.meeting = a_meeting(asked, self.slots[0], table, self.first, other, **meeting)
        db.session.commit()

    @property
    def page(self):
        return f"/participation/{self.registration.id}/agenda"


@pytest.fixture
def shelf(app, tmp_path):
    app.config["PAPERS"] = tmp_path
    yield tmp_path
    del app.config["PAPERS"]


def test_the_agenda_names_partner_person_and_table(client):
    fair = Fair()
    log_in_as(client, fair.person)
    with clock.frozen(BEFORE):
        text = client.get(fair.page).text

    assert "Mon agenda" in text
    assert "Ville de Saint-Aurèle" in text and "Hélène Marty" in text
    assert "table<b>7</b>" in text
    assert "Libre pendant 45\u00a0min" in text
    assert "Premier rendez-vous, mercredi 24 novembre, 9\u00a0h" in text


def test_during_a_meeting_the_page_says_now(client):
    fair = Fair()
    log_in_as(client, fair.person)
    with clock.frozen(datetime(2027, 11, 24, 8, 5, tzinfo=UTC)):
        text = client.get(fair.page).text
    assert "Maintenant" in text
    assert "jusqu’à 9\u00a0h\u00a020" in text
    assert 'class="meeting current"' in text


def test_each_person_has_a_tab(client):
    fair = Fair()
    log_in_as(client, fair.person)

    text = client.get(fair.page).text
    assert f"personne={fair.second.id}" in text
    text = client.get(f"{fair.page}?personne={fair.second.id}").text
    assert "Aucun rendez-vous n’est prévu pour Théo Vasseur" in text


def test_before_publication_the_page_says_when_the_agenda_comes(client):
    fair = Fair(version=0)
    log_in_as(client, fair.person)
    text = client.get(fair.page).text
    assert "L’agenda n’est pas encore publié." in text
    assert "vendredi 5 novembre à 18\u00a0h" in text


def test_a_person_of_another_registration_is_not_found_in_the_address(client):
    fair, elsewhere = Fair(), Fair()
    log_in_as(client, fair.person)

    for address in (
        f"{fair.page}?personne={elsewhere.first.id}",
        f"{fair.page}/{elsewhere.first.id}.pdf",
        f"{fair.page}/{elsewhere.first.id}.ics",
        elsewhere.page,
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"{fair.page}/{elsewhere.first.id}/adresse").status_code == 404


def test_somebody_without_a_part_in_it_sees_nothing(client):
    fair = Fair()
    assert client.get(fair.page).status_code == 302
    stranger = a_user()
    db.session.commit()
    log_in_as(client, stranger)
    assert client.get(fair.page).status_code == 404


@pytest.mark.parametrize("meetings", [1, 3])
def test_more_meetings_cost_no_more_queries(client, count_queries, meetings):
    fair = Fair()
    for number in range(1, meetings):
        buyer = a_registration(fair.edition, a_buyer())
        asked = a_request(fair.registration, buyer, state=RequestState.ACCEPTED)
        people = fair.first, a_delegate(buyer)
        a_meeting(asked, fair.slots[number], a_table(fair.edition, f"T{number}"), *people)
    db.session.commit()
    log_in_as(client, fair.person)
    client.get(fair.page)

    with count_queries:
        client.get(fair.page)
    assert len(count_queries) <= 16


def test_the_paper_is_a_pdf_of_this_agenda(client, shelf):
    fair = Fair()
    log_in_as(client, fair.person)
    answer = client.get(f"{fair.page}/{fair.first.id}.pdf", buffered=True)
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_where_pdf_is_not_possible_the_page_says_so(client, shelf, monkeypatch):
    def without(html):
        raise pdf.PdfUnavailable("il manque la bibliothèque Pango")

    monkeypatch.setattr(pdf, "render", without)
    fair = Fair()
    log_in_as(client, fair.person)
    answer = client.get(f"{fair.page}/{fair.first.id}.pdf")
    assert answer.status_code == 503
    assert "il manque la bibliothèque Pango" in answer.text


def test_the_private_calendar_needs_no_session_and_is_not_sent_twice(client):
    fair = Fair()
    address = f"/agenda/{fair.first.feed_token}.ics"

    first = client.get(address)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert "private" in first.headers["Cache-Control"]
    assert len(Calendar.from_ical(first.data).walk("VEVENT")) == 1

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

    fair.meeting.state, fair.meeting.sequence = MeetingState.CANCELLED, 1
    db.session.commit()
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    [event] = Calendar.from_ical(changed.data).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"


def test_a_wrong_secret_opens_nothing(client):
    fair = Fair()
    assert client.get("/agenda/x.ics").status_code == 404
    assert client.get(f"/agenda/{fair.first.id}.ics").status_code == 404


def test_a_changed_address_closes_the_old_one(client):
    fair = Fair()
    old = fair.first.feed_token
    log_in_as(client, fair.person)

    answer = client.post(f"{fair.page}/{fair.first.id}/adresse")
    assert answer.status_code == 302
    db.session.expire_all()
    new = db.session.get_one(Delegate, fair.first.id).feed_token
    assert new != old and len(new) >= 32
    assert client.get(f"/agenda/{old}.ics").status_code == 404
    assert client.get(f"/agenda/{new}.ics").status_code == 200
    assert f"/agenda/{new}.ics" in client.get(fair.page).text


def test_a_download_is_named_and_says_the_same_as_the_private_calendar(client):
    fair = Fair()
    log_in_as(client, fair.person)
    download = client.get(f"{fair.page}/{fair.first.id}.ics")
    assert "attachment" in download.headers["Content-Disposition"]
    assert download.data == client.get(f"/agenda/{fair.first.feed_token}.ics").data
