# SPDX-License-Identifier: EUPL-1.2
"""How few published meetings any answer to an event can move: a proof, not an answer.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

from collections import defaultdict
from typing import Any

from scheduler.problem import Number
from scheduler.standing import Bench

PATIENCE = 1.5  # seconds; a bound that takes longer is cut short and still holds


def forced_moves(bench: Bench) -> int:
    """Published meetings that cannot stay, whatever the value: each impossible alone, or one too
    many for the places of its slot.
    """
    alone, slot_of = _impossible(bench), _slots(bench)
    spare = [0] * len(bench.problem.slots)
    for family in bench.reduction.families:
        held = [0] * len(spare)
        for wish in family.members:
            if wish in bench.frozen:
                held[bench.frozen[wish]] += 1
            elif wish in slot_of and wish not in alone:
                held[slot_of[wish]] += 1
        spare = [
            max(most, n - room) for most, n, room in zip(spare, held, family.capacity, strict=True)
        ]
    return len(alone) + sum(spare)


def _slots(bench: Bench) -> dict[int, int]:
    index = bench.problem.slot_index
    return {wish: index[meeting.slot] for wish, meeting in bench.published.items()}


def _impossible(bench: Bench) -> set[int]:
    allowed = bench.reduction.allowed
    return {wish for wish, slot in _slots(bench).items() if slot not in allowed[wish]}


def fewest_moves(bench: Bench, value: Number) -> int:
    """A lower bound on the moves of any answer of this value.

    An answer worth the ceiling holds every fresh wish. Each takes a seat of its parties and a
    place; who sat there leaves. Where those who leave may go is forgotten: hence a bound.
    """
    if bench.ceiling is None or value < bench.ceiling or not bench.fresh:
        return forced_moves(bench)
    return max(forced_moves(bench), Overload(bench).solve())


class Overload:
    """x[fresh wish, slot], y[published meeting] = it leaves, others[slot] = how many more leave."""

    def __init__(self, bench: Bench) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - see above

        self.bench = bench
        self.solver = pywraplp.Solver.CreateSolver("CBC")
        self.solver.SetTimeLimit(round(1000 * PATIENCE))
        self.alone = _impossible(bench)
        self.slot_of = {w: t for w, t in _slots(bench).items() if w not in self.alone}
        self.near = {party for wish in bench.fresh for party in bench.reduction.parties[wish]}
        self.x: dict[tuple[int, int], Any] = {}
        self.leaves: dict[int, Any] = {}
        self._variables()
        self._seats()
        self._places()

    def _variables(self) -> None:
        goal = self.solver.Objective()
        goal.SetMinimization()
        for wish in self.bench.fresh:
            once = self.solver.Constraint(1, 1)
            for slot in self.bench.reduction.allowed[wish]:
                self.x[wish, slot] = self.solver.BoolVar("")
                once.SetCoefficient(self.x[wish, slot], 1)
        around: dict[int, int] = defaultdict(int)
        for wish, slot in self.slot_of.items():
            if self.near.isdisjoint(self.bench.reduction.parties[wish]):
                around[slot] += 1
            else:
                self.leaves[wish] = self.solver.BoolVar("")
                goal.SetCoefficient(self.leaves[wish], 1)
        self.others = {slot: self.solver.IntVar(0, count, "") for slot, count in around.items()}
        for variable in self.others.values():
            goal.SetCoefficient(variable, 1)

    def _row(self, most: float, taking: list[Any], leaving: list[Any]) -> None:
        if len(taking) <= most:
            return
        row = self.solver.Constraint(-self.solver.infinity(), most)
        for sign, variables in ((1, taking), (-1, leaving)):
            for variable in variables:
                row.SetCoefficient(variable, sign)

    def _seats(self) -> None:
        """H2, and H7's limit of meetings is left out: it only makes the bound lower."""
        taking: dict[tuple[int, int], list[Any]] = defaultdict(list)
        staying: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for (wish, slot), literal in self.x.items():
            for party in self.bench.reduction.parties[wish]:
                taking[party, slot].append(literal)
        for wish, literal in self.leaves.items():
            for party in self.bench.reduction.parties[wish]:
                staying[party, self.slot_of[wish]].append(literal)
        for (party, slot), literals in taking.items():
            room = self.bench.reduction.seats[party][slot] - len(staying[party, slot])
            self._row(room, literals, staying[party, slot])

    def _places(self) -> None:
        """H3, H9, H10, through the families of places."""
        for family in self.bench.reduction.families:
            members = set(family.members)
            for slot in range(self.bench.now, len(family.capacity)):
                held = [w for w, t in self.slot_of.items() if t == slot and w in members]
                taking = [x for (w, t), x in self.x.items() if t == slot and w in members]
                leaving = [self.leaves[w] for w in held if w in self.leaves]
                if slot in self.others:
                    leaving.append(self.others[slot])
                self._row(family.capacity[slot] - len(held), taking, leaving)

    def solve(self) -> int:
        """The proven least number of meetings that leave their slot."""
        status = self.solver.Solve()
        if status == self.solver.INFEASIBLE:
            return 0
        least = self.solver.Objective().BestBound()
        return len(self.alone) + max(0, -int(-(least - 1e-6) // 1))
