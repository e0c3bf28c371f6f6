# SPDX-License-Identifier: EUPL-1.2
"""Proof in mode "all": a good answer, a rising bound, and the two meeting."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import solve
from scheduler.breaks import BreakModel
from scheduler.exact import Entrant, fewest_breaks
from scheduler.goals import breaks_by_party
from scheduler.problem import Fixed, Party, Problem, Wish
from scheduler.reduce import Reduction, reduce
from scheduler.rough import rough_answer
from scheduler.runs import fewest_broken, starts_of
from scheduler.search import Search
from scheduler.solution import Meeting
from tests.scheduler.fairs import fair


def three_meetings(last: int) -> Reduction:
    """One party meets in slot 1, in the last slot said, and once more where it likes."""
    wishes = [
        Wish("w1", ("b1", "c1"), fixed=Fixed(1)),
        Wish("w2", ("b1", "c2"), fixed=Fixed(last)),
        Wish("w3", ("b1", "c3")),
    ]
    return reduce(fair(wishes, count=4, mode="all"))


def crowd(parties: int, tables: int, count: int) -> Reduction:
    """Everybody meets everybody."""
    pairs = itertools.combinations(range(parties), 2)
    wishes = [Wish(f"{a}-{b}", (f"p{a}", f"p{b}")) for a, b in pairs]
    return reduce(fair(wishes, count=count, tables=tables, mode="all"))


def search(reduction: Reduction) -> Search:
    return Search(BreakModel(reduction, starts_of(reduction), fairness=2), 5)


def by_hand(problem: Problem, fairness: int | None) -> int | None:
    """The fewest breaks among all schedules of a tiny fair; None when there is none."""
    reduction = reduce(problem)
    found = []
    for slots in itertools.product(*reduction.allowed):
        uses = [
            (party, slot)
            for parties, slot in zip(reduction.parties, slots, strict=True)
            for party in parties
        ]
        if any(uses.count(use) > reduction.seats[use[0]][use[1]] for use in uses):
            continue
        if any(slots.count(slot) > len(problem.places) for slot in slots):
            continue
        meetings = [
            Meeting(wish.id, problem.slots[slot].id)
            for wish, slot in zip(problem.wishes, slots, strict=True)
        ]
        breaks = list(breaks_by_party(problem, meetings).values())
        if fairness is None or max(breaks) - min(breaks) <= fairness:
            found.append(sum(breaks))
    return min(found, default=None)


def test_a_rough_answer_gives_way_to_a_better_one() -> None:
    reduction = three_meetings(4)
    entrant = Entrant(lambda: search(reduction), lambda _: ({0: 0, 1: 3, 2: 1}, 9))
    entrant.run()
    assert (entrant.status, entrant.value, entrant.bound) == ("optimal", 1, 1)


def test_a_rough_answer_alone_proves_nothing() -> None:
    """Stopped right after it: the answer, no bound, and no claim that it is best."""
    reduction = three_meetings(4)

    def proof() -> Search:
        entrant.stop()
        return search(reduction)

    entrant = Entrant(proof, lambda _: ({0: 0, 1: 3, 2: 1}, 1))
    entrant.run()
    assert (entrant.closed, entrant.status, entrant.bound) == (False, "unknown", 0.0)
    assert (entrant.best, entrant.value) == ({0: 0, 1: 3, 2: 1}, 1)


@pytest.mark.parametrize(("last", "breaks"), [(3, 0), (4, 1)])
def test_annealing_places_all_and_counts_the_breaks(last: int, breaks: int) -> None:
    answer = rough_answer(three_meetings(last), 2, 1, None, lambda: False)
    assert answer is not None
    assert (answer[0][0], answer[0][1], answer[1]) == (0, last - 1, breaks)


def test_an_answer_less_even_than_asked_is_not_given() -> None:
    assert rough_answer(three_meetings(4), 0, 1, None, lambda: False) is None


@pytest.mark.parametrize(("last", "breaks"), [(3, 0), (4, 1)])
def test_the_fewest_breaks_are_proven(last: int, breaks: int) -> None:
    exact = fewest_breaks(three_meetings(last), 2, lambda: 5.0, lambda: False)
    assert (exact.status, exact.breaks, exact.bound) == ("optimal", breaks, breaks)


def test_an_effort_gives_the_same_answer_again() -> None:
    answers = [
        fewest_breaks(crowd(8, 3, 12), 2, lambda: 5.0, lambda: False, effort=0.5) for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0].slots is not None


def test_a_wish_to_stop_is_obeyed_with_the_best_answer_so_far() -> None:
    exact = fewest_breaks(crowd(12, 5, 16), 2, lambda: 60.0, lambda: True)
    assert exact.status in ("unknown", "feasible", "optimal")


def test_runs_that_do_not_fit_beside_each_other_are_counted() -> None:
    """Five parties meet each other once at two tables: two of five must wait in each slot."""
    reduction = crowd(5, 2, 5)
    assert fewest_broken(reduction, starts_of(reduction)) == 3
    exact = fewest_breaks(reduction, 2, lambda: 10.0, lambda: False)
    assert (exact.status, exact.breaks) == ("optimal", 3)


def test_a_run_begins_where_all_wishes_of_the_party_find_a_slot() -> None:
    wishes = [Wish("w1", ("b1", "c1"), slots=(1, 2)), Wish("w2", ("b1", "c2"), slots=(2, 4))]
    reduction = reduce(fair(wishes, count=4, mode="all"))
    assert starts_of(reduction) == {0: (0,), 1: (0, 1), 2: (1, 3)}


def test_a_party_with_two_people_has_no_run_to_choose() -> None:
    wishes = [Wish("w1", ("b1", "c1")), Wish("w2", ("b1", "c2"))]
    pair = {"b1": Party("b1", (2, 2, 2))}
    reduction = reduce(fair(wishes, mode="all", people=pair))
    assert set(starts_of(reduction)) == {1, 2}


@st.composite
def tiny(draw: st.DrawFn) -> Problem:
    """At most five wishes among four parties in five slots, some absent, one table or two."""
    pairs = draw(st.lists(st.sampled_from([*itertools.combinations("abcd", 2)]), max_size=5))
    wishes = [
        Wish(f"w{n}", pair, slots=draw(st.sampled_from([None, (1, 2, 3), (3, 4, 5)])))
        for n, pair in enumerate(pairs)
    ]
    seat = st.sampled_from([0, 1, 1, 1, 1, 2])
    people = {name: Party(name, tuple(draw(seat) for _ in range(5))) for name in "abcd"}
    tables = draw(st.integers(1, 2))
    return fair(wishes, count=5, tables=tables, mode="all", people=people)


@given(tiny(), st.sampled_from([None, 0, 1, 2]))
@settings(max_examples=40, deadline=None)
def test_every_possible_schedule_of_a_tiny_fair_agrees(
    problem: Problem, fairness: int | None
) -> None:
    exact = fewest_breaks(reduce(problem), fairness, lambda: 10.0, lambda: False)
    least = by_hand(problem, fairness) if problem.wishes else 0
    assert exact.status == ("infeasible" if least is None else "optimal")
    assert least is None or exact.breaks == least


def test_breaks_that_cannot_be_shared_evenly_are_said_to_be_the_reason() -> None:
    wishes = [Wish("w1", ("b1", "c1"), fixed=Fixed(1)), Wish("w2", ("b1", "c2"), fixed=Fixed(3))]
    answer = solve(fair(wishes, mode="all"), seconds=5, fairness=0)
    assert answer.status == "infeasible"
    assert "at most 0" in answer.explanation[0]
