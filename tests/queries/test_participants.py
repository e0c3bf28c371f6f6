# SPDX-License-Identifier: EUPL-1.2
"""How participants stand, and what is missing to them."""

from app.actions import registrations as coming
from app.models.base import db
from app.models.registrations import Unavailability
from app.queries import participants
from app.rules.companies import Role
from app.rules.meetings import RequestState
from app.rules.registrations import RegistrationState
from app.rules.watch import Lack
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_registration,
    a_request,
    an_edition,
)


def standing_of(registration):
    edition = registration.edition
    (one,) = [p for p in participants.of_edition(edition) if p.registration is registration]
    return one


def test_requests_of_both_ways_count_and_those_made_are_told_apart(app):
    edition = an_edition()
    company = a_registration(edition, a_company())
    buyers = [a_registration(edition, a_buyer()) for _ in range(4)]
    a_request(company, buyers[0], state=RequestState.ACCEPTED)
    a_request(buyers[1], company, state=RequestState.ACCEPTED)
    a_request(company, buyers[2], state=RequestState.DECLINED)
    a_request(company, buyers[3])

    standing = standing_of(company).standing

    assert (standing.made, standing.accepted, standing.declined, standing.waiting) == (3, 2, 1, 1)


def test_room_is_the_slots_of_all_delegates_less_their_absences(app):
    edition = an_edition()
    first, *_ = a_block(edition, count=5)
    buyer = a_registration(edition, a_buyer())
    a_delegate(buyer)
    away = a_delegate(buyer)
    db.session.add(Unavailability(delegate_id=away.id, slot_id=first.id))
    db.session.flush()

    assert standing_of(buyer).standing.room == 9


def test_availability_is_missing_until_it_was_given_even_when_always_free(app):
    edition = an_edition()
    a_block(edition)
    buyer = a_registration(edition, a_buyer())
    delegate = a_delegate(buyer)
    assert Lack.AVAILABILITY in standing_of(buyer).lacks

    coming.set_availability(delegate, by=None, away=[])

    assert Lack.AVAILABILITY not in standing_of(buyer).lacks


def test_filters_add_up(app):
    edition = an_edition()
    sete = a_registration(edition, a_buyer(name="Mairie de Sète", city="Sète"))
    a_registration(edition, a_company(name="Les Jardins de Sète"))
    a_registration(edition, a_buyer(), state=RegistrationState.PENDING)
    people = participants.of_edition(edition)

    def found(**asked):
        return [one.registration for one in participants.wanted(people, **asked)]

    assert len(found()) == 3
    assert len(found(text="SETE")) == 2
    assert found(text="sete", role=Role.BUYER) == [sete]
    assert found(text="mairie", state=RegistrationState.PENDING) == []
    assert sete in found(lack=Lack.DELEGATE)
    assert len(found(lack=Lack.DELEGATE)) == 2


def test_other_editions_do_not_mix_in(app):
    edition, elsewhere = an_edition(), an_edition()
    company, buyer = a_company(), a_buyer()
    here = a_registration(edition, company)
    there = a_registration(elsewhere, company)
    a_request(there, a_registration(elsewhere, buyer), state=RequestState.ACCEPTED)
    a_delegate(there)

    assert standing_of(here).standing.accepted == 0
    assert standing_of(here).standing.delegates == 0


def test_only_pending_registrations_of_the_edition_can_be_chosen(app):
    edition, elsewhere = an_edition(), an_edition()
    pending = RegistrationState.PENDING
    mine = a_registration(edition, a_company(), state=pending)
    decided = a_registration(edition, a_company())
    theirs = a_registration(elsewhere, a_company(), state=pending)

    assert participants.chosen(edition, [mine.id, decided.id, theirs.id, 99999]) == [mine]
