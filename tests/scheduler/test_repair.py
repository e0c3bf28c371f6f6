# SPDX-License-Identifier: EUPL-1.2
"""Repair: the past stays, few published meetings move, and the proof of it."""

import pytest

from scheduler import (
    Absence,
    Closure,
    Event,
    Fixed,
    Party,
    Problem,
    Solution,
    check,
    repair,
    solve,
)
from tests.scheduler.fairs import answer, fair, wish

Held = tuple[Problem, Solution]


@pytest.fixture
def held() -> Held:
    """Two buyers, three companies, three slots, two tables; b1 meets in 1, 2 and 3, b2 in 1 and
    2.
    """
    wishes = [
        *(wish(f"w{n}", "b1", f"c{n}") for n in range(3)),
        *(wish(f"v{n}", "b2", f"c{n}", value=2) for n in range(3)),
    ]
    placed = [("w0", 1, "T1"), ("w1", 2, "T1"), ("w2", 3, "T1")]
    placed += [("v1", 1, "T2"), ("v0", 2, "T2")]
    problem, published = fair(wishes), answer(*placed)
    assert check(problem, published) == []
    return problem, published


def test_when_nothing_happened_standby_wishes_fill_what_is_free(held: Held) -> None:
    problem, published = held
    mended = repair(problem, published, Event(2))
    assert mended.answers[0].moves == 0
    assert mended.standby == ("v2",)
    assert [(a.gain, a.moves) for a in mended.answers] == [(0, 0), (2, 1), (2, 1)]


def test_a_gain_smaller_than_theta_per_move_is_not_worth_it(held: Held) -> None:
    """With T2 shut, v2 could take the place of w2: one move and one drop for one unit of value."""
    problem, published = held
    event = Event(2, close=(Closure("T2", 2),), theta=2)
    _, few, best = repair(problem, published, event).answers
    assert few.moves == 1
    assert best.solution.value >= few.solution.value
    assert best.moves >= few.moves


def test_a_cancellation_forces_no_move(held: Held) -> None:
    mended = repair(held[0], held[1], Event(2, cancel=("c1",)))
    few = mended.answers[1].solution
    assert mended.moves_bound == 0
    assert {item.wish for item in few.unplaced if item.reason == "withdrawn"} == {"w1"}
    assert check(mended.problem, few) == []


def test_a_table_that_closes_moves_only_whom_it_must(held: Held) -> None:
    mended = repair(held[0], held[1], Event(2, close=(Closure("T2", 2),), theta=2))
    few = mended.answers[1]
    assert mended.moves_bound == 1
    assert few.moves == 1
    assert {(m.wish, m.slot) for m in few.solution.meetings} >= {("w0", 1), ("v1", 1), ("w2", 3)}


def test_an_absence_frees_the_others_for_standby(held: Held) -> None:
    mended = repair(held[0], held[1], Event(3, absent=(Absence("b1", 3, 3),)))
    placed = {m.wish: m.slot for m in mended.answers[1].solution.meetings}
    assert "w2" not in placed
    assert placed["v2"] == 3


def test_late_parties_find_a_place(held: Held) -> None:
    problem, published = held
    late = Party("late", (1, 1, 1))
    mended = repair(problem, published, Event(2, late=(late,), wishes=(wish("x", "b2", "late"),)))
    assert any(m.wish == "x" for m in mended.answers[2].solution.meetings) or (
        mended.answers[2].solution.value == mended.value_bound
    )


def test_the_past_is_never_touched_on_a_real_solution() -> None:
    wishes = [wish(f"w{b}{c}", f"b{b}", f"c{c}") for b in range(3) for c in range(4)]
    problem = fair(wishes, count=5, tables=2)
    published = solve(problem, iterations=2000)
    mended = repair(problem, published, Event(3, cancel=("b1",), close=(Closure("T1"),)))
    past = {m for m in published.meetings if m.slot < 3}
    for choice in mended.answers:
        assert past <= set(choice.solution.meetings)
        assert check(mended.problem, choice.solution) == []


def test_a_repair_that_reaches_both_bounds_is_certified(held: Held) -> None:
    problem, published = held
    mended = repair(problem, published, Event(3, close=(Closure("T2", 3),)))
    assert mended.certified == (
        mended.answers[1].solution.value == mended.value_bound
        and mended.answers[1].moves == mended.moves_bound
    )
    quiet = repair(problem, published, Event(3, cancel=("c2",)))
    assert quiet.certified and quiet.answers[1].moves == 0


def test_a_promise_is_kept_first_where_a_table_closes() -> None:
    """w1 was promised slot 2, and sat where it closes: w0 gives way to it, in every answer."""
    promised = wish("w1", "b1", "c1", fixed=Fixed(2))
    problem = fair([wish("w0", "b0", "c0"), promised], count=2)
    published = answer(("w0", 2, "T1"), ("w1", 2, "T2"), value=2)
    assert check(problem, published) == []
    mended = repair(problem, published, Event(2, close=(Closure("T2"),)))
    for choice in mended.answers:
        assert check(mended.problem, choice.solution) == []
        assert [m.wish for m in choice.solution.meetings] == ["w1"]


def test_promises_that_cannot_all_be_kept_are_let_go_and_the_others_kept() -> None:
    """Two tables, two promises for slot 2, one table left: one promise is kept, the other meeting
    goes to slot 3.
    """
    pairs = [wish(f"w{n}", f"b{n}", f"c{n}", fixed=Fixed(2)) for n in range(2)]
    problem = fair(pairs)
    published = answer(("w0", 2, "T1"), ("w1", 2, "T2"), value=2)
    assert check(problem, published) == []
    mended = repair(problem, published, Event(2, close=(Closure("T2"),)))
    for choice in mended.answers:
        assert check(mended.problem, choice.solution) == []
        assert {(m.wish, m.slot) for m in choice.solution.meetings} == {("w0", 2), ("w1", 3)}
    assert mended.certified


def test_a_late_wish_that_is_promised_a_slot_has_it_in_every_answer() -> None:
    problem = fair([wish("w0", "b0", "c0")], tables=1)
    published = answer(("w0", 2, "T1"), value=1)
    late = wish("x", "b1", "c1", fixed=Fixed(2))
    guests = (Party("b1", (1, 1, 1)), Party("c1", (1, 1, 1)))
    mended = repair(problem, published, Event(2, late=guests, wishes=(late,)))
    for choice in mended.answers:
        assert check(mended.problem, choice.solution) == []
        assert {(m.wish, m.slot) for m in choice.solution.meetings} == {("x", 2), ("w0", 3)}


def test_a_table_that_is_no_more_counts_as_shut() -> None:
    problem = fair([wish("w0", "b0", "c0")], tables=1)
    published = answer(("w0", 2, "gone"), value=1)
    mended = repair(problem, published, Event(2))
    assert mended.answers[1].solution.meetings[0].place == "T1"
    assert mended.answers[1].moves == 0
