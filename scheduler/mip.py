# SPDX-License-Identifier: EUPL-1.2
"""The same model as a mixed-integer programme: its linear relaxation settles at once what a
window of tight fair can hold, where a search by clauses has to count.

OR-Tools is imported here because loading it takes a tenth of a second (CP-SAT half a second).
"""

import threading
from collections.abc import Sequence
from typing import Any

from scheduler.model import Model


class Programme:
    """Rows over literals: a literal is the number of its variable, its denial `~literal`."""

    def __init__(self, engine: str) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - see above

        self.solver = pywraplp.Solver.CreateSolver(engine)
        self.goal = self.solver.Objective()
        self.infinity = self.solver.infinity()
        self.lp = pywraplp
        self.variables: list[Any] = []

    def new_bool_var(self, name: str) -> int:
        self.variables.append(self.solver.BoolVar(name))
        return len(self.variables) - 1

    def row(self, least: float, literals: Sequence[int], most: float) -> None:
        """least ≤ Σ literals ≤ most."""
        denied = sum(literal < 0 for literal in literals)
        row = self.solver.Constraint(least - denied, most - denied)
        for literal in literals:
            if literal >= 0:
                row.SetCoefficient(self.variables[literal], 1)
            else:
                row.SetCoefficient(self.variables[~literal], -1)

    def add_at_most_one(self, literals: Sequence[int]) -> None:
        if len(literals) > 1:
            self.row(-self.infinity, literals, 1)

    def add_exactly_one(self, literals: Sequence[int]) -> None:
        self.row(1, literals, 1)

    def add_bool_or(self, literals: Sequence[int]) -> None:
        self.row(1, literals, self.infinity)

    def add_max_equality(self, largest: int, literals: Sequence[int]) -> None:
        self.add_bool_or([~largest, *literals])
        for literal in literals:
            self.add_bool_or([largest, ~literal])

    def add_implication(self, one: int, other: int) -> None:
        self.add_bool_or([~one, other])

    def to_the_end(self) -> Any:
        """Parameters of a search that stops at nothing but the best: by default a ten-thousandth
        is let go, which is many moves where value is counted in thousands of them.
        """
        parameters = self.lp.MPSolverParameters()
        parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
        return parameters

    def maximise(self, worth: dict[int, float]) -> None:
        """`worth`: literal → what its truth is worth."""
        self.goal.SetMaximization()
        for literal, coefficient in worth.items():
            self.goal.SetCoefficient(self.variables[literal], coefficient)


class MixedModel(Model):
    """The hard rules of a window as linear rows."""

    def _begin(self, engine: str = "CBC") -> None:
        self.model = Programme(engine)

    def at_most(self, literals: list[Any], most: int) -> None:
        self.model.row(-self.model.infinity, literals, most)


class MixedSearch(threading.Thread):
    """One branch and bound beside the caller; the twin of `search.Search`."""

    def __init__(self, model: MixedModel, seconds: float) -> None:
        super().__init__(daemon=True)
        self.model = model
        self.solver = model.model.solver
        self.solver.SetTimeLimit(max(1, round(1000 * seconds)))
        self.status = "unknown"
        self.best: dict[int, int] | None = None

    def run(self) -> None:
        status = self.solver.Solve(self.model.model.to_the_end())
        names = {
            self.solver.OPTIMAL: "optimal",
            self.solver.FEASIBLE: "feasible",
            self.solver.INFEASIBLE: "infeasible",
        }
        self.status = names.get(status, "unknown")
        if self.status in ("optimal", "feasible"):
            variables = self.model.model.variables
            self.best = self.model.slots(lambda number: variables[number].solution_value() > 0.5)

    def stop(self) -> None:
        self.solver.InterruptSolve()

    @property
    def closed(self) -> bool:
        return self.status in ("optimal", "infeasible")
