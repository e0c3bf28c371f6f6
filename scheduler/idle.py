# SPDX-License-Identifier: EUPL-1.2
"""How few idle slots any schedule of this value can have (G2), proven party by party.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from scheduler import goals
from scheduler.bounds import SLACK, Bound
from scheduler.problem import Number
from scheduler.reduce import Reduction

BEFORE, WITHIN, AFTER = range(3)  # where a day stands: not begun, between two activities, over
LARGEST_GROUP = 8  # parties looked at together

Node = tuple[int, int, int]  # slots gone by, meetings held so far, where the day stands


@dataclass(frozen=True)
class LeastIdle:
    """`total`: idle slots of all parties; `worst`: of the party that waits longest; no schedule of
    this value has fewer.
    """

    total: int = 0
    worst: int = 0


@dataclass(frozen=True)
class Fate:
    """What the bound of the value settles: the wishes that every schedule of a value holds
    (`sure`), and the slots that the others may still use (`allowed`, none for those it never
    holds).
    """

    reduction: Reduction
    sure: frozenset[int]
    allowed: tuple[tuple[int, ...], ...]
    wishes: dict[int, list[int]]

    @property
    def days(self) -> list[list[int]]:
        return list(goals.days(self.reduction.problem).values())


def fate_of(reduction: Reduction, bound: Bound, value: Number) -> Fate:
    """Reduced-cost fixing: a wish whose loss, or whose presence, would cost more than there is to
    spare.
    """
    spare = bound.exact - value + SLACK * (1 + bound.exact)
    sure = {wish for wish, loss in bound.regrets.items() if loss > spare}
    sure |= {wish for wish, due in enumerate(reduction.due) if due}
    never = {wish for wish, loss in bound.burdens.items() if loss > spare}
    allowed = tuple(() if w in never else slots for w, slots in enumerate(reduction.allowed))
    wishes: dict[int, list[int]] = defaultdict(list)
    for wish, slots in enumerate(allowed):
        for party in reduction.parties[wish] if slots else ():
            wishes[party].append(wish)
    return Fate(reduction, frozenset(sure), allowed, wishes)


class DayPatterns:
    """The linear programme of a group of parties: each walks through its days, meeting or idle, and
    every wish is met in the same slot by both sides.

    The days of a party are paths in a network over (slot, meetings so far, before/within/after), so
    that fractions of different numbers of meetings cannot be mixed.
    Source: Dantzig and Wolfe (1960), in the arc form; Hansen et al. for reduced-cost fixing.
    """

    def __init__(self, fate: Fate, group: Iterable[int]) -> None:
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - see above

        self.fate = fate
        self.group = tuple(group)
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.solver.Objective().SetMinimization()
        self.met: dict[tuple[int, int], Any] = {}
        self.asking: dict[tuple[int, int], int] = defaultdict(int)
        self._wishes()
        for party in self.group:
            self._walk(party)

    def _wishes(self) -> None:
        """x[wish, slot], summed per party and slot into the meetings it holds there."""
        inside = set(self.group)
        for wish in sorted({wish for party in self.group for wish in self.fate.wishes[party]}):
            once = self.solver.Constraint(1 if wish in self.fate.sure else 0, 1)
            for slot in self.fate.allowed[wish]:
                variable = self.solver.NumVar(0, self.solver.infinity(), "")
                once.SetCoefficient(variable, 1)
                for party in inside.intersection(self.fate.reduction.parties[wish]):
                    key = party, slot
                    if key not in self.met:
                        self.met[key] = self.solver.Constraint(0, 0)
                    self.met[key].SetCoefficient(variable, 1)
                    self.asking[key] += 1

    def _walk(self, party: int) -> None:
        """The network of a party's days."""
        wishes = self.fate.wishes[party]
        least, most = sum(wish in self.fate.sure for wish in wishes), len(wishes)
        seats = self.fate.reduction.seats[party]
        room = [min(seats[t], self.asking[party, t]) for t in range(len(seats))]
        ahead = sum(room)
        rows: dict[Node, Any] = {}
        here = {(0, BEFORE)}
        gone = 0
        for day in self.fate.days:
            here = {(held, BEFORE) for held, _ in here}
            self._join(rows, gone, here)
            for slot in day:
                ahead -= room[slot]
                here = self._step(party, slot, gone, here, (least - ahead, most), rows)
                gone += 1
        self._ends(rows, gone, here)

    def _join(self, rows: dict[Node, Any], gone: int, here: Iterable[tuple[int, int]]) -> None:
        """A new day begins: wherever the day before stood, it has not begun."""
        for held, _ in here:
            row = self._row(rows, (gone, held, BEFORE))
            for stood in (WITHIN, AFTER):
                last = rows.get((gone, held, stood))
                if last is not None:
                    variable = self.solver.NumVar(0, self.solver.infinity(), "")
                    last.SetCoefficient(variable, -1)
                    row.SetCoefficient(variable, 1)

    def _step(
        self,
        party: int,
        slot: int,
        gone: int,
        here: Iterable[tuple[int, int]],
        needed: tuple[int, int],
        rows: dict[Node, Any],
    ) -> set[tuple[int, int]]:
        """Every way through one slot: so many meetings, or none and idle when between two."""
        reduction = self.fate.reduction
        seats, busy = reduction.seats[party][slot], slot in reduction.busy[party]
        most = min(seats, self.asking[party, slot])
        reached = set()
        for held, stood in sorted(here):
            for load in range(most + 1):
                if needed[0] <= held + load <= needed[1]:
                    for stands in ways(stood, active=busy or load > 0):
                        variable = self.solver.NumVar(0, self.solver.infinity(), "")
                        self._row(rows, (gone, held, stood)).SetCoefficient(variable, -1)
                        end = self._row(rows, (gone + 1, held + load, stands))
                        end.SetCoefficient(variable, 1)
                        if load:
                            self.met[party, slot].SetCoefficient(variable, -load)
                        elif stands == WITHIN and not busy and seats:
                            self.solver.Objective().SetCoefficient(variable, 1)
                        reached.add((held + load, stands))
        return reached

    def _row(self, rows: dict[Node, Any], node: Node) -> Any:
        """What comes into a node leaves it; one unit comes into the first."""
        if node not in rows:
            enters = -1 if node == (0, 0, BEFORE) else 0
            rows[node] = self.solver.Constraint(enters, enters)
        return rows[node]

    def _ends(self, rows: dict[Node, Any], gone: int, here: Iterable[tuple[int, int]]) -> None:
        whole = self.solver.Constraint(1, 1)
        for held, stood in here:
            variable = self.solver.NumVar(0, self.solver.infinity(), "")
            rows[gone, held, stood].SetCoefficient(variable, -1)
            whole.SetCoefficient(variable, 1)

    def solve(self) -> int:
        """The idle slots that the group cannot avoid; 0 where the programme fails."""
        if self.solver.Solve() != self.solver.OPTIMAL:
            return 0
        return max(0, math.ceil(self.solver.Objective().Value() - SLACK))


