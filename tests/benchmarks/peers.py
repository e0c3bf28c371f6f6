# SPDX-License-Identifier: EUPL-1.2
"""The peers of the scheduler: first fit, plain CP-SAT, and PySAT's RC2 on the paper's clauses."""

from ortools.sat.python import cp_model
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from scheduler import Problem
from scheduler.goals import idle_of, meeting_slots
from scheduler.ledger import Ledger
from scheduler.model import Model
from scheduler.reduce import Reduction, reduce
from scheduler.solution import Meeting
from tests.benchmarks.encoding import encode


def measured(reduction: Reduction, slots: list[int]) -> tuple[float, int]:
    """(value, idle slots) of a schedule."""
    problem = reduction.problem
    placed = [(w, t) for w, t in zip(problem.wishes, slots, strict=True) if t >= 0]
    active = meeting_slots(problem, (Meeting(w.id, problem.slots[t].id) for w, t in placed))
    for party in problem.parties:
        active[party.id].update(problem.slot_index[slot] for slot in party.busy)
    return sum(w.value for w, _ in placed), idle_of(problem, active)


def first_fit(problem: Problem) -> tuple[float, int]:
    """Wishes in the order of the file (promised ones first), each in the first slot that fits."""
    reduction = reduce(problem)
    ledger = Ledger(reduction, [-1] * len(problem.wishes))
    for wish in sorted(range(len(problem.wishes)), key=lambda w: not reduction.due[w]):
        slot = next((t for t in reduction.allowed[wish] if ledger.fits(wish, t)), None)
        if slot is not None:
            ledger.enter(wish, slot)
    return measured(reduction, ledger.slots)


def plain_cp_sat(problem: Problem, seconds: float) -> tuple[float, int]:
    """One CP-SAT model of the whole fair, value only, default settings, two workers."""
    reduction = reduce(problem)
    model = Model(reduction)
    goal = sum(
        round(1000 * problem.wishes[wish].value) * literal for (wish, _), literal in model.x.items()
    )
    model.model.maximize(goal)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0.0, 0
    found = model.slots(solver.boolean_value)
    return measured(reduction, [found.get(w, -1) for w in range(len(problem.wishes))])


def rc2(problem: Problem) -> int | None:
    """The fewest breaks by PySAT RC2 on the paper's encoding; None = infeasible."""
    reduction = reduce(problem)
    if any(not slots for slots in reduction.allowed):
        return None
    code = encode(reduction, 2)
    formula = WCNF()
    formula.extend(code.clauses.rows)
    for literal in code.breaks:
        formula.append([-literal], weight=1)
    with RC2(formula, solver="g4", adapt=True, exhaust=True, minz=True) as search:
        return None if search.compute() is None else int(search.cost)
