# SPDX-License-Identifier: EUPL-1.2
"""The bounds of the value against the best there is, and what their duals say of single wishes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from scheduler import Fixed, Party, Problem, solve
from scheduler.bounds import Bound, Ladder, Relaxation, rough_bound, upper_bound
from scheduler.codec import read_problem
from scheduler.model import Model
from scheduler.reduce import Reduction, reduce
from scheduler.supply import Supply
from tests.scheduler.fairs import any_fair, fair, instances, repeatable, slots, wish


def best_value(reduction: Reduction, wish: int = -1, held: bool = False) -> float | None:
    """The best value there is, by CP-SAT, with (or without) one wish; None when there is none."""
    model = Model(reduction)
    values = [round(2 * item.value) for item in reduction.problem.wishes]
    model.model.maximize(sum(values[w] * x for (w, _), x in model.x.items()))
    if wish >= 0:
        model.model.add(sum(x for (w, _), x in model.x.items() if w == wish) == int(held))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.model)
    return None if status == cp_model.INFEASIBLE else solver.objective_value / 2


@settings(repeatable, max_examples=60)
@given(any_fair(), st.integers(0, 11))
def test_the_bounds_hold_and_the_sharp_one_is_never_above_the_rough_one(
    problem: Problem, number: int
) -> None:
    reduction = reduce(problem)
    best = best_value(reduction)
    rough, sharp = rough_bound(reduction), upper_bound(reduction)
    if best is None:
        return
    assert rough.feasible and sharp.feasible
    assert best <= sharp.value <= rough.value
    wish = number % len(problem.wishes)
    for bound in (rough, sharp):
        _check_duals(reduction, bound, wish)


def _check_duals(reduction: Reduction, bound: Bound, wish: int) -> None:
    without, within = best_value(reduction, wish), best_value(reduction, wish, held=True)
    if without is not None and not reduction.due[wish]:
        assert without <= bound.exact - bound.regrets.get(wish, 0) + 1e-5
    if within is not None:
        assert within <= bound.exact - bound.burdens.get(wish, 0) + 1e-5


@settings(repeatable, max_examples=60)
@given(any_fair(6))
def test_what_is_left_out_of_the_lean_programme_changes_nothing(problem: Problem) -> None:
    """Wishes taken off in advance only make the bound lower, never below the best."""
    reduction = reduce(problem)
    whole, lean = Relaxation(reduction).solve(), Relaxation(reduction, lean=True).solve()
    if lean.feasible:
        assert whole.feasible and lean.exact <= whole.exact + 1e-6


@pytest.mark.parametrize("size", ["S", "M", "L"])
def test_the_rough_bound_is_as_sharp_on_the_fairs(size: str) -> None:
    reduction = reduce(read_problem(instances("fairs", f"fair-{size}-1.json")))
    assert rough_bound(reduction).value == upper_bound(reduction).value


def test_the_sharp_bound_is_worked_out_only_where_the_rough_one_does_not_do() -> None:
    ladder = Ladder(reduce(fair([wish("w0")])))
    assert ladder.above(1).value == 1
    assert "sharp" not in vars(ladder)
    assert ladder.above(0).value == 1
    assert "sharp" in vars(ladder)


def a_tight_morning(**quota: Any) -> Problem:
    """b meets once a half-day; the two it wants most are there in the morning only."""
    people = {name: Party(name, (1, 0)) for name in ("c0", "c1")}
    people["b"] = Party("b", (1, 1), **quota)
    dear = [wish(f"w{n}", "b", f"c{n}", value=3) for n in range(2)]
    asked = [*dear, wish("w2", "b", "c2", value=1)]
    return fair(asked, count=2, people=people, slots=slots(2, blocks=2))


def test_half_days_are_told_apart_by_the_sharp_bound_alone() -> None:
    reduction = reduce(a_tight_morning())
    assert rough_bound(reduction).value == 6
    assert upper_bound(reduction).value == 4


def test_a_run_ends_with_the_sharp_bound_where_the_rough_one_is_out_of_reach() -> None:
    by_steps = solve(a_tight_morning(), iterations=500)
    by_clock = solve(a_tight_morning(), seconds=0.5)
    for answer in (by_steps, by_clock):
        assert (answer.status, answer.value, answer.value_bound) == ("optimal", 4, 4)


def test_quotas_lower_both_bounds() -> None:
    for quota in ({"max_meetings": 1}, {"max_per_day": 1}):
        reduction = reduce(a_tight_morning(**quota))
        assert rough_bound(reduction).value == upper_bound(reduction).value == 3


def test_more_promised_than_there_is_is_impossible_at_once() -> None:
    promised = [wish(f"w{n}", "b1", f"c{n}", fixed=Fixed(1)) for n in range(2)]
    problem = fair(promised)
    assert Supply(reduce(problem), lean=True, whole=True).impossible
    assert not rough_bound(reduce(problem)).feasible
    assert solve(problem, iterations=100).status == "infeasible"
