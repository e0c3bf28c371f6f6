# SPDX-License-Identifier: EUPL-1.2
"""After a repair people sit where they were told to sit, as far as that can be."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import (
    Closure,
    Event,
    Fixed,
    Id,
    Meeting,
    Party,
    Place,
    Problem,
    Slot,
    Solution,
    Wish,
    check,
    repair,
)
from scheduler.reseat import reseat
from scheduler.seating import Chosen, NoSeat
from tests.scheduler.fairs import answer, fair, repeatable, wish


def a_hall(tables: int, meetings: int, accessible: set[int] = frozenset()) -> Problem:  # type: ignore[assignment]
    """One slot; `meetings` pairs; those numbered in `accessible` need the first table or two."""
    parties = [
        Party(f"{side}{n}", (1,), needs_accessible=n in accessible)
        for n in range(meetings)
        for side in "cb"
    ]
    return Problem(
        slots=(Slot(1),),
        places=tuple(Place(f"T{n}", accessible=n < 2) for n in range(tables)),
        parties=tuple(parties),
        wishes=tuple(Wish(n, (f"c{n}", f"b{n}")) for n in range(meetings)),
    )


def told(*places: str) -> dict[Id, Meeting]:
    return {n: Meeting(n, 1, place) for n, place in enumerate(places)}


def seats(problem: Problem, *places: str) -> Chosen:
    """Where everybody of a hall sits, when the first of them were told these places."""
    return reseat(problem, {item.id: 0 for item in problem.wishes}, told(*places))


def broken(problem: Problem, chosen: Chosen) -> list[str]:
    meetings = tuple(Meeting(item, 1, place) for item, place in chosen.items())
    found = check(problem, Solution("", "feasible", value=len(meetings), meetings=meetings))
    return [one.rule for one in found]


def test_nobody_changes_place_without_a_reason() -> None:
    assert seats(a_hall(3, 3), "T2", "T0", "T1") == {0: "T2", 1: "T0", 2: "T1"}


def test_a_newcomer_takes_a_free_place() -> None:
    assert seats(a_hall(4, 4), "T2", "T0", "T1")[3] == "T3"


def test_one_neighbour_gives_way_to_somebody_who_needs_access() -> None:
    problem = a_hall(4, 4, accessible={3})
    chosen = seats(problem, "T2", "T0", "T1")
    assert broken(problem, chosen) == []
    assert chosen[3] in ("T0", "T1")
    assert sum(chosen[n] != place for n, place in enumerate(("T2", "T0", "T1"))) == 1


def test_a_shut_place_is_left_by_its_own_meeting_alone() -> None:
    problem = a_hall(3, 2)
    shut = replace(problem, places=(replace(problem.places[0], slots=()), *problem.places[1:]))
    assert seats(shut, "T0", "T1") == {0: "T2", 1: "T1"}


def test_a_promised_place_is_kept_for_whom_it_was_promised_to() -> None:
    problem = a_hall(3, 3)
    promised = replace(problem.wishes[2], fixed=Fixed(1, "T2"))
    problem = replace(problem, wishes=(*problem.wishes[:2], promised))
    chosen = seats(problem, "T2", "T0")
    assert (chosen[1], chosen[2]) == ("T0", "T2")
    assert broken(problem, chosen) == []


def test_too_few_places_are_said_so() -> None:
    with pytest.raises(NoSeat):
        seats(a_hall(2, 3))


def test_a_newcomer_sits_where_its_people_come_from() -> None:
    problem = fair([wish("w0", "b1", "c0"), wish("w1", "b1", "c1")], count=2, tables=5)
    assert reseat(problem, {"w0": 0, "w1": 1}, {"w0": Meeting("w0", 1, "T4")})["w1"] == "T4"


def test_people_far_away_keep_their_room_and_others_have_a_link() -> None:
    far = {name: Party(name, (1, 1), remote=True) for name in ("b0", "c0", "b1", "c1")}
    video = (Place("T"), Place("V", kind="video"))
    pairs = [wish("w0", "b0", "c0"), wish("w1", "b1", "c1")]
    problem = fair(pairs, count=2, people=far, places=video)
    before: dict[Id, Meeting] = {"w1": Meeting("w1", 1, "V"), "w0": Meeting("w0", 1, None)}
    assert reseat(problem, {"w0": 0, "w1": 0}, before) == {"w0": None, "w1": "V"}
    assert reseat(problem, {"w0": 0, "w1": 0}, {}) == {"w0": "V", "w1": None}
    assert reseat(problem, {"w0": 1, "w1": 0}, before) == {"w0": "V", "w1": "V"}


@settings(repeatable, max_examples=60)
@given(st.permutations(range(6)), st.sets(st.integers(0, 5), max_size=2), st.integers(0, 6))
def test_everybody_has_a_right_place_and_only_who_must_gives_way(
    before: list[int], accessible: set[int], known: int
) -> None:
    problem = a_hall(6, 6, accessible)
    chosen = seats(problem, *(f"T{n}" for n in before[:known]))
    assert broken(problem, chosen) == []
    if not accessible:
        assert all(chosen[n] == f"T{before[n]}" for n in range(known))


def test_a_repair_leaves_everybody_else_at_the_table_they_were_told() -> None:
    """One needs access and its table shuts: one neighbour gives way, all the others stay."""
    people = {"b9": Party("b9", (1, 1), needs_accessible=True)}
    pairs = [*(wish(f"w{n}", f"b{n}", f"c{n}") for n in range(3)), wish("w9", "b9", "c9")]
    places = (Place("A", accessible=True), Place("B", accessible=True), Place("C"), Place("D"))
    tables = (*places, Place("E"))
    problem = fair(pairs, count=2, people=people, places=tables)
    published = answer(("w0", 2, "B"), ("w1", 2, "D"), ("w2", 2, "C"), ("w9", 2, "A"), value=4)
    assert check(problem, published) == []
    mended = repair(problem, published, Event(2, close=(Closure("A"),)))
    for choice in mended.answers:
        assert check(mended.problem, choice.solution) == []
        sits = {m.wish: m.place for m in choice.solution.meetings}
        assert sits == {"w0": "E", "w1": "D", "w2": "C", "w9": "B"}
