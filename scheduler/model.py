# SPDX-License-Identifier: EUPL-1.2
"""The hard rules as a CP-SAT model, of a whole small fair or of a window of a large one.

OR-Tools is imported here because loading it takes a fifth of a second.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scheduler.reduce import Reduction, positions_of


class Model:
    """Wishes that are free to move, among others that stay; `x[wish, slot]` is true when it is
    placed there.

    `kept`: wish → slot of the meetings that stay; `lean`: leave out `used` where no rule needs
    it. Each rule has its twin in `check.py`.
    """

    def __init__(
        self,
        reduction: Reduction,
        free: Iterable[int] | None = None,
        kept: Mapping[int, int] | None = None,
        *,
        lean: bool = False,
    ) -> None:
        self._begin()
        self.reduction = reduction
        self.lean = lean
        self.free = list(range(len(reduction.parties))) if free is None else sorted(free)
        self.kept = dict(kept or {})
        self.x: dict[tuple[int, int], Any] = {}
        self.used: dict[tuple[int, int], Any] = {}
        self.wishes_of: dict[int, list[int]] = defaultdict(list)
        self.held: dict[tuple[int, int], int] = defaultdict(int)
        for wish, slot in self.kept.items():
            for party in reduction.parties[wish]:
                self.held[party, slot] += 1
        for rule in (
            self._once,
            self._seats,
            self._places,
            self._quotas,
            self._gaps_and_runs,
            self._order,
        ):
            rule()

    def _begin(self) -> None:
        """What the rules are written into."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - see above

        self.cp: Any = cp_model
        self.model: Any = cp_model.CpModel()

    def at_most(self, literals: list[Any], most: int) -> None:
        """Of these literals, so many may be true."""
        self.model.add(sum(literals) <= most)

    def _once(self) -> None:
        """H1, H4, H8."""
        full: dict[int, int] = defaultdict(int)
        for (party, slot), count in self.held.items():
            if count >= self.reduction.seats[party][slot]:
                full[party] |= 1 << slot
        for wish in self.free:
            bits = self.reduction.masks[wish]
            for party in self.reduction.parties[wish]:
                bits &= ~full[party]
            literals = []
            for slot in positions_of(bits):
                self.x[wish, slot] = self.model.new_bool_var("")
                literals.append(self.x[wish, slot])
            if self.reduction.due[wish]:
                self.model.add_exactly_one(literals)
            else:
                self.model.add_at_most_one(literals)
            for party in self.reduction.parties[wish]:
                self.wishes_of[party].append(wish)

    def meetings(self, party: int, slot: int) -> list[Any]:
        """The literals of a party's free meetings in a slot."""
        return [self.x[wish, slot] for wish in self.wishes_of[party] if (wish, slot) in self.x]

    def _seats(self) -> None:
        """H2; `used[party, slot]` says whether the party meets."""
        for party, wishes in self.wishes_of.items():
            for slot in range(len(self.reduction.day_of)):
                literals = self.meetings(party, slot)
                room = self.reduction.seats[party][slot] - self.held[party, slot]
                if not literals:
                    continue
                if self.lean and self.reduction.problem.parties[party].max_run is None:
                    if len(literals) > room:
                        self.at_most(literals, room)
                    continue
                used = self.used[party, slot] = self.model.new_bool_var("")
                if room == 1:
                    self.model.add_exactly_one([*literals, ~used])
                else:
                    self.model.add_max_equality(used, literals)
                    if len(literals) > room:
                        self.at_most(literals, room)
                if self.held[party, slot]:
                    del self.used[party, slot]
            if (
                not self.lean
                and all(self.reduction.due[w] for w in wishes)
                and max(self.reduction.seats[party], default=0) == 1
            ):
                mine = [
                    self.used[party, t]
                    for t in range(len(self.reduction.day_of))
                    if (party, t) in self.used
                ]
                self.model.add(sum(mine) == len(wishes))

    def _places(self) -> None:
        """H3, H9, H10, through the families of places; implied: at most so many people in a
        slot.
        """
        free = set(self.free)
        for family in self.reduction.families:
            members = [wish for wish in family.members if wish in free]
            staying = [self.kept[wish] for wish in family.members if wish in self.kept]
            pairs = all(len(self.reduction.parties[wish]) == 2 for wish in members)
            whole = len(self.reduction.families) == 1 and not staying and len(members) == len(free)
            single = all(max(self.reduction.seats[p], default=0) == 1 for p in self.wishes_of)
            for slot, capacity in enumerate(family.capacity):
                literals = [self.x[wish, slot] for wish in members if (wish, slot) in self.x]
                if len(literals) > capacity - staying.count(slot):
                    self.at_most(literals, capacity - staying.count(slot))
                    if pairs and whole and single:
                        people = [
                            self.used[p, slot] for p in self.wishes_of if (p, slot) in self.used
                        ]
                        self.at_most(people, 2 * capacity)

    def _of_party(self, party: int, slots: Iterable[int]) -> tuple[list[Any], int]:
        """Literals of a party's free meetings in some slots, and how many meetings it keeps
        there.
        """
        spans = list(slots)
        return [x for t in spans for x in self.meetings(party, t)], sum(
            self.held[party, t] for t in spans
        )

    def _at_most(self, party: int, slots: Iterable[int], most: int) -> None:
        literals, held = self._of_party(party, slots)
        if len(literals) + held > most:
            self.at_most(literals, max(0, most - held))

    def _quotas(self) -> None:
        """H7: meetings in all and per day."""
        days = set(self.reduction.day_of)
        for party in self.wishes_of:
            person = self.reduction.problem.parties[party]
            if person.max_meetings is not None:
                self._at_most(party, range(len(self.reduction.day_of)), person.max_meetings)
            if person.max_per_day is not None:
                for day in days:
                    slots = [t for t, d in enumerate(self.reduction.day_of) if d == day]
                    self._at_most(party, slots, person.max_per_day)

    def _gaps_and_runs(self) -> None:
        """H5 and H7's longest run, in windows of a half-day."""
        blocks: dict[int, list[int]] = defaultdict(list)
        for slot, half in enumerate(self.reduction.block_of):
            blocks[half].append(slot)
        for party in self.wishes_of:
            person = self.reduction.problem.parties[party]
            for block in blocks.values():
                for first in range(len(block)):
                    window = block[first : first + person.gap + 1]
                    if person.gap:
                        self._at_most(
                            party, window, max(self.reduction.seats[party][t] for t in window)
                        )
                    longest = block[first : first + (person.max_run or 0) + 1]
                    if person.max_run is not None and len(longest) > person.max_run:
                        self._break_run(party, longest)

    def _break_run(self, party: int, run: list[int]) -> None:
        """Not every slot of the run may be in use."""
        literals = [~self.used[party, t] for t in run if (party, t) in self.used]
        if all(self.held[party, t] or (party, t) in self.used for t in run) and literals:
            self.model.add_bool_or(literals)

    def _order(self) -> None:
        """H6, when both are placed."""
        free = set(self.free)
        for wish, earlier in enumerate(self.reduction.after):
            for other in earlier:
                if wish in free or other in free:
                    for slot, one in self._times(wish):
                        for late, two in self._times(other):
                            if late >= slot:
                                self.model.add_bool_or([~x for x in (one, two) if x is not None])

    def _times(self, wish: int) -> list[tuple[int, Any]]:
        if wish in self.kept:
            return [(self.kept[wish], None)]
        return [(t, self.x[wish, t]) for t in self.reduction.allowed[wish] if (wish, t) in self.x]

    def slots(self, values: Callable[[Any], Any]) -> dict[int, int]:
        """Wish → slot, read from an answer."""
        return {wish: slot for (wish, slot), literal in self.x.items() if values(literal)}
