# SPDX-License-Identifier: EUPL-1.2
"""How good any answer can be: a linear programme over (wish, span of time), whose duals say what
is scarce.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scheduler.board import unit_of
from scheduler.problem import Number, Problem
from scheduler.reduce import Reduction
from scheduler.supply import Row, Supply

SLACK = 1e-6


@dataclass(frozen=True)
class Bound:
    """The proven upper bound of the value (G1).

    `feasible`: False when even this relaxation cannot place what is due;
    `prices[row]`: value of one more seat, place or meeting of a quota; `regrets[wish]`: value that
    any schedule without that wish falls short of `exact`, the bound before it was rounded;
    `burdens[wish]`: the same for any schedule that holds it.
    """

    value: float
    feasible: bool = True
    exact: float = 0.0
    regrets: dict[int, float] = field(default_factory=dict)
    burdens: dict[int, float] = field(default_factory=dict)
    prices: dict[Row, float] = field(default_factory=dict)


def round_down(problem: Problem, value: float) -> float:
    """The largest value that wishes and sign-ups can add up to without passing `value`."""
    unit = unit_of(
        [float(wish.value) for wish in problem.wishes] + [float(s.value) for s in problem.sign_ups]
    )
    rounded = int(value / unit + SLACK + abs(value / unit) * 1e-9) * unit
    return round(rounded) if float(unit).is_integer() else rounded


class Relaxation:
    """The linear programme: x[wish, span] with seats, places and quotas summed per span of time.

    `whole`: the whole fair is one span, instead of each half-day: far smaller, and often as sharp.
    `lean`: leave out what no choice can change; the duals of such rows would be 0.
    """

    def __init__(
        self,
        reduction: Reduction,
        engine: str = "GLOP",
        *,
        lean: bool = False,
        whole: bool = False,
    ) -> None:
        from ortools.linear_solver import pywraplp

        self.reduction = reduction
        self.supply = Supply(reduction, lean=lean, whole=whole)
        self.solver = pywraplp.Solver.CreateSolver(engine)
        self.wishes: dict[tuple[int, int], Any] = {}
        self.wish_rows: dict[int, Any] = {}
        self.rows: dict[Row, Any] = {}
        self._variables()
        self._limits()

    def _variables(self) -> None:
        goal, due = self.solver.Objective(), self.reduction.due
        goal.SetMaximization()
        goal.SetOffset(float(self.supply.certain))
        spans = Counter(wish for wish, _ in self.supply.takes)
        for key in self.supply.takes:
            wish = key[0]
            once = due[wish] or spans[wish] > 1
            most = self.solver.infinity() if once else 1  # one dual per wish, not two
            variable = self.wishes[key] = self.solver.NumVar(0, most, "")
            goal.SetCoefficient(variable, float(self.reduction.problem.wishes[wish].value))
            if once:
                if wish not in self.wish_rows:
                    self.wish_rows[wish] = self.solver.Constraint(1 if due[wish] else 0, 1)
                self.wish_rows[wish].SetCoefficient(variable, 1)

    def _limits(self) -> None:
        taking: dict[Row, list[Any]] = defaultdict(list)
        for key, rows in self.supply.takes.items():
            for row in rows:
                taking[row].append(self.wishes[key])
        for row, variables in taking.items():
            self.rows[row] = self._row(self.supply.limits[row], variables)

    def _row(self, most: float, variables: list[Any]) -> Any:
        row = self.solver.Constraint(0, most)
        for variable in variables:
            row.SetCoefficient(variable, 1)
        return row

    def _regrets(self) -> dict[int, float]:
        """Wish → the price of its row, or of the bound of its only variable; its whole value when
        nothing it takes is scarce.
        """
        found = {w: self.reduction.problem.wishes[w].value for w in self.supply.settled}
        found |= {wish: row.dual_value() for wish, row in self.wish_rows.items()}
        for (wish, _span), variable in self.wishes.items():
            if wish not in found:
                found[wish] = variable.reduced_cost()
        due = self.reduction.due
        return {wish: price for wish, price in found.items() if price > SLACK and not due[wish]}

    def _burdens(self) -> dict[int, float]:
        """Wish → the reduced cost of its best span, where that is a loss."""
        best: dict[int, float] = defaultdict(lambda: float("-inf"))
        for (wish, _span), variable in self.wishes.items():
            best[wish] = max(best[wish], variable.reduced_cost())
        return {wish: -cost for wish, cost in best.items() if cost < -SLACK}

    def solve(self) -> Bound:
        """Solve; the bound is rounded down to what wishes can add up to."""
        reduction = self.reduction
        lost = any(
            due and not slots for due, slots in zip(reduction.due, reduction.masks, strict=True)
        )
        if lost or self.supply.impossible:
            return Bound(0.0, feasible=False)
        status = self.solver.Solve()
        if status == self.solver.INFEASIBLE:
            return Bound(0.0, feasible=False)
        if status != self.solver.OPTIMAL:
            wishes = reduction.problem.wishes
            return Bound(sum(w.value for w, s in zip(wishes, reduction.masks, strict=True) if s))
        exact = self.solver.Objective().Value()
        return Bound(
            round_down(reduction.problem, exact),
            exact=exact,
            regrets=self._regrets(),
            burdens=self._burdens(),
            prices={
                row: price
                for row, item in self.rows.items()
                if (price := item.dual_value()) > SLACK
            },
        )


def rough_bound(reduction: Reduction) -> Bound:
    """A proven upper bound from the seats of the whole fair: hundredths of a second, often sharp.

    Source: LP duality, one price per party for all its seats.
    """
    return Relaxation(reduction, lean=True, whole=True).solve()


def upper_bound(reduction: Reduction) -> Bound:
    """The proven upper bound of the value of any schedule.

    Source: LP duality over a relaxation that forgets the order of slots inside a half-day.
    """
    return Relaxation(reduction, lean=True).solve()


class Ladder:
    """The bounds of one fair, the sharper one worked out only where the rough one does not do."""

    def __init__(self, reduction: Reduction) -> None:
        self.reduction = reduction

    @cached_property
    def rough(self) -> Bound:
        return rough_bound(self.reduction)

    @cached_property
    def sharp(self) -> Bound:
        return upper_bound(self.reduction)

    def above(self, value: Number) -> Bound:
        """The rough bound where the value reaches it, otherwise the sharp one."""
        return self.rough if value >= self.rough.value else self.sharp
