# SPDX-License-Identifier: EUPL-1.2
"""Fairness (G3): sought below value and idle slots, never at their expense, unless a limit asks."""

import dataclasses

from hypothesis import HealthCheck, given, settings

from scheduler import Problem, check, compiled, sample, solve
from scheduler.fairness import level, pieces_of, standing
from scheduler.improve import improve_by_steps, start
from scheduler.reduce import reduce
from tests.scheduler.fairs import any_fair, fair, wish

quick = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def crowded() -> Problem:
    """Two slots of b1 and b2; one refusal each is fairer than two refusals of one company."""
    wishes = [
        wish(f"{buyer}{company}", buyer, company)
        for buyer in ("b1", "b2")
        for company in ("c1", "c2", "c3", "c4")
    ]
    return fair(wishes, count=2, tables=4)


def test_refusals_are_shared_out_where_it_costs_nothing() -> None:
    answer = solve(crowded(), iterations=5000)
    assert (answer.value, answer.uncovered) == (4, ())
    assert answer.fairness.lowest_share == 0.5
    assert (answer.fairness.price, answer.fairness.price_idle) == (0, 0)
    assert answer.fairness.limit is None


@quick
@given(any_fair())
def test_levelling_never_gives_up_a_goal_above_it(problem: Problem) -> None:
    run = start(reduce(problem), 1)
    improve_by_steps(run, 1000, lambda _: False)
    run.restore_best()
    before = standing(run)
    level(run, pieces_of(2000), lambda _: False)
    after = standing(run)
    assert after.rank <= before.rank
    assert (after.short, -after.value, after.idle) <= (before.short, -before.value, before.idle)
    assert after.cost <= before.cost or after.value > before.value or after.short < before.short


def test_levelling_gives_the_same_answer_compiled_and_plain() -> None:
    reduction = reduce(sample(60, seed=5, tightness=1.3))
    plain = start(reduction, 1)
    plain.board, plain.state = [int(n) for n in plain.board], [int(n) for n in plain.state]
    plain.kernel = compiled.plain()
    improve_by_steps_plain(plain)
    if compiled.available():
        fast = start(reduction, 1)
        fast.board, fast.state = compiled.array(list(fast.board)), compiled.array(list(fast.state))
        fast.kernel = compiled.jitted()
        improve_by_steps_plain(fast)
        assert fast.best == plain.best


def improve_by_steps_plain(run) -> None:
    run.upgrade = lambda: None
    improve_by_steps(run, 2000, lambda _: False)
    level(run, pieces_of(2000), lambda _: False)


def test_the_lowest_share_rises_on_a_tight_fair() -> None:
    run = start(reduce(sample(150, seed=4, tightness=1.4)), 1)
    improve_by_steps(run, 3000, lambda _: False)
    before = standing(run)
    level(run, pieces_of(6000), lambda _: False)
    after = standing(run)
    assert after.unfairness < before.unfairness or after.idle < before.idle


def test_a_limit_of_waiting_is_kept_and_its_price_told() -> None:
    """The last meeting of b1 leaves two empty slots before it: with a limit of 1 it is dropped only
    if that is worth it, and what it costs is said.
    """
    wishes = [wish("w1", slots=(1,)), wish("w2", "b1", "c2", slots=(4,))]
    problem = fair(wishes, count=4)
    free, limited = solve(problem, iterations=500), solve(problem, iterations=500, fairness=1)
    assert free.fairness.limit is None and limited.fairness.limit == 1
    assert limited.fairness.price == free.value - limited.value
    assert limited.fairness.price_idle == limited.idle - free.idle
    assert check(problem, limited) == []


def test_fairness_repeats() -> None:
    problem = sample(80, seed=3, tightness=1.4)
    one, two = (solve(problem, iterations=2000, fairness=1) for _ in range(2))
    assert dataclasses.replace(one, seconds=0) == dataclasses.replace(two, seconds=0)
