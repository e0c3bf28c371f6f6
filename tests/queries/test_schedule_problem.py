# SPDX-License-Identifier: EUPL-1.2
"""What the scheduler is asked: rows become a problem."""

from datetime import time

import pytest

from app.models.base import db
from app.models.registrations import Unavailability
from app.queries import schedule_problem
from app.rules.editions import Mode, PlaceKind
from app.rules.meetings import RequestState
from app.rules.registrations import RegistrationState
from scheduler import problem_from_json, problem_to_json
from tests.builders import a_block, a_delegate, a_fair, a_table


@pytest.fixture
def fair(app):
    return a_fair()


def away(delegate, slot):
    db.session.add(Unavailability(delegate_id=delegate.id, slot_id=slot.id))
    db.session.flush()


def party_of(problem, registration):
    return problem.party_by_id[schedule_problem.party_id(registration.id)]


def test_slots_are_numbered_in_time_order_whatever_the_order_of_blocks(fair):
    early = a_block(fair.edition, starts=time(8), count=1)
    problem = schedule_problem.of_edition(fair.edition)

    assert [slot.id for slot in problem.slots] == [1, 2, 3, 4]
    assert problem.slots[0].start == "2027-11-24T08:00"
    assert problem.slots[0].block == str(early[0].block_id) != problem.slots[1].block
    assert {slot.day for slot in problem.slots} == {1}


def test_only_accepted_requests_between_approved_registrations_are_wishes(fair):
    fair.requests[0].state = RequestState.PENDING
    fair.requests[1].state = RequestState.WITHDRAWN
    fair.companies[1].state = RegistrationState.CANCELLED
    db.session.flush()

    problem = schedule_problem.of_edition(fair.edition)

    assert [wish.id for wish in problem.wishes] == [f"q{one.id}" for one in fair.requests[4:]]
    assert f"r{fair.companies[1].id}" not in problem.party_by_id


def test_a_party_has_a_seat_for_each_delegate_who_is_there(fair):
    company = fair.companies[0]
    colleague = a_delegate(company, "Malik", rank=1)
    away(colleague, fair.slots[1])

    assert party_of(schedule_problem.of_edition(fair.edition), company).seats == (2, 1, 2)


def test_a_registration_without_delegates_has_no_seat(fair):
    db.session.delete(fair.delegates[fair.companies[0].id][0])
    db.session.flush()

    assert party_of(schedule_problem.of_edition(fair.edition), fair.companies[0]).seats == (0, 0, 0)


def test_what_a_party_needs_is_asked_for(fair):
    company, buyer = fair.companies[0], fair.buyers[0]
    company.needs_accessible, company.max_meetings = True, 2
    buyer.home_place_id = fair.tables[0].id
    db.session.flush()
    problem = schedule_problem.of_edition(fair.edition)

    assert party_of(problem, company).needs_accessible
    assert party_of(problem, company).max_meetings == 2
    assert problem.places[0].home_of == f"r{buyer.id}"
    assert problem.places[1].home_of is None


def test_a_party_is_remote_when_all_its_people_are(fair):
    company = fair.companies[0]
    fair.delegates[company.id][0].remote = True
    db.session.flush()
    assert party_of(schedule_problem.of_edition(fair.edition), company).remote

    a_delegate(company, "Malik", rank=1)
    party = party_of(schedule_problem.of_edition(fair.edition), company)
    assert not party.remote
    assert party.seats == (1, 1, 1)


def test_at_a_digital_fair_everybody_is_remote_and_rooms_are_video(fair):
    fair.edition.mode = Mode.DIGITAL
    a_table(fair.edition, "Visio 1", kind=PlaceKind.VIDEO)
    problem = schedule_problem.of_edition(fair.edition)

    assert all(party.remote for party in problem.parties)
    assert problem.places[-1].kind == "video"


def test_a_first_choice_of_both_sides_is_worth_most(fair):
    fair.requests[0].priority = fair.requests[0].answer_priority = 1
    db.session.flush()

    assert schedule_problem.of_edition(fair.edition).wishes[0].value == 10


def test_the_problem_is_valid_and_survives_its_file(fair):
    problem = schedule_problem.of_edition(fair.edition)

    assert problem_from_json(problem_to_json(problem)) == problem


def test_the_number_of_queries_does_not_grow_with_the_fair(app, count_queries):
    small, large = a_fair(), a_fair(companies=8, buyers=5, tables=6)
    db.session.expire_all()
    seen = []
    for one in (small, large):
        one.edition.id  # noqa: B018 (read it before counting)
        with count_queries:
            schedule_problem.of_edition(one.edition)
        seen.append(len(count_queries))

    assert seen[0] == seen[1] <= 8
