# SPDX-License-Identifier: EUPL-1.2
"""How good any answer can be: a linear programme over (wish, half-day), whose duals say what is
scarce.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from scheduler.board import unit_of
from scheduler.problem import Party, Problem
from scheduler.reduce import Reduction

SLACK = 1e-6


@dataclass(frozen=True)
class Bound:
    """The proven upper bound of the value (G1).

    `feasible`: False when even this relaxation cannot place what is due;
    `seat_prices[party, block]`, `place_prices[block]`: value of one more seat or place in that
    half-day; `regrets[wish]`: value that any schedule without that wish falls short of `exact`, the
    bound before it was rounded; `burdens[wish]`: the same for any schedule that holds it.
    """

    value: float
    feasible: bool = True
    exact: float = 0.0
    regrets: dict[int, float] = field(default_factory=dict)
    burdens: dict[int, float] = field(default_factory=dict)
    seat_prices: dict[tuple[int, int], float] = field(default_factory=dict)
    place_prices: dict[int, float] = field(default_factory=dict)


def most_meetings(party: Party, seats: list[int]) -> int:
    """The meetings a party can hold in a half-day, given its seats there, its gap and its longest
    run.
    """
    total, widest, slots = sum(seats), max(seats, default=0), len(seats)
    if party.gap:
        total = min(total, widest * -(-slots // (party.gap + 1)))
    if party.max_run is not None:
        total = min(total, widest * (slots - slots // (party.max_run + 1)))
    return total


def round_down(problem: Problem, value: float) -> float:
    """The largest value that wishes and sign-ups can add up to without passing `value`."""
    unit = unit_of(
        [float(wish.value) for wish in problem.wishes] + [float(s.value) for s in problem.sign_ups]
    )
    rounded = int(value / unit + SLACK + abs(value / unit) * 1e-9) * unit
    return round(rounded) if float(unit).is_integer() else rounded


class Relaxation:
    """The linear programme: x[wish, half-day] with seats, places and quotas summed per half-day.

    `lean`: leave out the rows that no choice can break; their dual would be 0.
    """

    def __init__(self, reduction: Reduction, engine: str = "GLOP", *, lean: bool = False) -> None:
        from ortools.linear_solver import pywraplp

        self.reduction = reduction
        self.lean = lean
        self.solver = pywraplp.Solver.CreateSolver(engine)
        self.wishes: dict[tuple[int, int], Any] = {}
        self.wish_rows: dict[int, Any] = {}
        self.seat_rows: dict[tuple[int, int], Any] = {}
        self.place_rows: dict[tuple[int, int], Any] = {}
        self._variables()
        self._seats()
        self._places()
        self._quotas()

    def _variables(self) -> None:
        goal = self.solver.Objective()
        goal.SetMaximization()
        for wish, slots in enumerate(self.reduction.allowed):
            due = self.reduction.due[wish]
            blocks = sorted({self.reduction.block_of[t] for t in slots})
            row = self.solver.Constraint(1 if due else 0, 1) if due or len(blocks) > 1 else None
            for block in blocks:
                most = 1 if row is None else self.solver.infinity()  # one dual per wish, not two
                variable = self.solver.NumVar(0, most, "")
                self.wishes[wish, block] = variable
                goal.SetCoefficient(variable, float(self.reduction.problem.wishes[wish].value))
                if row is not None:
                    row.SetCoefficient(variable, 1)
                    self.wish_rows[wish] = row

    def _row(self, most: float, variables: list[Any]) -> Any:
        row = self.solver.Constraint(0, most)
        for variable in variables:
            row.SetCoefficient(variable, 1)
        return row

    def _seats(self) -> None:
        rows: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for (wish, block), variable in self.wishes.items():
            for party in self.reduction.parties[wish]:
                rows[party, block].append(variable)
        slots: dict[int, list[int]] = defaultdict(list)
        for slot, block in enumerate(self.reduction.block_of):
            slots[block].append(slot)
        for (party, block), variables in rows.items():
            seats = [self.reduction.seats[party][slot] for slot in slots[block]]
            most = most_meetings(self.reduction.problem.parties[party], seats)
            if len(variables) > most or not self.lean:
                self.seat_rows[party, block] = self._row(most, variables)

    def _places(self) -> None:
        for number, family in enumerate(self.reduction.families):
            rows: dict[int, list[Any]] = defaultdict(list)
            for wish in family.members:
                for block in {self.reduction.block_of[t] for t in self.reduction.allowed[wish]}:
                    rows[block].append(self.wishes[wish, block])
            for block, variables in rows.items():
                of_block = zip(family.capacity, self.reduction.block_of, strict=True)
                most = sum(room for room, where in of_block if where == block)
                if len(variables) > most or not self.lean:
                    self.place_rows[number, block] = self._row(most, variables)

    def _quotas(self) -> None:
        day_of = dict(zip(self.reduction.block_of, self.reduction.day_of, strict=True))
        limited = {
            number: party
            for number, party in enumerate(self.reduction.problem.parties)
            if party.max_meetings is not None or party.max_per_day is not None
        }
        whole: dict[int, list[Any]] = defaultdict(list)
        daily: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for (wish, block), variable in self.wishes.items():
            for party in self.reduction.parties[wish]:
                if party in limited:
                    whole[party].append(variable)
                    daily[party, day_of[block]].append(variable)
        for party, variables in whole.items():
            most = limited[party].max_meetings
            if most is not None:
                self._row(most, variables)
        for (party, _day), variables in daily.items():
            most = limited[party].max_per_day
            if most is not None:
                self._row(most, variables)

    def _regrets(self) -> dict[int, float]:
        """Wish → the price of its row, or of the bound of its only variable."""
        found = {wish: row.dual_value() for wish, row in self.wish_rows.items()}
        for (wish, _block), variable in self.wishes.items():
            if wish not in found:
                found[wish] = variable.reduced_cost()
        due = self.reduction.due
        return {wish: price for wish, price in found.items() if price > SLACK and not due[wish]}

    def _burdens(self) -> dict[int, float]:
        """Wish → the reduced cost of its best half-day, where that is a loss."""
        best: dict[int, float] = defaultdict(lambda: float("-inf"))
        for (wish, _block), variable in self.wishes.items():
            best[wish] = max(best[wish], variable.reduced_cost())
        return {wish: -cost for wish, cost in best.items() if cost < -SLACK}

    def solve(self) -> Bound:
        """Solve; the bound is rounded down to what wishes can add up to."""
        reduction = self.reduction
        if any(
            due and not slots for due, slots in zip(reduction.due, reduction.allowed, strict=True)
        ):
            return Bound(0.0, feasible=False)
        status = self.solver.Solve()
        if status == self.solver.INFEASIBLE:
            return Bound(0.0, feasible=False)
        if status != self.solver.OPTIMAL:
            return Bound(
                sum(
                    w.value
                    for w, s in zip(reduction.problem.wishes, reduction.allowed, strict=True)
                    if s
                )
            )
        places: dict[int, float] = defaultdict(float)
        for (_family, block), row in self.place_rows.items():
            places[block] += row.dual_value()
        return Bound(
            round_down(reduction.problem, self.solver.Objective().Value()),
            exact=self.solver.Objective().Value(),
            regrets=self._regrets(),
            burdens=self._burdens(),
            seat_prices={
                key: row.dual_value()
                for key, row in self.seat_rows.items()
                if row.dual_value() > SLACK
            },
            place_prices=dict(places),
        )


def upper_bound(reduction: Reduction) -> Bound:
    """The proven upper bound of the value of any schedule.

    Source: LP duality over a relaxation that forgets the order of slots inside a half-day.
    """
    return Relaxation(reduction, lean=True).solve()
