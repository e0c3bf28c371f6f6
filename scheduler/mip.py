# SPDX-License-Identifier: EUPL-1.2
"""The same model as a mixed-integer programme: its linear relaxation settles at once what a
window of
tight fair can hold, where a search by clauses has to count.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

import threading
from typing import Any

from scheduler.model import Model


class MixedSearch(threading.Thread):
    """One branch and bound beside the caller; the twin of `model.Search`."""

    def __init__(self, model: Model, seconds: float, engine: str = "CBC") -> None:
        super().__init__(daemon=True)
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - see above

        self.model = model
        self.solver = pywraplp.Solver.CreateSolver(engine)
        self.solver.SetTimeLimit(max(1, round(1000 * seconds)))
        self.status = "unknown"
        self.best: dict[int, int] | None = None
        self.variables: list[Any] = []
        self._copy(model.model.proto)

    def _copy(self, proto: Any) -> None:
        """Rewrite each constraint as linear rows."""
        self.variables = [self.solver.BoolVar("") for _ in proto.variables]
        for constraint in proto.constraints:
            if constraint.has_bool_or():
                self._row(constraint.bool_or.literals, 1, None)
            elif constraint.has_at_most_one():
                self._row(constraint.at_most_one.literals, None, 1)
            elif constraint.has_exactly_one():
                self._row(constraint.exactly_one.literals, 1, 1)
            elif constraint.has_linear():
                linear = constraint.linear
                domain = list(linear.domain)
                self._line(list(linear.vars), list(linear.coeffs), domain[0], domain[-1])
            elif constraint.has_lin_max():
                self._largest(constraint.lin_max)
        goal = self.solver.Objective()
        for variable, coefficient in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
            goal.SetCoefficient(self.variables[variable], coefficient)
        goal.SetMinimization()

    def _row(self, literals: Any, least: int | None, most: int | None) -> None:
        """least ≤ Σ literals ≤ most, where a literal below zero is the denial of -1 - literal."""
        denied = sum(literal < 0 for literal in literals)
        infinity = self.solver.infinity()
        row = self.solver.Constraint(
            -infinity if least is None else least - denied,
            infinity if most is None else most - denied,
        )
        for literal in literals:
            variable = self.variables[literal if literal >= 0 else -1 - literal]
            row.SetCoefficient(variable, row.GetCoefficient(variable) + (1 if literal >= 0 else -1))

    def _line(self, variables: list[int], coefficients: list[int], least: int, most: int) -> None:
        infinity = self.solver.infinity()
        row = self.solver.Constraint(
            least if least > -(1 << 60) else -infinity, most if most < 1 << 60 else infinity
        )
        for variable, coefficient in zip(variables, coefficients, strict=True):
            row.SetCoefficient(self.variables[variable], coefficient)

    def _largest(self, largest: Any) -> None:
        """used = max(literals)."""
        used = self.variables[largest.target.vars[0]]
        others = [self.variables[item.vars[0]] for item in largest.exprs]
        together = self.solver.Constraint(0, self.solver.infinity())
        together.SetCoefficient(used, -1)
        for other in others:
            together.SetCoefficient(other, 1)
            single = self.solver.Constraint(0, self.solver.infinity())
            single.SetCoefficient(used, 1)
            single.SetCoefficient(other, -1)

    def run(self) -> None:
        status = self.solver.Solve()
        names = {
            self.solver.OPTIMAL: "optimal",
            self.solver.FEASIBLE: "feasible",
            self.solver.INFEASIBLE: "infeasible",
        }
        self.status = names.get(status, "unknown")
        if self.status in ("optimal", "feasible"):
            self.best = self.model.slots(lambda literal: self._true(literal))

    def _true(self, literal: Any) -> bool:
        return self.variables[literal.index].solution_value() > 0.5

    def stop(self) -> None:
        self.solver.InterruptSolve()

    @property
    def closed(self) -> bool:
        return self.status in ("optimal", "infeasible")
