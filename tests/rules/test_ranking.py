# SPDX-License-Identifier: EUPL-1.2
"""The order of proposals: points first, equals in turn, and places kept for newcomers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from app.rules.ranking import (
    MOST_POINTS_BEHIND,
    PLACES_IN_TURN,
    Runner,
    companies_in_order,
    month_of,
    needs_in_order,
    turn_of,
    with_newcomers,
)

runners = some.lists(
    some.builds(Runner, some.integers(1, 10**6), some.integers(0, 100), some.booleans()),
    max_size=30,
    unique_by=lambda one: one.id,
)


def test_points_come_first():
    found = companies_in_order([Runner(1, 40), Runner(2, 90), Runner(3, 70)], need=1, month=1)
    assert [one.id for one in found] == [2, 3, 1]
    needs = needs_in_order([Runner(1, 40), Runner(2, 90)], company=1, month=1)
    assert [one.id for one in needs] == [2, 1]


def test_equals_take_turns_from_month_to_month_and_need_to_need():
    equals = [Runner(number, 80) for number in range(1, 5)]
    firsts = {companies_in_order(equals, need=7, month=month)[0].id for month in range(48)}
    assert firsts == {1, 2, 3, 4}
    of_needs = {companies_in_order(equals, need=need, month=1)[0].id for need in range(48)}
    assert of_needs == {1, 2, 3, 4}


def test_the_draw_is_held_again_each_month():
    assert month_of(date(2026, 12, 31)) + 1 == month_of(date(2027, 1, 1))


def test_the_draw_favours_nobody():
    """Over many needs each of ten equals is first about as often as another."""
    firsts = [min(range(1, 11), key=lambda one: turn_of(need, one, 24_323)) for need in range(5000)]
    counts = [firsts.count(one) for one in range(1, 11)]
    assert min(counts) > 400 and max(counts) < 600


def test_the_fourth_place_in_a_row_goes_to_the_newcomer_who_is_not_far_behind():
    known = [Runner(number, 90) for number in range(1, 7)]
    near, far = Runner(10, 70, is_new=True), Runner(11, 69, is_new=True)
    assert with_newcomers([*known, near])[3] == near
    assert with_newcomers([*known, far])[-1] == far


@given(runners)
def test_nobody_is_lost_and_each_side_keeps_its_own_order(found):
    in_turn = companies_in_order(found, need=3, month=5)
    assert sorted(one.id for one in in_turn) == sorted(one.id for one in found)
    for side in (True, False):
        scores = [one.score for one in in_turn if one.is_new is side]
        assert scores == sorted(scores, reverse=True)


@given(runners)
def test_no_newcomer_waits_behind_four_others_unless_far_behind(found):
    in_turn = companies_in_order(found, need=3, month=5)
    for place in range(len(in_turn) - PLACES_IN_TURN + 1):
        window = in_turn[place : place + PLACES_IN_TURN]
        waiting = [one for one in in_turn[place + PLACES_IN_TURN :] if one.is_new]
        if waiting and not any(one.is_new for one in window):
            assert waiting[0].score < window[-1].score - MOST_POINTS_BEHIND


@given(runners, some.integers(1, 12))
def test_the_first_places_are_those_of_the_whole_ranking(found, most):
    in_turn = sorted(found, key=lambda one: (-one.score, turn_of(3, one.id, 5), one.id))
    assert with_newcomers(in_turn, most) == with_newcomers(in_turn)[:most]
