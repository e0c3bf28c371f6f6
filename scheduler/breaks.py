# SPDX-License-Identifier: EUPL-1.2
"""Mode "all" as a CP-SAT model: every wish placed, the fewest breaks.

What makes the proof short: a literal for the unbroken run of each party, and tables counted over
parties that host a slot's meetings instead of over the meetings themselves.
"""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import Any

from scheduler.model import Model
from scheduler.reduce import Reduction
from scheduler.runs import Starts


class BreakModel(Model):
    """Every wish placed; minimises the breaks. `steps[party][k]`: the party has more than k.

    `starts`: where unbroken runs can begin; `least`: breaks in all; `fairness`: the breaks of two
    parties differ by at most so many.
    """

    def __init__(
        self,
        reduction: Reduction,
        starts: Starts,
        least: int = 0,
        fairness: int | None = None,
    ) -> None:
        super().__init__(reduction)
        self.starts, self.least = starts, least
        self.begins: dict[int, dict[int, Any]] = {}
        self.steps: dict[int, list[Any]] = {}
        for party in self.wishes_of:
            self._count_breaks(party)
        for party in starts:
            self._run_or_break(party)
        for wish in self.free:
            self._runs_meet(wish)
        if fairness is not None:
            self._keep_even(fairness)
        for number, family in enumerate(reduction.families):
            for slot in range(len(family.capacity)):
                self._count_hosts(number, slot)
        breaks = sum(step for row in self.steps.values() for step in row)
        self.model.add(breaks >= least)
        self.model.minimize(breaks)

    def _count_breaks(self, party: int) -> None:
        """A break: has met, does not meet, meets next."""
        steps = self.steps[party] = []
        if len(self.wishes_of[party]) < 2:
            return
        met: Any = None
        holes = []
        for slot in range(len(self.reduction.day_of) - 1):
            used, following = self.used.get((party, slot)), self.used.get((party, slot + 1))
            if met is not None and following is not None:
                holes.append(self._hole([~met, ~following, *([] if used is None else [used])]))
            if used is not None:
                met = used if met is None else self._either(met, used)
        most = min(len(holes), len(self.wishes_of[party]) - 1)
        steps += [self.model.new_bool_var("") for _ in range(most)]
        self.model.add(sum(holes) == sum(steps))
        for more, fewer in zip(steps[1:], steps, strict=False):
            self.model.add_implication(more, fewer)
        for hole in holes:
            self.model.add_implication(hole, steps[0])

    def _hole(self, clause: list[Any]) -> Any:
        """A literal equal to the denial of the clause."""
        hole = self.model.new_bool_var("")
        self.model.add_bool_or([*clause, hole])
        for literal in clause:
            self.model.add_implication(hole, ~literal)
        return hole

    def _either(self, one: Any, other: Any) -> Any:
        whole = self.model.new_bool_var("")
        self.model.add_bool_or([one, other, ~whole])
        self.model.add_implication(one, whole)
        self.model.add_implication(other, whole)
        return whole

    def _run_or_break(self, party: int) -> None:
        """A party has a break, or meets in one run: all of it, nothing outside."""
        length = len(self.wishes_of[party])
        begins = {first: self.model.new_bool_var("") for first in self.starts[party]}
        self.begins[party] = begins
        broken = self.steps[party][:1]
        self.model.add_exactly_one([*begins.values(), *broken])
        for slot in range(len(self.reduction.day_of)):
            used = self.used.get((party, slot))
            if used is None:
                continue
            cover = []
            for first, begin in begins.items():
                inside = first <= slot < first + length
                self.model.add_implication(begin, used if inside else ~used)
                cover += [begin] * inside
            self.model.add_bool_or([~used, *broken, *cover])

    def _runs_meet(self, wish: int) -> None:
        """The runs of parties that meet share a slot of their meeting."""
        allowed = self.reduction.allowed[wish]
        runs = {
            party: {
                first: {t for t in allowed if first <= t < first + len(self.wishes_of[party])}
                for first in self.begins[party]
            }
            for party in self.reduction.parties[wish]
            if party in self.begins
        }
        for one, mine in runs.items():
            for other, theirs in runs.items():
                if one != other:
                    self._share_a_slot(one, mine, other, theirs)

    def _share_a_slot(
        self, one: int, mine: Mapping[int, set[int]], other: int, theirs: Mapping[int, set[int]]
    ) -> None:
        for first, slots in mine.items():
            near = [self.begins[other][t] for t, there in theirs.items() if slots & there]
            if len(near) < len(theirs):
                clause = [~self.begins[one][first], *near, *self.steps[other][:1]]
                self.model.add_bool_or(clause)

    def _keep_even(self, most: int) -> None:
        """The breaks of any two parties differ by at most `most`: if somebody has k + most,
        everybody has k.
        """
        longest = max((len(steps) for steps in self.steps.values()), default=0)
        for k in range(longest - most):
            somebody = self.model.new_bool_var("")
            for steps in self.steps.values():
                if k + most < len(steps):
                    self.model.add_implication(steps[k + most], somebody)
                self.model.add_implication(somebody, steps[k] if k < len(steps) else ~somebody)

    def _count_hosts(self, family: int, slot: int) -> None:
        """H3 again, counted over hosts: each meeting of the slot belongs to one of its parties
        that meets once at most; a party that owns all its meetings counts as `used`.

        Source: the clusters of Bofill et al., JAIR 74 (2022).
        """
        places = self.reduction.families[family]
        left = {w: self._single(w, slot) for w in places.members if (w, slot) in self.x}
        seats = [self.x[wish, slot] for wish, parties in left.items() if not parties]
        seats += [self._hosts(host, slot, wishes) for host, wishes in _shared_out(left)]
        if len(seats) > places.capacity[slot]:
            self.model.add(sum(seats) <= places.capacity[slot])

    def _single(self, wish: int, slot: int) -> list[int]:
        """The parties of a wish that have one seat in the slot."""
        return [p for p in self.reduction.parties[wish] if self.reduction.seats[p][slot] == 1]

    def _hosts(self, host: int, slot: int, wishes: list[int]) -> Any:
        """A literal: the party holds one of these meetings in the slot."""
        literals = [self.x[wish, slot] for wish in wishes]
        if len(literals) == len(self.meetings(host, slot)):
            return self.used[host, slot]
        if len(literals) == 1:
            return literals[0]
        hosting = self.model.new_bool_var("")
        self.model.add_exactly_one([*literals, ~hosting])
        return hosting


def _shared_out(parties_of: Mapping[int, list[int]]) -> list[tuple[int, list[int]]]:
    """Each wish with one of its parties, the party with the most wishes left first."""
    left: dict[int, set[int]] = defaultdict(set)
    for wish, parties in parties_of.items():
        for party in parties:
            left[party].add(wish)
    hosts = []
    queue = [(-len(wishes), party) for party, wishes in left.items()]
    heapify(queue)
    while queue:
        size, host = heappop(queue)
        wishes = left[host]
        if len(wishes) < -size:
            heappush(queue, (-len(wishes), host))
        elif wishes:
            hosts.append((host, sorted(wishes)))
            for wish in hosts[-1][1]:
                for party in parties_of[wish]:
                    left[party].discard(wish)
    return hosts
