# SPDX-License-Identifier: EUPL-1.2
"""The bound on idle slots: never above what some schedule of that value has, and often equal to
it.
"""

import dataclasses
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings

from scheduler import Meeting, Party, Problem, Solution, check, goals, solve
from scheduler.bounds import upper_bound
from scheduler.idle import DayPatterns, LeastIdle, fate_of, least_idle, waits_in
from scheduler.reduce import reduce
from tests.scheduler.fairs import any_fair, fair, wish

quick = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def every_schedule(problem: Problem) -> Iterator[tuple[Meeting, ...]]:
    """All valid schedules, by exhaustive search over the specification."""
    loose = dataclasses.replace(
        problem,
        wishes=tuple(dataclasses.replace(w, must=False, fixed=None) for w in problem.wishes),
    )

    def extend(number: int, meetings: tuple[Meeting, ...]) -> Iterator[tuple[Meeting, ...]]:
        if check(loose, Solution("", "feasible", meetings=meetings)):
            return
        if number == len(problem.wishes):
            if not check(problem, Solution("", "feasible", meetings=meetings)):
                yield meetings
            return
        yield from extend(number + 1, meetings)
        for slot in problem.slots:
            for place in (None, *problem.places):
                meeting = Meeting(problem.wishes[number].id, slot.id, place.id if place else None)
                yield from extend(number + 1, (*meetings, meeting))

    yield from extend(0, ())


def fewest_idle(problem: Problem, value: float) -> tuple[int, int]:
    """Idle slots of all, and of whoever waits longest, at best among schedules of this value."""
    total, worst = [], []
    for meetings in every_schedule(problem):
        if goals.value_of(problem, meetings) >= value:
            holes = goals.holes(problem, goals.activity(problem, meetings))
            total.append(sum(map(sum, holes.values())))
            worst.append(max(map(sum, holes.values())))
    return min(total), min(worst)


@quick
@given(any_fair(largest=3))
def test_the_bound_never_exceeds_what_brute_force_finds(problem: Problem) -> None:
    problem = dataclasses.replace(problem, places=problem.places[:2])
    answer = solve(problem, iterations=500)
    if answer.status not in ("optimal", "feasible"):
        return
    total, worst = fewest_idle(problem, answer.value)
    assert answer.idle_bound is not None and answer.fairness.worst_idle_bound is not None
    assert answer.idle_bound <= total <= answer.idle
    assert answer.fairness.worst_idle_bound <= worst <= answer.fairness.worst_idle


@quick
@given(any_fair())
def test_the_bound_never_exceeds_what_was_found(problem: Problem) -> None:
    answer = solve(problem, iterations=1500)
    if answer.idle_bound is not None:
        assert answer.idle_bound <= answer.idle
        assert answer.fairness.share_bound is not None
        assert answer.fairness.lowest_share <= answer.fairness.share_bound


def a_party_with_a_hole() -> Problem:
    """Both sides of b1 leave it no choice: slots 1 and 4 are used, 2 and 3 are empty."""
    return fair([wish("w1", slots=(1,)), wish("w2", "b1", "c2", slots=(4,))], count=4)


def test_a_hole_nobody_can_avoid_is_proven() -> None:
    answer = solve(a_party_with_a_hole(), iterations=100)
    assert (answer.idle, answer.idle_bound, answer.fairness.worst_idle_bound) == (2, 2, 2)


def test_an_absence_is_no_idle_slot() -> None:
    problem = a_party_with_a_hole()
    away = dataclasses.replace(problem.parties[0], seats=(1, 0, 1, 1))
    problem = dataclasses.replace(problem, parties=(away, *problem.parties[1:]))
    answer = solve(problem, iterations=100)
    assert (answer.idle, answer.idle_bound) == (1, 1)


def test_parties_seen_together_may_prove_more_than_alone() -> None:
    """b1 alone could meet in two slots in a row; c1 and c2 are both taken in the one between."""
    problem = fair(
        [
            wish("w1", slots=(1, 2)),
            wish("w2", "b1", "c2", slots=(2, 3)),
            wish("v1", "b2", "c1", slots=(2,)),
            wish("v2", "b3", "c2", slots=(2,)),
        ],
        tables=4,
    )
    reduction = reduce(problem)
    fate = fate_of(reduction, upper_bound(reduction), 4)
    assert DayPatterns(fate, [0]).solve() == 0
    assert least_idle(fate, {0: 1}) == LeastIdle(total=1, worst=0)
    answer = solve(problem, iterations=200)
    assert (answer.idle, answer.idle_bound) == (1, 1)


def test_a_wish_that_is_not_sure_to_be_held_proves_nothing() -> None:
    """b1 can hold one of its two far meetings only where the other falls: no hole is certain."""
    people = {"b1": Party("b1", (1, 1, 1, 1), max_meetings=1)}
    problem = fair(
        [wish("w1", slots=(1,)), wish("w2", "b1", "c2", slots=(4,))], count=4, people=people
    )
    reduction = reduce(problem)
    fate = fate_of(reduction, upper_bound(reduction), 1)
    assert not fate.sure
    assert least_idle(fate, {0: 2}).total == 0


def test_waits_are_counted_as_the_goal_says() -> None:
    problem = a_party_with_a_hole()
    reduction = reduce(problem)
    assert waits_in(reduction, [0, 3]) == {0: 2}
    assert waits_in(reduction, [0, -1]) == {}
