# SPDX-License-Identifier: EUPL-1.2
"""People sit where they were told to sit, as far as that can be."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.queries.seats import as_they_sat
from scheduler import Meeting, Party, Place, Problem, Slot, Solution, Wish, check


def a_hall(tables, meetings, accessible=()):
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


def seated(*places):
    meetings = tuple(Meeting(n, 1, place) for n, place in enumerate(places) if place)
    return Solution("", "feasible", meetings=meetings)


def where(solution):
    return {one.wish: one.place for one in solution.meetings}


def test_nobody_moves_without_a_reason():
    published = seated("T2", "T0", "T1")
    answer = seated("T0", "T1", "T2")

    kept = as_they_sat(a_hall(3, 3), published, answer)
    assert where(kept) == where(published)


def test_a_newcomer_takes_a_free_place():
    kept = as_they_sat(a_hall(4, 4), seated("T2", "T0", "T1"), seated("T0", "T1", "T2", "T3"))

    assert where(kept) == {0: "T2", 1: "T0", 2: "T1", 3: "T3"}


def test_one_neighbour_gives_way_to_somebody_who_needs_access():
    problem = a_hall(4, 4, accessible={3})
    kept = as_they_sat(problem, seated("T2", "T0", "T1"), seated("T1", "T2", "T3", "T0"))

    assert check(problem, replace(kept, value=4)) == []
    assert where(kept)[3] in ("T0", "T1")
    moved = [n for n, place in enumerate(("T2", "T0", "T1")) if where(kept)[n] != place]
    assert len(moved) == 1


def test_a_shut_place_is_left():
    problem = a_hall(3, 2)
    shut = replace(problem.places[0], slots=())
    problem = replace(problem, places=(shut, *problem.places[1:]))
    kept = as_they_sat(problem, seated("T0", "T1"), seated("T2", "T1"))

    assert where(kept) == {0: "T2", 1: "T1"}


@given(st.permutations(range(6)), st.permutations(range(6)), st.sets(st.integers(0, 5), max_size=2))
def test_every_meeting_still_has_a_right_place(before, after, accessible):
    problem = a_hall(6, 6, accessible)
    order = sorted(range(6), key=lambda n: (n not in accessible, after[n]))
    answer = seated(*(f"T{order.index(n)}" for n in range(6)))
    published = seated(*(f"T{n}" for n in before))
    kept = as_they_sat(problem, published, answer)

    assert [
        line for line in check(problem, kept) if line.rule in ("names", "H1", "H3", "H9", "H10")
    ] == []
    assert set(where(kept)) == set(range(6))
    misplaced = sum(before[n] > 1 for n in accessible)
    moved = sum(where(kept)[n] != where(published)[n] for n in range(6))
    assert moved <= 2 * misplaced
