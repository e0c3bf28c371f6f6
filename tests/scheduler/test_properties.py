# SPDX-License-Identifier: EUPL-1.2
"""Random fairs, every optional field in play: answers hold every rule and never pass their
bound.
"""

import dataclasses

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scheduler import (
    Event,
    Meeting,
    Party,
    Problem,
    Solution,
    check,
    problem_from_json,
    problem_to_json,
    repair,
    solution_from_json,
    solution_to_json,
    solve,
)
from scheduler.event import Absence, Closure
from scheduler.explain import apply, meetings_only
from scheduler.model import Model
from scheduler.reduce import reduce
from scheduler.search import Search, run
from tests.scheduler.fairs import any_fair, fair, wish

quick = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def most_valuable(problem: Problem) -> float | None:
    """The best value by exhaustive search over the specification, None where nothing is valid."""
    best: float | None = None
    wishes = problem.wishes

    def extend(number: int, meetings: tuple[Meeting, ...], value: float) -> None:
        nonlocal best
        if number == len(wishes):
            if not check(problem, Solution("", "feasible", meetings=meetings)):
                best = value if best is None else max(best, value)
            return
        extend(number + 1, meetings, value)
        for slot in problem.slots:
            for place in (None, *problem.places):
                extended = (
                    *meetings,
                    Meeting(wishes[number].id, slot.id, place.id if place else None),
                )
                partial = dataclasses.replace(problem, wishes=wishes[: number + 1])
                loose = dataclasses.replace(
                    partial,
                    wishes=tuple(
                        dataclasses.replace(w, must=False, fixed=None) for w in partial.wishes
                    ),
                )
                if not check(loose, Solution("", "feasible", meetings=extended)):
                    extend(number + 1, extended, value + wishes[number].value)

    extend(0, (), 0)
    return best


@quick
@given(any_fair())
def test_an_answer_holds_every_rule_and_never_passes_its_bound(problem: Problem) -> None:
    answer = solve(problem, iterations=2000)
    if answer.status != "infeasible":
        broken = check(problem, answer)
        if answer.status == "unknown":
            broken = [violation for violation in broken if violation.rule != "H1"]
        assert broken == []
        assert answer.value <= answer.value_bound
    assert answer.status != "unknown"
    placed = {meeting.wish for meeting in answer.meetings}
    assert {item.wish for item in answer.unplaced} == {w.id for w in problem.wishes} - placed


@settings(quick, max_examples=40)
@given(any_fair(workshops=True))
def test_workshops_and_meetings_hold_every_rule_together(problem: Problem) -> None:
    answer = solve(problem, iterations=500)
    if answer.status in ("optimal", "feasible"):
        assert check(problem, answer) == []
        assert answer.value <= answer.value_bound


@settings(quick, max_examples=25)
@given(any_fair(largest=3))
def test_brute_force_finds_nothing_better(problem: Problem) -> None:
    problem = dataclasses.replace(problem, slots=problem.slots[:3], places=problem.places[:2])
    problem = dataclasses.replace(
        problem,
        parties=tuple(
            dataclasses.replace(p, seats=p.seats[: len(problem.slots)], busy=())
            for p in problem.parties
        ),
        places=tuple(dataclasses.replace(p, slots=None) for p in problem.places),
        wishes=tuple(dataclasses.replace(w, slots=None, fixed=None) for w in problem.wishes),
    )
    best, answer = most_valuable(problem), solve(problem, iterations=3000)
    if best is None:
        assert answer.status == "infeasible"
    elif not answer.uncovered:
        assert answer.value == best


@quick
@given(any_fair())
def test_applying_an_unblock_does_place_the_wish_while_the_others_stay(problem: Problem) -> None:
    answer = solve(problem, iterations=500)
    if answer.status in ("infeasible", "unknown"):
        return
    for item in answer.unplaced:
        assert item.unblock is not None
        opened = apply(problem, item.wish, item.unblock)
        dropped = {change.wish for change in item.unblock.changes if change.kind == "drop"}
        reduction = reduce(meetings_only(opened, (), ()))
        index = {w.id: n for n, w in enumerate(opened.wishes)}
        kept = {
            index[m.wish]: opened.slot_index[m.slot]
            for m in answer.meetings
            if m.wish not in dropped
        }
        model = Model(reduction, [index[item.wish]], kept)
        literal = model.x.get((index[item.wish], opened.slot_index[item.unblock.slot]))
        assert literal is not None, item
        model.model.add(literal == 1)
        assert run(Search(model, 5), lambda: False).status == "optimal", item


@settings(quick, max_examples=30)
@given(any_fair())
def test_files_survive_the_round_trip(problem: Problem) -> None:
    assert problem_from_json(problem_to_json(problem)) == problem
    answer = solve(problem, iterations=200)
    assert solution_from_json(solution_to_json(answer)) == answer


@settings(quick, max_examples=15)
@given(any_fair(), st.integers(1, 5))
@example(fair([wish("w1"), wish("w2", "b1", "c2")]), 1)
def test_the_same_seed_and_steps_give_the_same_answer(problem: Problem, seed: int) -> None:
    one = solve(problem, iterations=1500, seed=seed)
    two = solve(problem, iterations=1500, seed=seed)
    assert one.meetings == two.meetings
    assert one.unplaced == two.unplaced


@settings(quick, max_examples=40)
@given(any_fair(), st.data())
def test_a_repair_holds_every_rule_and_leaves_the_past_alone(
    problem: Problem, data: st.DataObject
) -> None:
    published = solve(problem, iterations=500)
    if published.status in ("infeasible", "unknown"):
        return
    now = data.draw(st.integers(1, len(problem.slots)))
    late = Party("late", (1,) * len(problem.slots))
    event = Event(
        now,
        cancel=tuple(data.draw(st.lists(st.sampled_from(["p0", "p1"]), max_size=1))),
        close=tuple(
            Closure(place.id, now) for place in problem.places[: data.draw(st.integers(0, 1))]
        ),
        late=(late,),
        wishes=(wish("new", "late", "p2", value=3),),
        absent=(Absence("p2", now, now),) if data.draw(st.booleans()) else (),
    )
    mended = repair(problem, published, event, seconds=5)
    past = [m for m in published.meetings if m.slot < now]
    for choice in mended.answers:
        assert [v for v in check(mended.problem, choice.solution) if v.rule != "H1"] == []
        assert set(past) <= set(choice.solution.meetings)
        assert choice.solution.value <= mended.value_bound
    fill, few, best = mended.answers
    assert fill.solution.value <= few.solution.value <= best.solution.value
    if mended.certified:
        assert few.moves == mended.moves_bound
