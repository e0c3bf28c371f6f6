# SPDX-License-Identifier: EUPL-1.2
"""Who of a registration takes which meeting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.attendance import NobodyLeft, Person, Sitting, share_out

COMPANY, BUYER = 1, 2
ANNE, BEN, CELIA = 10, 11, 20


def test_meetings_are_shared_evenly_in_the_order_of_rank():
    people = {COMPANY: [Person(ANNE, 0), Person(BEN, 1)], BUYER: [Person(CELIA)]}
    sittings = [Sitting(request, request, (COMPANY, BUYER)) for request in (1, 2, 3)]

    shared = share_out(sittings, people, {})

    assert shared == {1: {ANNE, CELIA}, 2: {BEN, CELIA}, 3: {ANNE, CELIA}}


def test_who_is_away_takes_no_meeting():
    people = {COMPANY: [Person(ANNE, 0, away=frozenset({1})), Person(BEN, 1)]}

    assert share_out([Sitting(1, 1, (COMPANY,))], people, {}) == {1: {BEN}}


def test_two_meetings_at_once_go_to_two_people():
    people = {COMPANY: [Person(ANNE), Person(BEN, 1)]}
    sittings = [Sitting(1, 5, (COMPANY,)), Sitting(2, 5, (COMPANY,))]

    assert share_out(sittings, people, {}) == {1: {ANNE}, 2: {BEN}}


def test_whoever_had_the_meeting_keeps_it_although_a_colleague_has_fewer():
    people = {COMPANY: [Person(ANNE), Person(BEN, 1)]}
    sittings = [Sitting(1, 1, (COMPANY,)), Sitting(2, 2, (COMPANY,)), Sitting(3, 3, (COMPANY,))]
    kept = {1: frozenset({BEN}), 2: frozenset({BEN})}

    assert share_out(sittings, people, kept) == {1: {BEN}, 2: {BEN}, 3: {ANNE}}


def test_more_meetings_than_people_is_said():
    with pytest.raises(NobodyLeft):
        share_out([Sitting(1, 1, (COMPANY,))], {COMPANY: []}, {})


@st.composite
def dealings(draw):
    """Registrations with people who are away at times, and no more meetings than people there."""
    slots = range(1, 5)
    people = {
        party: [
            Person(party * 10 + n, n, frozenset(draw(st.sets(st.sampled_from(slots)))))
            for n in range(draw(st.integers(1, 3)))
        ]
        for party in (1, 2, 3)
    }
    sittings, number = [], 0
    for slot in slots:
        for party, team in people.items():
            there = sum(slot not in one.away for one in team)
            for _ in range(draw(st.integers(0, there))):
                number += 1
                sittings.append(Sitting(number, slot, (party,)))
    return people, sittings


@given(dealings())
def test_nobody_is_in_two_places_and_everybody_asked_for_comes(dealing):
    people, sittings = dealing
    shared = share_out(sittings, people, {})
    slot_of = {one.request: one.slot for one in sittings}
    taken = [(person, slot_of[request]) for request, team in shared.items() for person in team]

    assert len(taken) == len(set(taken)) == len(sittings)
    away = {one.id: one.away for team in people.values() for one in team}
    assert all(slot not in away[person] for person, slot in taken)


@given(dealings())
def test_the_same_dealing_again_moves_nobody(dealing):
    people, sittings = dealing
    shared = share_out(sittings, people, {})

    assert share_out(sittings, people, shared) == shared
