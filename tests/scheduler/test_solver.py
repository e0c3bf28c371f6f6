# SPDX-License-Identifier: EUPL-1.2
"""The one entrance: goals in their order, proof, progress, cancelling, and the same answer every
time.
"""

import dataclasses
import time

import pytest

from scheduler import (
    Fixed,
    Party,
    Place,
    Problem,
    Progress,
    Room,
    SignUp,
    Slot,
    Wish,
    Workshop,
    check,
    compiled,
    sample,
    solve,
)
from scheduler.improve import start
from scheduler.reduce import reduce
from tests.scheduler.fairs import fair, slots, wish


def test_the_best_value_is_found_and_proven() -> None:
    problem = fair([wish("w1"), wish("w2", "b1", "c2", value=5)], count=1)
    answer = solve(problem, seconds=1)
    assert [meeting.wish for meeting in answer.meetings] == ["w2"]
    assert (answer.status, answer.value, answer.value_bound, answer.gap) == ("optimal", 5, 5, 0)


def test_coverage_comes_before_value() -> None:
    """One buyer slot: the valuable wish leaves c2 without any meeting, the other covers nobody
    more.
    """
    wishes = [wish("w1", "b1", "c1", value=5), wish("w2", "b1", "c2"), wish("w3", "b2", "c1")]
    answer = solve(fair(wishes, count=1), iterations=2000)
    assert answer.uncovered == ()
    assert {meeting.wish for meeting in answer.meetings} == {"w2", "w3"}


def test_floors_of_roles_are_kept_where_they_can_be() -> None:
    people = {"b1": Party("b1", (1, 1), role="buyer"), "b2": Party("b2", (1, 1), role="buyer")}
    wishes = [wish("w1", "b1", "c1", value=5), wish("w2", "b1", "c2", value=5)]
    wishes += [wish("w3", "b2", "c1"), wish("w4", "b2", "c2")]
    problem = fair(wishes, count=2, tables=1, people=people, floors={"buyer": 2, "": 0})
    answer = solve(problem, iterations=2000)
    assert set(answer.uncovered) <= {"b1", "b2"}
    assert len(answer.uncovered) == 1


def test_meetings_of_a_day_are_drawn_together() -> None:
    wishes = [wish("w1"), wish("w2", "b1", "c2"), wish("w3", "b1", "c3")]
    answer = solve(fair(wishes, count=8), iterations=3000)
    assert answer.idle == 0
    assert len(answer.meetings) == 3


def test_a_promised_slot_is_kept() -> None:
    answer = solve(fair([wish("w1", fixed=Fixed(2, "T2"))]), iterations=100)
    assert [(m.slot, m.place) for m in answer.meetings] == [(2, "T2")]


def test_an_impossible_fair_is_proven_so_and_told_why() -> None:
    wishes = [wish(f"w{n}", "b1", f"c{n}", must=True) for n in range(4)]
    answer = solve(fair(wishes, count=3), seconds=1)
    assert answer.status == "infeasible"
    assert "b1" in answer.explanation[0] and "4 meetings" in answer.explanation[0]


def test_too_few_tables_are_named() -> None:
    wishes = [wish(f"w{n}", f"b{n}", f"c{n}", must=True) for n in range(4)]
    answer = solve(fair(wishes, count=3, tables=1), seconds=1)
    assert answer.status == "infeasible"
    assert "places allow 3" in answer.explanation[0]


def test_entangled_causes_are_shrunk_to_a_smallest_set() -> None:
    """A triangle cannot meet in two slots, whoever comes later."""
    wishes = [
        wish("ab", "a", "b"),
        wish("bc", "b", "c"),
        wish("ca", "c", "a"),
        wish("de", "d", "e"),
    ]
    answer = solve(fair(wishes, count=2, tables=9, mode="all"), seconds=5)
    assert answer.status == "infeasible"
    assert "3 meetings" in answer.explanation[0] and "de" not in answer.explanation[0]


