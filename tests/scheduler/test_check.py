# SPDX-License-Identifier: EUPL-1.2
"""Each hard rule alone: nothing to say of an empty fair, a schedule that holds it, one that does
not.
"""

import dataclasses
from typing import Any

import pytest

from scheduler import (
    Attendance,
    Fixed,
    FixedStart,
    Held,
    Party,
    Place,
    Problem,
    Room,
    SignUp,
    Slot,
    Solution,
    Wish,
    Workshop,
    check,
)
from scheduler.check import RULES
from tests.scheduler.fairs import answer, fair, slots, wish

TWO = [wish("w1"), wish("w2", "b2", "c2")]


def broken(problem: Problem, solution: Solution) -> set[str]:
    return {violation.rule for violation in check(problem, solution)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_an_empty_fair_breaks_nothing(rule) -> None:
    assert list(rule(fair([]), answer())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_says_in_its_docstring_what_it_is_in_words_and_in_symbols(rule) -> None:
    text = rule.__doc__ or ""
    assert text.startswith(rule.__name__.split("_")[0].upper() + ":")
    assert any(symbol in text for symbol in "Σ=≤≥∈⇒>")


def test_a_plain_schedule_holds_every_rule() -> None:
    assert check(fair(TWO), answer(("w1", 1, "T1"), ("w2", 1, "T2"))) == []


def test_unknown_names_are_told() -> None:
    assert broken(fair(TWO), answer(("w9", 1, "T1"))) == {"names"}
    assert broken(fair(TWO), answer(("w1", 9, "T1"))) == {"names"}
    assert broken(fair(TWO), answer(("w1", 1, "T9"))) == {"names"}


def test_h1_a_wish_is_placed_once_and_a_due_one_must_be() -> None:
    assert broken(fair(TWO), answer(("w1", 1, "T1"), ("w1", 2, "T1"))) == {"H1"}
    assert broken(fair([wish("w1", must=True)]), answer()) == {"H1"}
    assert broken(fair([wish("w1")], mode="all"), answer()) == {"H1"}


def test_h2_a_party_has_a_seat_for_each_of_its_meetings() -> None:
    wishes = [wish("w1"), wish("w2", "b1", "c2")]
    both = answer(("w1", 1, "T1"), ("w2", 1, "T2"))
    assert broken(fair(wishes), both) == {"H2"}
    assert check(fair(wishes, people={"b1": Party("b1", (2, 2, 2))}), both) == []


def test_h3_a_place_holds_one_meeting_and_is_open() -> None:
    assert broken(fair(TWO), answer(("w1", 1, "T1"), ("w2", 1, "T1"))) == {"H3"}
    shut = fair([wish("w1")], places=(Place("T1", slots=(2,)),))
    assert broken(shut, answer(("w1", 1, "T1"))) == {"H3"}
    assert check(shut, answer(("w1", 2, "T1"))) == []


def test_h3_a_meeting_needs_a_place_unless_literature_files_leave_it_out() -> None:
    assert broken(fair([wish("w1")]), answer(("w1", 1, None))) == {"H3"}
    assert check(fair([wish("w1")], mode="all"), answer(("w1", 1, None))) == []
    tight = fair(TWO, mode="all", tables=1)
    assert broken(tight, answer(("w1", 1, None), ("w2", 1, None))) == {"H3"}


def test_h4_only_allowed_slots() -> None:
    away = fair([wish("w1")], people={"b1": Party("b1", (0, 1, 1))})
    assert "H4" in broken(away, answer(("w1", 1, "T1")))
    assert broken(fair([wish("w1", slots=(2,))]), answer(("w1", 1, "T1"))) == {"H4"}
    promised = fair([wish("w1", fixed=Fixed(2, "T2"))])
    assert broken(promised, answer(("w1", 2, "T1"))) == {"H4"}
    assert check(promised, answer(("w1", 2, "T2"))) == []


def test_h5_a_change_over_gap_is_kept_inside_a_half_day() -> None:
    wishes = [wish("w1"), wish("w2", "b1", "c2")]
    hurried = fair(wishes, people={"b1": Party("b1", (1, 1, 1), gap=1)})
    assert broken(hurried, answer(("w1", 1, "T1"), ("w2", 2, "T1"))) == {"H5"}
    assert check(hurried, answer(("w1", 1, "T1"), ("w2", 3, "T1"))) == []
    lunch = dataclasses.replace(hurried, slots=slots(3, 3))
    assert check(lunch, answer(("w1", 1, "T1"), ("w2", 2, "T1"))) == []


def test_h6_a_wish_comes_after_another_when_both_are_placed() -> None:
    ordered = fair([wish("w1"), wish("w2", "b2", "c2", after=("w1",))])
    assert broken(ordered, answer(("w1", 2, "T1"), ("w2", 2, "T2"))) == {"H6"}
    assert check(ordered, answer(("w1", 1, "T1"), ("w2", 2, "T2"))) == []
    assert check(ordered, answer(("w2", 1, "T2"))) == []


@pytest.mark.parametrize("limit", [{"max_meetings": 1}, {"max_per_day": 1}, {"max_run": 1}])
def test_h7_quotas_hold(limit: dict[str, Any]) -> None:
    wishes = [wish("w1"), wish("w2", "b1", "c2")]
    limited = fair(wishes, people={"b1": Party("b1", (1, 1, 1), **limit)})
    assert broken(limited, answer(("w1", 1, "T1"), ("w2", 2, "T1"))) == {"H7"}
    assert check(limited, answer(("w1", 1, "T1"))) == []


def test_h8_pairs_that_are_never_to_meet_do_not() -> None:
    consortium = [Wish("w1", ("b1", "c1", "c2"))]
    assert broken(fair(consortium, never=(("c2", "b1"),)), answer(("w1", 1, "T1"))) == {"H8"}
    assert check(fair(consortium, never=(("c2", "b9"),)), answer(("w1", 1, "T1"))) == []


def test_h9_a_party_with_a_stand_meets_there_and_nobody_else_does() -> None:
    stands = (Place("S1", home_of="c1"), Place("S2", home_of="b1"), Place("T1"))
    hosted = fair([wish("w1"), wish("w2", "b2", "c2")], places=stands)
    assert broken(hosted, answer(("w1", 1, "T1"))) == {"H9"}
    assert broken(hosted, answer(("w1", 1, "S1"))) == {"H9"}
    assert broken(hosted, answer(("w2", 1, "S1"))) == {"H9"}
    assert check(hosted, answer(("w1", 1, "S2"), ("w2", 1, "T1"))) == []


def test_h10_remote_people_need_a_screen_or_no_table_at_all() -> None:
    far = {"b1": Party("b1", (1, 1, 1), remote=True)}
    places = (Place("T1"), Place("T2", screen=True))
    mixed = fair([wish("w1")], people=far, places=places)
    assert broken(mixed, answer(("w1", 1, "T1"))) == {"H10"}
    assert check(mixed, answer(("w1", 1, "T2"))) == []
    both = fair([wish("w1")], people=far | {"c1": Party("c1", (1, 1, 1), remote=True)})
    assert broken(both, answer(("w1", 1, "T1"))) == {"H10"}
    assert check(both, answer(("w1", 1, None))) == []


def test_h10_whoever_needs_access_has_it() -> None:
    people = {"c1": Party("c1", (1, 1, 1), needs_accessible=True)}
    places = (Place("T1"), Place("T2", accessible=True))
    problem = fair([wish("w1")], people=people, places=places)
    assert broken(problem, answer(("w1", 1, "T1"))) == {"H10"}
    assert check(problem, answer(("w1", 1, "T2"))) == []


def a_workshop(**fields) -> Problem:
    workshop = Workshop("a1", length=2, seats=1, speakers=("c2",), copies=2)
    return dataclasses.replace(
        fair(TWO, count=4, slots=slots(4, 2)),
        rooms=(Room("R1", 5, slots=(1, 2, 3)),),
        workshops=(dataclasses.replace(workshop, **fields),),
        sign_ups=(SignUp("b1", "a1"), SignUp("b2", "a1")),
    )


def test_h11_a_workshop_has_its_room_its_speakers_and_its_people() -> None:
    held = answer(workshops=(Held("a1", 1, 1, "R1"),), sign_ups=(Attendance("b1", "a1", 1),))
    assert check(a_workshop(), held) == []
    assert broken(a_workshop(starts=(3,)), held) == {"H11"}
    assert broken(a_workshop(rooms=()), held) == {"H11"}
    assert broken(a_workshop(fixed=FixedStart(3)), held) == {"H11"}


@pytest.mark.parametrize(
    "fields",
    [
        {"workshops": (Held("a1", 1, 2, "R1"),)},  # crosses the half-day
        {"workshops": (Held("a1", 1, 3, "R1"),)},  # the room is shut in slot 4
        {"workshops": (Held("a1", 3, 1, "R1"),)},  # no third copy
        {"workshops": (Held("a1", 1, 1, "R1"), Held("a1", 2, 1, "R1"))},  # one room, two workshops
        {"sign_ups": (Attendance("b1", "a1", 1),)},  # not held
        {
            "workshops": (Held("a1", 1, 1, "R1"),),
            "sign_ups": (Attendance("b1", "a1", 1), Attendance("b2", "a1", 1)),  # one seat
        },
        {
            "workshops": (Held("a1", 1, 1, "R1"),),
            "sign_ups": (Attendance("c1", "a1", 1),),  # never signed up
        },
    ],
)
def test_h11_tells_what_is_wrong_with_a_workshop(fields) -> None:
    assert "H11" in broken(a_workshop(), answer(**fields))


def test_speakers_and_listeners_use_a_seat() -> None:
    held = (Held("a1", 1, 1, "R1"),)
    speaking = answer(("w2", 1, "T1"), workshops=held)
    assert broken(a_workshop(), speaking) == {"H2"}
    listening = answer(("w1", 2, "T1"), workshops=held, sign_ups=(Attendance("b1", "a1", 1),))
    assert broken(a_workshop(), listening) == {"H2"}


def test_slots_of_a_party_are_counted_in_the_order_of_the_fair() -> None:
    problem = fair([wish("w1")], count=2, slots=(Slot(7), Slot(9)))
    problem = dataclasses.replace(problem, parties=(Party("b1", (0, 1)), Party("c1", (1, 1))))
    assert check(problem, answer(("w1", 9, "T1"))) == []
    assert "H4" in broken(problem, answer(("w1", 7, "T1")))
