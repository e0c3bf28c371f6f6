# SPDX-License-Identifier: EUPL-1.2
"""Unbroken runs: a party without a break meets in one run of slots. Where such a run can begin,
and how many parties must have a break because the runs of all do not fit together.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from scheduler.infeasible import hall_violator
from scheduler.reduce import Reduction

WORK = 1.0  # CP-SAT's deterministic time for the bound, so that it is the same everywhere

Starts = Mapping[int, tuple[int, ...]]  # party → first slots


def wishes_by_party(reduction: Reduction) -> dict[int, list[int]]:
    """Party → its wishes, for those that have any."""
    found: dict[int, list[int]] = defaultdict(list)
    for wish, parties in enumerate(reduction.parties):
        for party in parties:
            found[party].append(wish)
    return found


def starts_of(reduction: Reduction) -> dict[int, tuple[int, ...]]:
    """Where the unbroken run of each party with at most one seat can begin, all its wishes placed,
    other parties forgotten.

    Source: Hall's theorem in each run of as many slots as wishes.
    """
    return {
        party: _starts(reduction, wishes)
        for party, wishes in wishes_by_party(reduction).items()
        if max(reduction.seats[party], default=0) <= 1
    }


def _starts(reduction: Reduction, wishes: list[int]) -> tuple[int, ...]:
    total, length = len(reduction.day_of), len(wishes)
    found = []
    for first in range(total - length + 1):
        run = range(first, first + length)
        inside = {w: tuple(t for t in reduction.allowed[w] if t in run) for w in wishes}
        if not hall_violator(wishes, inside, [1] * total):
            found.append(first)
    return tuple(found)


def tables_bind_all(reduction: Reduction) -> bool:
    """Every wish is a pair at a table of one family: a slot then holds two people a table."""
    return (
        len(reduction.families) == 1
        and len(reduction.families[0].members) == len(reduction.parties)
        and all(len(parties) == 2 for parties in reduction.parties)
    )


def fewest_broken(reduction: Reduction, starts: Starts) -> int:
    """At least so many parties have a break: runs side by side, two people a table in each slot,
    forgetting who meets whom; a party with a break takes any of its slots.
    """
    if not tables_bind_all(reduction):
        return sum(not firsts for firsts in starts.values())
    from ortools.sat.python import cp_model  # noqa: PLC0415 - loading it takes a fifth of a second

    model = cp_model.CpModel()
    people: dict[int, list[Any]] = defaultdict(list)
    broken = []
    for party, wishes in wishes_by_party(reduction).items():
        if party in starts:
            broken.append(model.new_bool_var(""))
            _choose_run(model, reduction, wishes, starts[party], broken[-1], people)
    for slot, capacity in enumerate(reduction.families[0].capacity):
        model.add(sum(people[slot]) <= 2 * capacity)
    model.minimize(sum(broken))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = WORK
    solver.solve(model)
    return max(0, round(solver.best_objective_bound))


def _choose_run(
    model: Any,
    reduction: Reduction,
    wishes: list[int],
    firsts: tuple[int, ...],
    broken: Any,
    people: dict[int, list[Any]],
) -> None:
    """A party takes one of its runs, or has a break and takes as many slots as it has wishes."""
    begins = {first: model.new_bool_var("") for first in firsts}
    model.add_exactly_one([*begins.values(), broken])
    here = []
    for slot in sorted({t for wish in wishes for t in reduction.allowed[wish]}):
        loose = model.new_bool_var("")
        model.add_implication(loose, broken)
        here += [loose, *(b for t, b in begins.items() if t <= slot < t + len(wishes))]
        people[slot] += [loose, *(b for t, b in begins.items() if t <= slot < t + len(wishes))]
    model.add(sum(here) == len(wishes))