def test_every_wish_is_placed_with_the_fewest_breaks_in_mode_all() -> None:
    wishes = [
        wish("w1", fixed=Fixed(1)),
        wish("w2", "b1", "c2", fixed=Fixed(4)),
        wish("w3", "b1", "c3"),
    ]
    answer = solve(fair(wishes, count=4, mode="all"), seconds=5)
    assert (answer.status, answer.breaks, answer.breaks_bound) == ("optimal", 1, 1)
    assert len(answer.meetings) == 3


def test_progress_is_told_and_a_wish_to_stop_is_obeyed_at_once() -> None:
    told: list[Progress] = []
    began = time.monotonic()

    def stop(progress: Progress) -> bool:
        told.append(progress)
        return progress.seconds > 0.3

    problem = sample(400, seed=3, tightness=1.3)
    answer = solve(problem, seconds=60, progress=stop)
    assert time.monotonic() - began < 3
    assert told and told[-1].value > 0
    assert check(problem, answer) == []


@pytest.mark.skipif(not compiled.available(), reason="numba is absent")
def test_the_compiled_kernel_and_plain_python_give_the_same_schedule() -> None:
    reduction = reduce(sample(60, seed=5))
    plain = start(reduction, 1)
    if compiled.is_compiled(plain.state):
        plain.board = [int(n) for n in plain.board]
        plain.state = [int(n) for n in plain.state]
        plain.kernel = compiled.plain()
    fast_board, fast_state = compiled.array(plain.board), compiled.array(plain.state)
    plain.kernel.anneal(plain.board, plain.state, 3000, 20_000)
    compiled.jitted().anneal(fast_board, fast_state, 3000, 20_000)
    assert [int(n) for n in fast_state] == plain.state


def test_without_numba_answers_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "is_warm", lambda: False)
    problem = sample(100, seed=2)
    answer = solve(problem, seconds=1)
    assert check(problem, answer) == []
    assert answer.value <= answer.value_bound


def with_workshops(problem: Problem, **fields) -> Problem:
    return dataclasses.replace(problem, rooms=(Room("R1", 3),), **fields)


def test_a_workshop_is_held_where_most_sign_ups_can_be_honoured() -> None:
    people = {"b1": Party("b1", (1, 1, 0, 0)), "c1": Party("c1", (1, 1, 1, 1))}
    problem = with_workshops(
        fair([wish("w1", value=3)], count=4, slots=slots(4, 2), people=people),
        workshops=(Workshop("a1", length=1),),
        sign_ups=(SignUp("b1", "a1", 2), SignUp("c1", "a1", 2)),
    )
    answer = solve(problem, seconds=2)
    assert check(problem, answer) == []
    assert (answer.value, answer.status) == (7, "optimal")


def test_copies_of_a_workshop_spread_over_half_days() -> None:
    problem = with_workshops(
        fair([wish("w1")], count=4, slots=slots(4, 2)),
        workshops=(Workshop("a1", length=1, copies=2),),
        sign_ups=(SignUp("b1", "a1"),),
    )
    halves = {(held.slot - 1) // 2 for held in solve(problem, seconds=2).workshops}
    assert halves == {0, 1}


def test_a_room_with_a_screen_is_left_to_those_who_meet_on_site() -> None:
    """One meets on site and one from afar; two others are both far away, in the same slot."""
    far = [Party(name, (1,), remote=True) for name in ("c1", "b2", "c2")]
    problem = Problem(
        name="screen",
        slots=(Slot(1, "2027-01-01T09:00", "2027-01-01T09:20", "1", 1),),
        places=(Place("V", kind="video", screen=True),),
        parties=(Party("b1", (1,)), *far),
        wishes=(Wish("mixed", ("b1", "c1"), value=5), Wish("online", ("b2", "c2"), value=5)),
    )
    found = solve(problem, seconds=1)
    assert check(problem, found) == []
    assert {one.wish: one.place for one in found.meetings} == {"mixed": "V", "online": None}
