# SPDX-License-Identifier: EUPL-1.2
"""Coming to an edition: registering, delegates, availability, the organiser's decision."""

from datetime import UTC, datetime

import pytest

from app.actions import registrations as actions
from app.models import clock
from app.models.base import db
from app.models.letters import Letter
from app.models.meetings import Attendance
from app.queries import meetings, registrations
from app.rules.editions import EditionState, Mode
from app.rules.errors import RuleBroken
from app.rules.meetings import MeetingState, RequestState
from app.rules.registrations import RegistrationState
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
)

PENDING, APPROVED = RegistrationState.PENDING, RegistrationState.APPROVED


def letters(kind):
    found = db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id)
    return [(letter.to_email, letter.subject) for letter in found]


def test_a_registration_waits_for_the_organiser(app):
    edition, company = an_edition(), a_company()
    registration = actions.register(edition, company, by=None, message=" Bonjour ")
    assert (registration.state, registration.role) == (PENDING, company.role)
    assert (registration.message, registration.organiser_id) == ("Bonjour", edition.organiser_id)


def test_one_registers_before_the_deadline_at_an_open_edition_and_once(app):
    edition, company = an_edition(), a_company()
    late = datetime(2027, 10, 15, 16, 0, 1, tzinfo=UTC)
    with clock.frozen(late), pytest.raises(RuleBroken) as refused:
        actions.register(edition, company, by=None)
    assert refused.value.key == "registration_closed"
    assert refused.value.facts["deadline"] == edition.registration_closes_at
    with pytest.raises(RuleBroken, match="edition_shut"):
        actions.register(an_edition(state=EditionState.DRAFT), company, by=None)
    actions.register(edition, company, by=None)
    with pytest.raises(RuleBroken, match="already_registered"):
        actions.register(edition, company, by=None)


def test_who_cancelled_may_register_again(app):
    registration = a_registration(an_edition(), a_company(), state=RegistrationState.CANCELLED)
    again = actions.register(registration.edition, registration.organisation, by=None)
    assert again is registration and again.state == PENDING


def test_delegates_have_ranks_and_codes_of_their_own(app):
    registration = a_registration(an_edition(), a_company())
    one = actions.add_delegate(registration, by=None, first_name="Zoé", last_name="Müller")
    two = actions.add_delegate(registration, by=None, first_name="Léa", last_name="Ruiz")
    assert (one.rank, two.rank) == (0, 1)
    assert len({one.badge_code, two.badge_code, one.feed_token, two.feed_token}) == 4


def test_a_delegate_has_a_name_and_a_place_where_the_edition_has_one(app):
    registration = a_registration(an_edition(), a_company())
    with pytest.raises(RuleBroken, match="delegate_name"):
        actions.add_delegate(registration, by=None, first_name=" ", last_name="")
    with pytest.raises(RuleBroken, match="remote_in_person"):
        actions.add_delegate(registration, by=None, first_name="A", last_name="B", remote=True)
    digital = a_registration(an_edition(mode=Mode.DIGITAL), a_company())
    assert actions.add_delegate(digital, by=None, first_name="A", last_name="B").remote
    gone = a_registration(an_edition(), a_company(), state=RegistrationState.CANCELLED)
    with pytest.raises(RuleBroken, match="registration_over"):
        actions.add_delegate(gone, by=None, first_name="A", last_name="B")


def test_the_decision_is_written_to_those_who_speak_for_the_organisation(app):
    edition, company = an_edition(), a_company()
    user = a_member(company, a_user(email="luc@exemple.test"))
    registration = a_registration(edition, company, state=PENDING)
    a_delegate(registration, email="delegue@exemple.test")

    actions.approve(registration, by=user)

    assert registration.state == APPROVED
    assert letters("registration_approved") == [
        ("luc@exemple.test", "Votre inscription à Salon 2027 est validée")
    ]


def test_without_a_member_the_first_delegate_is_written_to(app):
    registration = a_registration(an_edition(), a_company(), state=PENDING)
    a_delegate(registration, email="", rank=0)
    a_delegate(registration, email="second@exemple.test", rank=1)
    actions.approve(registration, by=None)
    assert [to for to, _ in letters("registration_approved")] == ["second@exemple.test"]


def test_a_refusal_says_why_and_may_be_reconsidered(app):
    company = a_company()
    a_member(company)
    registration = a_registration(an_edition(), company, state=PENDING)
    with pytest.raises(RuleBroken, match="refusal_reason"):
        actions.refuse(registration, by=None, reason=" ")
    actions.refuse(registration, by=None, reason="Le salon est complet.")
    letter = db.session.query(Letter).filter_by(kind="registration_refused").one()
    assert "Le salon est complet." in letter.body_text and "complet" in letter.body_html
    actions.approve(registration, by=None)
    assert (registration.state, registration.reason) == (APPROVED, "")


def test_an_approved_registration_can_only_be_cancelled(app):
    registration = a_registration(an_edition(), a_company())
    for act in (
        lambda: actions.approve(registration, by=None),
        lambda: actions.refuse(registration, by=None, reason="Trop tard."),
    ):
        with pytest.raises(RuleBroken, match="registration_step"):
            act()


