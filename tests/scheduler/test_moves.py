# SPDX-License-Identifier: EUPL-1.2
"""The bounds of a repair against every answer there is, on fairs small enough to try them all."""

import random
from collections.abc import Iterator

import pytest

from scheduler import (
    Absence,
    Closure,
    Event,
    Party,
    Problem,
    Repair,
    Solution,
    check,
    repair,
    solve,
)
from scheduler.event import after_event
from scheduler.ledger import Ledger
from scheduler.reduce import reduce
from tests.scheduler.fairs import fair, wish


def a_repair(seed: int) -> tuple[Problem, Solution, Event, Repair]:
    """A published schedule of a tight little fair, and late wishes after its first slot; in every
    other one somebody is away for a while, in every third a table closes.
    """
    chance = random.Random(seed)
    wishes = [
        wish(f"w{b}{c}", f"b{b}", f"c{c}", value=chance.choice((1, 2, 3)))
        for b in range(2)
        for c in range(3)
        if chance.random() < 0.8
    ]
    problem = fair(wishes, count=3, tables=2)
    published = solve(problem, iterations=2000)
    late = tuple(
        wish(f"x{n}", str(chance.choice(wishes).parties[0]), "late", value=chance.choice((1, 3)))
        for n in range(2)
    )
    away = (Absence(chance.choice(wishes).parties[1], 2, 2),) if seed % 2 else ()
    shut = () if seed % 3 else (Closure("T1", chance.choice((2, 3))),)
    guest = Party("late", (1, 1, 1))
    event = Event(2, late=(guest,), wishes=late, absent=away, close=shut)
    return problem, published, event, repair(problem, published, event)


def every_answer(ledger: Ledger, wish_number: int) -> Iterator[list[int]]:
    """All ways to place the wishes from this number on."""
    if wish_number == len(ledger.slots):
        yield list(ledger.slots)
        return
    if not ledger.reduction.due[wish_number]:
        yield from every_answer(ledger, wish_number + 1)
    for slot in ledger.reduction.allowed[wish_number]:
        if ledger.fits(wish_number, slot):
            grown = Ledger(ledger.reduction, ledger.slots)
            grown.enter(wish_number, slot)
            yield from every_answer(grown, wish_number + 1)


@pytest.mark.parametrize("seed", range(40))
def test_no_answer_is_worth_more_or_moves_fewer_than_the_bounds_say(seed: int) -> None:
    problem, published, event, mended = a_repair(seed)
    left = after_event(problem, published, event)
    now = problem.slot_index[event.now]
    stood = {m.wish: t for m in published.meetings if (t := problem.slot_index[m.slot]) >= now}
    names = [w.id for w in left.wishes]
    found = []
    for slots in every_answer(Ledger(reduce(left), [-1] * len(names)), 0):
        value = sum(w.value for w, t in zip(left.wishes, slots, strict=True) if t >= 0)
        plan = dict(zip(names, slots, strict=True))
        found.append((value, -sum(plan[name] != t for name, t in stood.items())))
    value, moves = max(found)
    few = mended.answers[1]
    assert check(mended.problem, few.solution) == []
    assert value <= mended.value_bound
    if few.solution.value == value:
        assert mended.moves_bound <= -moves <= few.moves
    if mended.certified:
        assert (few.solution.value, few.moves) == (value, -moves)


def test_late_wishes_are_certified_with_their_moves_where_somebody_has_to_leave() -> None:
    repairs = [a_repair(seed)[3] for seed in range(25)]
    assert any(mended.certified and mended.moves_bound > 0 for mended in repairs)


def test_a_repaired_schedule_bounds_no_other_repair() -> None:
    """A table closes and opens again: the bound without it says nothing of the fair with it."""
    problem = fair([wish(f"w{n}", f"b{n}", f"c{n}") for n in range(4)], count=2, tables=2)
    published = solve(problem, iterations=2000)
    shut = repair(problem, published, Event(1, close=(Closure("T1"), Closure("T2", 2))))
    assert shut.value_bound == 1
    again = repair(problem, shut.answers[1].solution, Event(1))
    assert again.value_bound == 4
    assert again.certified == (again.answers[1].moves == again.moves_bound)
