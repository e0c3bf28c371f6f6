# SPDX-License-Identifier: EUPL-1.2
"""What is missing to a participant."""

import pytest

from app.rules.companies import Role
from app.rules.registrations import RegistrationState
from app.rules.watch import FEW_MEETINGS, Lack, Standing, WhyNone, lacks

WELL = {"delegates": 1, "silent": 0, "room": 14, "accepted": FEW_MEETINGS}


def missing(role=Role.BUYER, state=RegistrationState.APPROVED, **facts):
    return lacks(role, state, Standing(**{**WELL, **facts}))


def test_a_buyer_with_people_hours_and_meetings_lacks_nothing():
    assert missing() == frozenset()


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        ({"delegates": 0, "room": 0}, Lack.DELEGATE),
        ({"silent": 1}, Lack.AVAILABILITY),
        ({"accepted": FEW_MEETINGS - 1}, Lack.ENOUGH_MEETINGS),
        ({"waiting": 11}, Lack.ROOM),
    ],
)
def test_each_lack_is_found_alone(facts, lack):
    assert missing(**facts) == {lack}


def test_a_company_needs_one_meeting_only():
    assert missing(Role.COMPANY, accepted=1) == frozenset()
    assert missing(Role.COMPANY, accepted=0) == {Lack.ANY_MEETING}


def test_as_many_open_requests_as_slots_is_not_too_many():
    assert missing(accepted=10, waiting=4) == frozenset()


@pytest.mark.parametrize("state", [s for s in RegistrationState if s != "approved"])
def test_nothing_is_expected_of_those_who_are_not_approved(state):
    assert missing(state=state, delegates=0, accepted=0) == frozenset()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, WhyNone.NOTHING_ASKED),
        ({"declined": 4}, WhyNone.ALL_DECLINED),
        ({"declined": 4, "waiting": 1}, WhyNone.WAITING),
    ],
)
def test_why_nobody_meets_a_company(facts, why):
    assert Standing(**facts).why_none == why
