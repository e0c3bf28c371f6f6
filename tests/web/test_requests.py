# SPDX-License-Identifier: EUPL-1.2
"""Requests for meetings, as the two sides see them."""

from datetime import UTC, datetime

import pytest

from app.models import clock
from app.models.base import db
from app.models.meetings import MeetingRequest
from app.rules.meetings import DeclineReason, RequestState
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_meeting,
    a_member,
    a_need,
    a_registration,
    a_request,
    a_run,
    a_sector,
    a_table,
    an_activity,
    an_edition,
    an_offer,
    log_in_as,
)

MESSAGE = "Nous entretenons déjà deux parcs à 10 km de chez vous."


class Pair:
    """A company whose person is logged in, and a buyer, both approved."""

    def __init__(self, client):
        self.client = client
        self.edition = an_edition()
        company, buyer = a_company(name="Les Jardins"), a_buyer(name="Ville de Valfleury")
        self.sector = a_sector()
        an_activity(company, self.sector)
        self.need = a_need(buyer, self.sector, title="Fleurissement")
        self.company = a_registration(self.edition, company)
        self.buyer = a_registration(self.edition, buyer)
        self.companys_person, self.buyers_person = a_member(company), a_member(buyer)
        db.session.commit()
        self.log_in(self.companys_person)

    def log_in(self, user):
        log_in_as(self.client, user)

    def ask(self, **typed):
        usual = {"about": f"need-{self.need.id}", "message": MESSAGE, "priority": "1"}
        address = f"/participation/{self.company.id}/demandes/nouvelle?to={self.buyer.id}"
        return self.client.post(address, data={**usual, **typed})

    def inbox(self, registration):
        return self.client.get(f"/participation/{registration.id}/demandes").text

    def found(self):
        db.session.expire_all()
        return db.session.query(MeetingRequest).one()


@pytest.fixture
def pair(client):
    return Pair(client)


def test_a_company_finds_buyers_with_reasons_and_asks_one(pair):
    page = pair.client.get(f"/participation/{pair.company.id}/chercher").text
    assert "Ville de Valfleury" in page and "Même métier" in page and "Fleurissement" in page

    pair.ask()

    asked = pair.found()
    assert (asked.state, asked.priority, asked.need_id) == (RequestState.PENDING, 1, pair.need.id)
    assert "attendue" in pair.inbox(pair.company)
    page = pair.client.get(f"/participation/{pair.company.id}/chercher").text
    assert "Rendez-vous demandé" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"message": "Bonjour"}, "Écrivez au moins une phrase"),
        ({"message": ""}, "Écrivez au moins une phrase"),
        ({"priority": "9"}, 'id="priority'),
        ({"about": "need-999999"}, 'id="about'),
    ],
)
def test_a_wrong_request_is_answered_in_the_form_and_nothing_is_sent(pair, wrong, sentence):
    page = pair.ask(**wrong)
    assert page.status_code == 422
    assert sentence in page.text
    assert db.session.query(MeetingRequest).count() == 0


def test_after_the_deadline_nobody_asks_any_more(pair):
    with clock.frozen(datetime(2027, 10, 30, tzinfo=UTC)):
        page = pair.ask()
    assert page.status_code == 422
    assert "vendredi 29 octobre" in page.text and MESSAGE in page.text.replace("&#39;", "'")


def test_only_approved_registrations_ask(pair):
    pair.company.state = RegistrationState.PENDING
    db.session.commit()
    page = pair.ask()
    assert page.status_code == 422 and "dès que l’équipe du salon" in page.text


def test_one_asks_only_the_other_bank_of_the_same_edition(pair):
    stranger = a_registration(an_edition(), a_buyer())
    rival = pair.company
    waiting = a_registration(pair.edition, a_buyer(), state=RegistrationState.PENDING)
    db.session.commit()
    address = f"/participation/{pair.company.id}/demandes/nouvelle"
    for number in (stranger.id, rival.id, waiting.id, "x", 99999, ""):
        assert pair.client.get(f"{address}?to={number}").status_code == 404, number


def test_whoever_was_asked_is_told_to_accept_instead_of_asking_back(pair):
    a_request(pair.buyer, pair.company)
    db.session.commit()
    address = f"/participation/{pair.company.id}/demandes/nouvelle?to={pair.buyer.id}"
    assert "vous a déjà demandé un rendez-vous" in pair.client.get(address).text
    page = pair.ask()
    assert page.status_code == 422
    assert db.session.query(MeetingRequest).count() == 1


def test_the_other_side_accepts_with_its_own_priority(pair):
    pair.ask()
    pair.log_in(pair.buyers_person)
    page = pair.inbox(pair.buyer)
    assert "Les Jardins" in page and "deux parcs à 10" in page and "Même métier" in page

    pair.client.post(f"/demandes/{pair.found().id}/accepter", data={"priority": "2"})

    accepted = pair.found()
    assert (accepted.state, accepted.answer_priority) == (RequestState.ACCEPTED, 2)
    assert "Acceptées, en attente du planning" in pair.inbox(pair.buyer)