def test_approving_all_leaves_the_others_as_they_are_with_the_same_number_of_reads(
    app, count_queries
):
    edition = an_edition()
    refused = a_registration(edition, a_company(), state=RegistrationState.REFUSED)
    waiting = [a_registration(edition, a_company(), state=PENDING) for _ in range(12)]
    db.session.commit()

    with count_queries:
        assert actions.approve_all([*waiting, refused], by=None) == 12

    assert {one.state for one in waiting} == {APPROVED}
    assert refused.state == RegistrationState.REFUSED
    reads = [one for one in count_queries.statements if "FROM membership" in one]
    assert len(reads) == 1


class Planned:
    """A company and a buyer with a meeting in the published schedule."""

    def __init__(self):
        self.edition = an_edition(version=1)
        self.slots = a_block(self.edition, count=3)
        self.company = a_registration(self.edition, a_company(name="Les Jardins"))
        self.buyer = a_registration(self.edition, a_buyer())
        a_member(self.buyer.organisation, a_user(email="claire@exemple.test"))
        self.delegate = a_delegate(self.company)
        theirs = a_delegate(self.buyer, "Nadia")
        self.request = a_request(self.company, self.buyer, state=RequestState.ACCEPTED)
        self.meeting = a_meeting(
            self.request, self.slots[0], a_table(self.edition), self.delegate, theirs
        )
        db.session.commit()

    @property
    def people(self):
        return {line.delegate_id for line in db.session.query(Attendance)}


def test_a_delegate_who_closes_a_slot_frees_the_meeting_and_the_partner_is_told(app):
    planned = Planned()

    freed = actions.set_availability(planned.delegate, by=None, away=[planned.slots[0].id])

    assert freed == 1
    meeting = planned.meeting
    assert (meeting.state, meeting.place_id, meeting.sequence) == (MeetingState.CANCELLED, None, 1)
    assert planned.people == set()
    assert letters("meeting_freed") == [
        ("claire@exemple.test", "Votre rendez-vous avec Les Jardins est annulé")
    ]
    assert registrations.away(planned.company) == {planned.delegate.id: {planned.slots[0].id}}


def test_a_free_colleague_takes_the_meeting_over_and_nobody_is_disturbed(app):
    planned = Planned()
    busy = a_delegate(planned.company, "Occupé", rank=1)
    colleague = a_delegate(planned.company, "Libre", rank=2)
    actions.set_availability(busy, by=None, away=[planned.slots[0].id])

    assert actions.set_availability(planned.delegate, by=None, away=[planned.slots[0].id]) == 0

    assert colleague.id in planned.people and planned.delegate.id not in planned.people
    assert planned.meeting.state == MeetingState.SCHEDULED
    assert letters("meeting_freed") == []


def test_what_an_absence_would_cost_is_told_as_it_will_happen(app):
    planned = Planned()
    slot = planned.slots[0].id
    away = {planned.delegate.id: [slot]}
    people = [planned.delegate]
    assert meetings.consequences(people, away) == [(planned.delegate, planned.meeting, None)]
    colleague = a_delegate(planned.company, "Libre", rank=1)
    people = [planned.delegate, colleague]
    assert meetings.consequences(people, away) == [(planned.delegate, planned.meeting, colleague)]
    both_away = {**away, colleague.id: [slot]}
    assert meetings.consequences(people, both_away) == [(planned.delegate, planned.meeting, None)]
    assert meetings.consequences(people, {}) == []


def test_two_who_leave_at_once_do_not_stand_in_for_each_other(app):
    planned = Planned()
    other = a_delegate(planned.company, "Autre", rank=1)
    away = {planned.delegate.id: [planned.slots[0].id], other.id: [planned.slots[0].id]}
    assert actions.set_all_availability([planned.delegate, other], by=None, away=away) == 1


def test_a_slot_of_another_edition_is_refused(app):
    planned = Planned()
    elsewhere = a_block(an_edition())[0]
    with pytest.raises(RuleBroken, match="slot_unknown"):
        actions.set_availability(planned.delegate, by=None, away=[elsewhere.id])


def test_removing_the_only_delegate_frees_the_meetings(app):
    planned = Planned()
    assert actions.remove_delegate(planned.delegate, by=None) == 1
    assert registrations.delegates(planned.company) == []
    assert planned.meeting.state == MeetingState.CANCELLED


def test_cancelling_ends_requests_on_both_sides_and_frees_meetings(app):
    planned = Planned()
    other = a_registration(planned.edition, a_buyer())
    received = a_request(other, planned.company)
    db.session.commit()

    assert actions.cancel(planned.company, by=None) == 1

    db.session.refresh(planned.request)
    db.session.refresh(received)
    assert planned.request.state == RequestState.WITHDRAWN
    assert received.state == RequestState.EXPIRED
    assert planned.company.state == RegistrationState.CANCELLED
