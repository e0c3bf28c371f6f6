# SPDX-License-Identifier: EUPL-1.2
"""Asking for a meeting, and answering: rules, deadlines, letters, and two people at once."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from app.actions import meetings as actions
from app.models import clock
from app.models.base import db
from app.models.letters import Letter
from app.models.meetings import Attendance, MeetingRequest
from app.queries import meetings, registrations
from app.rules.errors import NotFound, RuleBroken
from app.rules.meetings import DeclineReason, MeetingState, RequestState
from app.rules.needs import NeedState
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
    a_table,
    a_user,
    an_edition,
    an_offer,
)

MESSAGE = "Nous entretenons déjà deux parcs à 10 km de chez vous."


class Two:
    """A company and a buyer, both approved, each with somebody who reads letters."""

    def __init__(self):
        self.edition = an_edition()
        self.company = a_registration(self.edition, a_company(name="Les Jardins"))
        self.buyer = a_registration(self.edition, a_buyer(name="Ville de Valfleury"))
        a_member(self.company.organisation, a_user(email="luc@exemple.test"))
        a_member(self.buyer.organisation, a_user(email="claire@exemple.test", language="en"))
        db.session.commit()

    def ask(self, **facts):
        usual = {"by": None, "message": MESSAGE}
        return actions.request(self.company, self.buyer, **{**usual, **facts})


@pytest.fixture
def two(app):
    return Two()


def letters():
    found = db.session.query(Letter).order_by(Letter.id)
    return [(letter.kind, letter.to_email) for letter in found]


def test_a_request_waits_and_is_written_to_the_other_side(two):
    need = a_need(two.buyer.organisation, title="Fleurissement")
    request = two.ask(need=need, priority=1)

    assert (request.state, request.priority) == (RequestState.PENDING, 1)
    assert letters() == [("meeting_requested", "claire@exemple.test")]
    letter = db.session.query(Letter).one()
    assert "Les Jardins" in letter.subject
    assert "Fleurissement" in letter.body_text and MESSAGE.split()[-1] in letter.body_text
    assert f"/participation/{two.buyer.id}/demandes" in letter.body_text


def test_a_pending_request_blocks_no_slot(two):
    a_block(two.edition)
    two.ask()
    assert db.session.query(Attendance).count() == 0


@pytest.mark.parametrize(
    ("wrong", "key", "field"),
    [
        ({"message": "Bonjour"}, "message_too_short", "message"),
        ({"message": "x" * 60}, "message_too_short", "message"),
        ({"priority": 0}, "priority_out_of_range", "priority"),
        ({"priority": 6}, "priority_out_of_range", "priority"),
    ],
)
def test_a_wrong_request_names_its_field(two, wrong, key, field):
    with pytest.raises(RuleBroken) as refused:
        two.ask(**wrong)
    assert (refused.value.key, refused.value.field) == (key, field)


def test_a_request_is_about_a_published_need_of_the_buyer_or_an_offer_of_the_company(two):
    draft = a_need(two.buyer.organisation, state=NeedState.DRAFT)
    stranger = a_need(a_buyer())
    for need in (draft, stranger):
        with pytest.raises(RuleBroken, match="need_not_theirs"):
            two.ask(need=need)
    with pytest.raises(RuleBroken, match="offer_not_theirs"):
        two.ask(offer=an_offer(a_company()))
    assert two.ask(offer=an_offer(two.company.organisation)).offer_id


def test_only_approved_registrations_of_two_banks_of_one_edition(two):
    rival = a_registration(two.edition, a_buyer())
    elsewhere = a_registration(an_edition(), a_buyer())
    with pytest.raises(RuleBroken, match="same_bank"):
        actions.request(two.buyer, rival, by=None, message=MESSAGE)
    with pytest.raises(NotFound):
        actions.request(two.company, elsewhere, by=None, message=MESSAGE)
    two.buyer.state = RegistrationState.PENDING
    db.session.commit()
    with pytest.raises(RuleBroken, match="asked_not_approved"):
        two.ask()
    two.company.state = RegistrationState.PENDING
    db.session.commit()
    with pytest.raises(RuleBroken, match="asking_not_approved"):
        two.ask()


def test_the_deadline_for_requests_holds_to_the_second(two):
    deadline = two.edition.requests_close_at
    with clock.frozen(deadline):
        two.ask()
    late = datetime(2027, 10, 29, 16, 0, 1, tzinfo=UTC)
    with clock.frozen(late), pytest.raises(RuleBroken) as refused:
        two.ask()
    assert (refused.value.key, refused.value.facts["deadline"]) == ("requests_closed", deadline)


def test_whoever_was_asked_is_told_to_accept(two):
    two.ask()
    with pytest.raises(RuleBroken) as refused:
        actions.request(two.buyer, two.company, by=None, message=MESSAGE)
    assert (refused.value.key, refused.value.facts["name"]) == ("they_asked_you", "Les Jardins")
    with pytest.raises(RuleBroken, match="already_asked"):
        two.ask()


def test_an_accepted_request_carries_both_priorities_and_tells_who_asked(two):
    request = two.ask(priority=1)
    actions.accept(request, by=None, priority=2)
    assert (request.state, request.priority, request.answer_priority) == ("accepted", 1, 2)
    assert letters()[-1] == ("request_accepted", "luc@exemple.test")
    with pytest.raises(RuleBroken, match="request_step"):
        actions.accept(request, by=None)


def test_a_declined_request_says_why_and_leaves_room_for_another(two):
    request = two.ask()
    actions.decline(request, by=None, reason=DeclineReason.TOO_FAR, answer=" Merci. ")
    assert (request.state, request.answer) == (RequestState.DECLINED, "Merci.")
    letter = db.session.query(Letter).filter_by(kind="request_declined").one()
    words = letter.body_text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Raison : trop loin." in words and "« Merci. »" in words
    assert two.ask().id != request.id


def test_answers_come_before_their_deadline(two):
    request = two.ask()
    with clock.frozen(datetime(2027, 11, 5, 17, 0, 1, tzinfo=UTC)):
        with pytest.raises(RuleBroken, match="answers_closed"):
            actions.accept(request, by=None)
        with pytest.raises(RuleBroken, match="answers_closed"):
            actions.decline(request, by=None, reason=DeclineReason.NO_TIME)
        assert actions.expire() == 1
    assert request.state == RequestState.EXPIRED


def test_an_accepted_request_does_not_expire(two):
    request = two.ask()
    actions.accept(request, by=None)
    with clock.frozen(datetime(2027, 12, 1, tzinfo=UTC)):
        assert actions.expire() == 0


@pytest.mark.parametrize("who", ["asking", "asked"])
def test_giving_up_a_planned_meeting_frees_it_and_tells_the_other_side_once(two, who):
    slots = a_block(two.edition)
    request = a_request(two.company, two.buyer, state=RequestState.ACCEPTED)
    meeting = a_meeting(
        request, slots[0], a_table(two.edition), a_delegate(two.company), a_delegate(two.buyer)
    )
    db.session.commit()

    if who == "asking":
        actions.withdraw(request, by=None)
        told = [("meeting_freed", "claire@exemple.test")]
    else:
        actions.decline(request, by=None, reason=DeclineReason.NO_TIME)
        told = [("request_declined", "luc@exemple.test")]

    assert (meeting.state, meeting.place_id, meeting.sequence) == (MeetingState.CANCELLED, None, 1)
    assert db.session.query(Attendance).count() == 0
    assert letters() == told


def both(app, *acts):
    """Do them at the same moment. Returns (answers, problems)."""
    start, answers, wrong = threading.Barrier(len(acts)), [], []

    def run(act):
        with app.app_context():
            start.wait()
            try:
                answers.append(act())
            except Exception as problem:
                wrong.append(problem)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, wrong


def asked_by_both_at_once(app, monkeypatch):
    """Each side asks the other, and neither sees the other's request before writing its own."""
    with app.app_context():
        two = Two()
        one, other = two.company.id, two.buyer.id
    monkeypatch.setattr(meetings, "open_between", lambda *pair: None)

    def ask(asking, asked):
        return lambda: (
            actions.request(
                registrations.by_id(asking), registrations.by_id(asked), by=None, message=MESSAGE
            ).id
        )

    answers, wrong = both(app, ask(one, other), ask(other, one))
    with app.app_context():
        return answers, wrong, db.session.query(MeetingRequest).count()