def test_the_other_side_declines_in_one_click_and_the_reason_is_read(pair):
    pair.ask()
    pair.log_in(pair.buyers_person)
    address = f"/demandes/{pair.found().id}/refuser"
    assert "Besoin déjà pourvu" in pair.client.get(address).text
    assert pair.client.post(address, data={"answer": "Merci"}).status_code == 422

    pair.client.post(address, data={"reason": "need_filled", "answer": "Merci à vous."})

    assert pair.found().decline_reason == DeclineReason.NEED_FILLED
    pair.log_in(pair.companys_person)
    page = pair.inbox(pair.company)
    assert "besoin déjà pourvu" in page and "Merci à vous." in page


def test_one_withdraws_ones_own_request_and_nobody_elses(pair):
    pair.ask()
    request = pair.found()
    pair.log_in(pair.buyers_person)
    assert pair.client.post(f"/demandes/{request.id}/retirer").status_code == 404
    pair.log_in(pair.companys_person)
    assert pair.client.post(f"/demandes/{request.id}/accepter").status_code == 404
    assert "Retirer votre demande" in pair.client.get(f"/demandes/{request.id}/retirer").text
    pair.client.post(f"/demandes/{request.id}/retirer")
    assert pair.found().state == RequestState.WITHDRAWN


def test_after_the_deadline_an_answer_is_refused_with_a_sentence(pair):
    pair.ask()
    pair.log_in(pair.buyers_person)
    with clock.frozen(datetime(2027, 11, 6, tzinfo=UTC)):
        page = pair.client.post(f"/demandes/{pair.found().id}/accepter", data={"priority": "2"})
    assert page.status_code == 409
    assert "vendredi 5 novembre" in page.text


def test_planned_and_unplanned_requests_are_told_apart_with_the_reason(pair):
    slots = a_block(pair.edition, count=2)
    other = a_registration(pair.edition, a_buyer(name="Mutuelle des Causses"))
    late = a_registration(pair.edition, a_buyer(name="Transports Aubrelle"))
    placed = a_request(pair.company, pair.buyer, state=RequestState.ACCEPTED)
    left = a_request(pair.company, other, state=RequestState.ACCEPTED)
    a_request(pair.company, late, state=RequestState.ACCEPTED)
    a_meeting(
        placed,
        slots[0],
        a_table(pair.edition, "12"),
        a_delegate(pair.company),
        a_delegate(pair.buyer),
    )
    unplaced = {
        "wish": f"q{left.id}",
        "reason": "party_full",
        "parties": [f"r{other.id}"],
        "blocking": [],
        "unblock": None,
    }
    run = a_run(pair.edition, version=1, solution={"meetings": [], "unplaced": [unplaced]})
    pair.edition.version = run.version
    db.session.commit()

    page = pair.inbox(pair.company)

    planned = page[page.index('id="planifiees"') : page.index('id="non-planifiees"')]
    unplanned = page[page.index('id="non-planifiees"') :]
    assert "Ville de Valfleury" in planned and "<b>12</b>" in planned
    assert "L’agenda de Mutuelle des Causses est complet" in unplanned
    assert "Transports Aubrelle" in unplanned and "pas encore calculée" in unplanned


def test_the_pages_ask_the_same_number_of_questions_for_50_partners(pair, count_queries):
    def one_more():
        buyer = a_buyer()
        a_need(buyer, pair.sector)
        them = a_registration(pair.edition, buyer)
        a_delegate(them)
        a_request(them, pair.company)
        other = a_buyer()
        a_need(other, pair.sector)
        a_registration(pair.edition, other)
        db.session.commit()

    def questions(address):
        db.session.remove()  # nothing is remembered from the test itself
        with count_queries:
            assert pair.client.get(address).status_code == 200
        return len(count_queries)

    for address in (
        f"/participation/{pair.company.id}/demandes",
        f"/participation/{pair.company.id}/chercher",
    ):
        one_more()
        questions(address)
        few = questions(address)
        for _ in range(25):
            one_more()
        assert questions(address) == few, address


def test_both_sides_read_a_request_and_strangers_do_not(pair):
    pair.ask()
    address = f"/demandes/{pair.found().id}"
    for user in (pair.companys_person, pair.buyers_person):
        pair.log_in(user)
        assert "deux parcs" in pair.client.get(address).text
    stranger = a_member(a_company())
    db.session.commit()
    pair.log_in(stranger)
    assert pair.client.get(address).status_code == 404


def test_a_meeting_may_be_about_an_offer(pair):
    offer = an_offer(pair.company.organisation)
    db.session.commit()
    pair.ask(about=f"offer-{offer.id}")
    assert pair.found().offer_id == offer.id
