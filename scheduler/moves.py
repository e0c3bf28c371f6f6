# SPDX-License-Identifier: EUPL-1.2
"""How few published meetings any answer to an event can move: a proof, not an answer.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

import time
from collections import Counter, defaultdict
from typing import Any

from scheduler.bounds import SLACK, Bound, Ladder
from scheduler.problem import Number
from scheduler.reduce import positions_of
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
    masks = bench.reduction.masks
    return {wish for wish, slot in _slots(bench).items() if not masks[wish] >> slot & 1}


def fewest_moves(bench: Bench, value: Number, moves: int, ladder: Ladder) -> int:
    """A lower bound on the moves of any answer of this value; `moves`: those of the answer at hand.

    Wishes that such an answer must hold, and that cannot be where they were published (or were
    not), each take a seat of their parties and a place; who sat there leaves, and so do wishes
    that such an answer cannot hold. Where those who leave may go is forgotten: hence a bound.
    Source: reduced-cost fixing.
    """
    least = forced_moves(bench)
    homeless = [*bench.fresh, *sorted(_impossible(bench))]
    if not homeless or least >= moves:
        return least
    if bench.ceiling is not None and value >= bench.ceiling:
        least = max(least, Overload(bench, bench.fresh, set()).solve())
    if least < moves and value >= ladder.rough.value:
        least = max(least, _displaced(bench, homeless, value, ladder.rough))
    for wide in (False, True):
        if least < moves and not bench.stop() and time.monotonic() < bench.until:
            least = max(least, _displaced(bench, homeless, value, ladder.sharp, wide=wide))
    return least


def _displaced(
    bench: Bench, homeless: list[int], value: Number, bound: Bound, *, wide: bool = False
) -> int:
    short = bound.exact - value + SLACK
    held = {wish for wish, regret in bound.regrets.items() if regret > short}
    outpriced = {wish for wish in bench.published if bound.burdens.get(wish, 0) > short}
    needed = [wish for wish in homeless if wish in held]
    return Overload(bench, needed, outpriced, held if wide else None).solve()


class Overload:
    """x[wish, slot] of the needed wishes; `leaves` and `dropped`: published meetings of their
    parties that leave their slot, or the fair; `others[slot]`: how many more leave, of others.

    `held`: what such an answer must hold; where it is given, those who leave for a needed wish
    have to find a slot too (`mobile`), and it is their neighbours whose whereabouts are forgotten.
    """

    def __init__(
        self,
        bench: Bench,
        needed: list[int],
        outpriced: set[int],
        held: set[int] | None = None,
    ) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - see above

        self.bench = bench
        self.parties = bench.reduction.parties
        self.solver = pywraplp.Solver.CreateSolver("CBC")
        self.solver.SetTimeLimit(round(1000 * PATIENCE))
        self.goal = self.solver.Objective()
        self.goal.SetMinimization()
        self.alone = _impossible(bench)
        self.slot_of = {w: t for w, t in _slots(bench).items() if w not in self.alone}
        self.needed, self.outpriced = needed, outpriced
        self.near = {party for wish in needed for party in self.parties[wish]}
        self.mobile = self._mobile() if held is not None else {}
        self.near |= {party for wish in self.mobile for party in self.parties[wish]}
        self.x: dict[tuple[int, int], Any] = {}
        self.leaves: dict[int, Any] = {}
        self.dropped: dict[int, Any] = {}
        for wish in needed:
            self._choose(wish, least=1, most=1)
        for wish, slot in self.mobile.items():
            self._choose(wish, least=int(wish in (held or ())), most=int(wish not in outpriced))
            self.goal.SetCoefficient(self.x[wish, slot], -1)
        self._leavers()
        if not self.mobile:
            self._load()
        self._seats()
        self._places()

    def _mobile(self) -> dict[int, int]:
        """The published meetings of the parties near, which from now on choose their slot too."""
        mobile = {
            w: t for w, t in self.slot_of.items() if not self.near.isdisjoint(self.parties[w])
        }
        for wish in mobile:
            del self.slot_of[wish]
        return mobile

    def _choose(self, wish: int, least: int, most: int) -> None:
        once = self.solver.Constraint(least, most)
        for slot in positions_of(self.bench.reduction.masks[wish]):
            self.x[wish, slot] = self.solver.BoolVar("")
            once.SetCoefficient(self.x[wish, slot], 1)

    def _leavers(self) -> None:
        """Those who stay where they were, or leave: one by one near, by their number elsewhere."""
        around: dict[int, int] = defaultdict(int)
        for wish, slot in self.slot_of.items():
            gone = wish in self.outpriced
            if self.near.isdisjoint(self.parties[wish]) and not gone:
                around[slot] += 1
            else:
                self.leaves[wish] = self.solver.BoolVar("")
                self.goal.SetCoefficient(self.leaves[wish], 1)
                self.dropped[wish] = self.solver.IntVar(int(gone), 1, "")
                self._row(0, [self.dropped[wish]], [self.leaves[wish]])
        self.others = {slot: self.solver.IntVar(0, count, "") for slot, count in around.items()}
        for variable in self.others.values():
            self.goal.SetCoefficient(variable, 1)

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
            mine = [w for w in self.leaves if party in self.parties[w]]
            wanted = [w for w in self.needed if party in self.parties[w]]
            taking = [x for (wish, _), x in self.x.items() if wish in wanted]
            self._row(seats - len(mine), taking, [self.dropped[wish] for wish in mine])

    def _seats(self) -> None:
        """H2; the limits of H5 and H7 are left out, which only makes the bound lower."""
        taking: dict[tuple[int, int], list[Any]] = defaultdict(list)
        staying: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for (wish, slot), literal in self.x.items():
            for party in self.parties[wish]:
                taking[party, slot].append(literal)
        for wish, literal in self.leaves.items():
            for party in self.parties[wish]:
                staying[party, self.slot_of[wish]].append(literal)
        for (party, slot), literals in taking.items():
            room = self.bench.reduction.seats[party][slot] - len(staying[party, slot])
            self._row(room, literals, staying[party, slot])

    def _places(self) -> None:
        """H3, H9, H10, through the families of places."""
        for family in self.bench.reduction.families:
            members = set(family.members)
            held = Counter(t for wish, t in self.slot_of.items() if wish in members)
            taking, leaving = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
            for (wish, slot), literal in self.x.items():
                if wish in members:
                    taking[slot].append(literal)
            for wish, literal in self.leaves.items():
                if wish in members:
                    leaving[self.slot_of[wish]].append(literal)
            for slot, literal in self.others.items():
                leaving[slot].append(literal)
            for slot in taking.keys() | held.keys():
                self._row(family.capacity[slot] - held[slot], taking[slot], leaving[slot])

    def solve(self) -> int:
        """The proven least number of meetings that leave their slot."""
        status = self.solver.Solve()
        if status == self.solver.INFEASIBLE:
            return 0
        least = len(self.mobile) + self.goal.BestBound()
        return len(self.alone) + max(0, -int(-(least - 1e-6) // 1))