def waits_in(reduction: Reduction, slots: list[int]) -> dict[int, int]:
    """Party → its idle slots, where it has any (wish → slot or -1)."""
    active = [set(busy) for busy in reduction.busy]
    for parties, slot in zip(reduction.parties, slots, strict=True):
        for party in parties if slot >= 0 else ():
            active[party].add(slot)
    found: dict[int, int] = {}
    days = list(goals.days(reduction.problem).values())
    for party, used in enumerate(active):
        seats = reduction.seats[party]
        for day in days:
            here = [position for position, slot in enumerate(day) if slot in used]
            if len(here) > 1 and len(here) <= here[-1] - here[0]:
                inside = set(day[here[0] : here[-1]]) - used
                idle = sum(seats[slot] > 0 for slot in inside)
                if idle:
                    found[party] = found.get(party, 0) + idle
    return found


def ways(stood: int, *, active: bool) -> tuple[int, ...]:
    """Where a day may stand after a slot, given where it stood before it."""
    if active:
        return () if stood == AFTER else (WITHIN,)
    return (AFTER, WITHIN) if stood == WITHIN else (stood,)


def least_idle(
    fate: Fate, waits: dict[int, int], stop: Callable[[], bool] = lambda: False
) -> LeastIdle:
    """The idle slots that no schedule of this value avoids.

    `waits`: party → its idle slots in an answer of this value; nobody else can have a bound above
    0. A party whose own bound stays below is looked at again together with those it meets, each
    party in one group at most, so that the bounds of groups add up.
    """
    alone: dict[int, int] = {}
    longest_first = sorted((p for p, idle in waits.items() if idle), key=lambda p: (-waits[p], p))
    for party in longest_first:
        if stop():
            break
        alone[party] = DayPatterns(fate, [party]).solve()
    total, grouped = sum(alone.values()), set[int]()
    for party in alone:
        if waits[party] == alone[party] or party in grouped or stop():
            continue
        group = company_of(fate, party, grouped)
        gain = DayPatterns(fate, group).solve() - sum(alone.get(one, 0) for one in group)
        if gain > 0:
            total += gain
            grouped.update(group)
    return LeastIdle(total, max(alone.values(), default=0))


def company_of(fate: Fate, party: int, taken: set[int]) -> list[int]:
    """A party and those it is to meet, those with the fewest slots in common first."""
    wishes = sorted(fate.wishes[party], key=lambda wish: (len(fate.allowed[wish]), wish))
    others = (p for wish in wishes for p in fate.reduction.parties[wish] if p not in taken)
    return list(dict.fromkeys((party, *others)))[:LARGEST_GROUP]