def test_a_pair_that_asks_each_other_at_once_has_one_request(either_app, monkeypatch):
    answers, wrong, kept = asked_by_both_at_once(either_app, monkeypatch)
    assert (len(answers), kept) == (1, 1)
    assert [problem.key for problem in wrong] == ["conflict"]


def test_without_the_constraint_the_pair_would_have_two(either_app, monkeypatch):
    """The twin of the test above: it shows that the race is real, and what the index is for."""
    with either_app.app_context():
        db.session.execute(text("DROP INDEX uq_meeting_request_open_pair"))
        db.session.commit()
    answers, wrong, kept = asked_by_both_at_once(either_app, monkeypatch)
    assert (len(answers), wrong, kept) == (2, [], 2)


def test_a_request_accepted_and_withdrawn_at_once_ends_in_one_of_the_two(either_app):
    with either_app.app_context():
        two = Two()
        number = a_request(two.company, two.buyer).id
        db.session.commit()

    _, wrong = both(
        either_app,
        lambda: actions.accept(meetings.by_id(number), by=None),
        lambda: actions.withdraw(meetings.by_id(number), by=None),
    )

    assert {problem.key for problem in wrong} <= {"request_step"}
    with either_app.app_context():
        assert meetings.by_id(number).state == RequestState.WITHDRAWN
