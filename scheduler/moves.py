# SPDX-License-Identifier: EUPL-1.2
"""How few published meetings any answer to an event can move: a proof, not an answer.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from scheduler.bounds import SLACK, Bound
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


def fewest_moves(bench: Bench, value: Number, bound: Callable[[], Bound]) -> int:
    """A lower bound on the moves of any answer of this value.

    Fresh wishes that such an answer must hold each take a seat of their parties and a place; who
    sat there leaves, and so do wishes that such an answer cannot hold. Where those who leave may
    go is forgotten: hence a bound. Source: reduced-cost fixing.
    """
    forced = forced_moves(bench)
    if not bench.fresh:
        return forced
    if bench.ceiling is not None and value >= bench.ceiling:
        return max(forced, Overload(bench, bench.fresh, set()).solve())
    proof = bound()
    short = proof.exact - value + SLACK
    needed = [wish for wish in bench.fresh if proof.regrets.get(wish, 0) > short]
    outpriced = {wish for wish in bench.published if proof.burdens.get(wish, 0) > short}
    return max(forced, Overload(bench, needed, outpriced).solve())


class Overload:
    """x[needed wish, slot]; `leaves` and `dropped`: published meetings of their parties that leave
    their slot, or the fair; `others[slot]`: how many more leave, of other parties.
    """

    def __init__(self, bench: Bench, needed: list[int], outpriced: set[int]) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - see above

        self.bench = bench
        self.solver = pywraplp.Solver.CreateSolver("CBC")
        self.solver.SetTimeLimit(round(1000 * PATIENCE))
        self.alone = _impossible(bench)
        self.slot_of = {w: t for w, t in _slots(bench).items() if w not in self.alone}
        self.needed, self.outpriced = needed, outpriced
        self.near = {party for wish in needed for party in bench.reduction.parties[wish]}
        self.x: dict[tuple[int, int], Any] = {}
        self.leaves: dict[int, Any] = {}
        self.dropped: dict[int, Any] = {}
        self._variables()
        self._load()
        self._seats()
        self._places()

    def _variables(self) -> None:
        goal = self.solver.Objective()
        goal.SetMinimization()
        for wish in self.needed:
            once = self.solver.Constraint(1, 1)
            for slot in self.bench.reduction.allowed[wish]:
                self.x[wish, slot] = self.solver.BoolVar("")
                once.SetCoefficient(self.x[wish, slot], 1)
        around: dict[int, int] = defaultdict(int)
        for wish, slot in self.slot_of.items():
            gone = wish in self.outpriced
            if self.near.isdisjoint(self.bench.reduction.parties[wish]) and not gone:
                around[slot] += 1
            else:
                self.leaves[wish] = self.solver.BoolVar("")
                goal.SetCoefficient(self.leaves[wish], 1)
                self.dropped[wish] = self.solver.IntVar(int(gone), 1, "")
                self._row(0, [self.dropped[wish]], [self.leaves[wish]])
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

    def _load(self) -> None:
        """A party with more meetings than seats in all of what is left has to drop some."""
        for party in sorted(self.near):
            seats = sum(self.bench.reduction.seats[party][self.bench.now :])
            mine = [w for w in self.leaves if party in self.bench.reduction.parties[w]]
            wanted = [w for w in self.needed if party in self.bench.reduction.parties[w]]
            taking = [x for (wish, _), x in self.x.items() if wish in wanted]
            self._row(seats - len(mine), taking, [self.dropped[wish] for wish in mine])

    def _seats(self) -> None:
        """H2; the limits of H5 and H7 are left out, which only makes the bound lower."""
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
