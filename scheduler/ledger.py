# SPDX-License-Identifier: EUPL-1.2
"""The accounts of a schedule: seats, places and limits used, and what stands in the way of one
more meeting.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from scheduler.problem import Party, Place, Wish
from scheduler.reduce import PlaceClass, Reduction, bits_of, fits, place_class
from scheduler.solution import Change

# what a change costs an organiser; a drop costs the value dropped besides
ADMIT, LIMIT, DROP, ABSENT, PLACE, COLLEAGUE, NEVER = 1, 1, 1, 2, 2, 3, 10


class Ledger:
    """Who meets when, by position; `slots[w]`: slot of wish w or -1; `packed[p]`: slots in which
    party p has no seat left, as bits.
    """

    def __init__(self, reduction: Reduction, slots: Iterable[int]) -> None:
        self.reduction = reduction
        self.slots = list(slots)
        self.width = len(reduction.day_of)
        self.load = [0] * (self.width * len(reduction.seats))  # [party, slot] → meetings
        everywhere = (1 << self.width) - 1
        self.packed = [everywhere & ~bits for bits in reduction.present]
        self.of_party: list[list[int]] = [[] for _ in reduction.seats]
        self.used = [[0] * len(family.capacity) for family in reduction.families]
        self.placeable: dict[PlaceClass, int] = {}
        self.later: dict[int, list[int]] = defaultdict(list)
        for wish, earlier in enumerate(reduction.after):
            for other in earlier:
                self.later[other].append(wish)
        for wish, slot in enumerate(self.slots):
            if slot >= 0:
                self.enter(wish, slot)

    def enter(self, wish: int, slot: int) -> None:
        """Write one more meeting into the accounts."""
        self.slots[wish] = slot
        for party in self.reduction.parties[wish]:
            insort(self.of_party[party], wish)
            self._count(party, slot, 1)
        for family in self.reduction.families_of[wish]:
            self.used[family][slot] += 1

    def leave(self, wish: int) -> None:
        """Strike a meeting out of the accounts."""
        slot, self.slots[wish] = self.slots[wish], -1
        for party in self.reduction.parties[wish]:
            self.of_party[party].remove(wish)
            self._count(party, slot, -1)
        for family in self.reduction.families_of[wish]:
            self.used[family][slot] -= 1

    def _count(self, party: int, slot: int, more: int) -> None:
        cell = party * self.width + slot
        self.load[cell] += more
        if self.load[cell] >= self.reduction.seats[party][slot]:
            self.packed[party] |= 1 << slot
        else:
            self.packed[party] &= ~(1 << slot)

    def used_up(self) -> list[list[int]]:
        """Family → how its places stand in each slot: to spare (1), just enough (0), or too few."""
        return [
            [min(1, most - used) for most, used in zip(family.capacity, row, strict=True)]
            for family, row in zip(self.reduction.families, self.used, strict=True)
        ]

    @cached_property
    def cheapest_drop(self) -> float:
        return DROP + min((wish.value for wish in self.reduction.problem.wishes), default=0)

    def at(self, party: int, slot: int) -> list[int]:
        """The party's meetings in the slot."""
        return [wish for wish in self.of_party[party] if self.slots[wish] == slot]

    def seated(self, wish: int) -> int:
        """Slots, as bits, that the wish may use and in which all its parties have a seat left."""
        bits = self.reduction.masks[wish]
        for party in self.reduction.parties[wish]:
            bits &= ~self.packed[party]
        return bits

    def full(self, party: int, slot: int, without: int | None = None) -> bool:
        """Every seat of the party is taken in the slot, `without` one meeting."""
        if without is None or self.slots[without] != slot:
            return bool(self.packed[party] >> slot & 1)
        leaving = party in self.reduction.parties[without]
        cell = party * self.width + slot
        return self.load[cell] - leaving >= self.reduction.seats[party][slot]

    def no_place(self, wish: int, slot: int, without: int | None = None) -> bool:
        """Some family of places that the wish needs is used up."""
        for number in self.reduction.families_of[wish]:
            leaving = (
                without is not None
                and self.slots[without] == slot
                and number in self.reduction.families_of[without]
            )
            if self.used[number][slot] - leaving >= self.reduction.families[number].capacity[slot]:
                return True
        return False

    def limits(self, party: int, slot: int, without: int | None = None) -> list[str]:
        """The rules of the party (H5, H7) that one more meeting in the slot would break."""
        person = self.reduction.problem.parties[party]
        if person.max_meetings is person.max_per_day is person.max_run is None and not person.gap:
            return []
        held = [self.slots[wish] for wish in self.of_party[party] if wish != without]
        broken = []
        if person.max_meetings is not None and len(held) >= person.max_meetings:
            broken.append("max_meetings")
        day = [t for t in held if self.reduction.day_of[t] == self.reduction.day_of[slot]]
        if person.max_per_day is not None and len(day) >= person.max_per_day:
            broken.append("max_per_day")
        block = [t for t in held if self.reduction.block_of[t] == self.reduction.block_of[slot]]
        if person.max_run is not None and self._run(block, slot) > person.max_run:
            broken.append("max_run")
        if person.gap and not self._gap_holds(person, block, slot):
            broken.append("gap")
        return broken

    @staticmethod
    def _run(block: list[int], slot: int) -> int:
        first = last = slot
        while first - 1 in block:
            first -= 1
        while last + 1 in block:
            last += 1
        return last - first + 1

    def _gap_holds(self, person: Party, block: list[int], slot: int) -> bool:
        held = [*block, slot]
        same = [
            t for t, b in enumerate(self.reduction.block_of) if b == self.reduction.block_of[slot]
        ]
        for first in range(len(same)):
            window = same[first : first + person.gap + 1]
            if sum(t in window for t in held) > max(person.seats[t] for t in window):
                return False
        return True

    def out_of_order(self, wish: int, slot: int) -> list[int]:
        """Placed wishes whose precedence with this one the slot would break (H6)."""
        earlier = [v for v in self.reduction.after[wish] if self.slots[v] >= slot]
        later = [v for v in self.later.get(wish, ()) if 0 <= self.slots[v] <= slot]
        return earlier + later

    def fits(self, wish: int, slot: int) -> bool:
        """The wish could be added to the slot as things stand: it meets no obstacle there."""
        return (
            bool(self.seated(wish) >> slot & 1)
            and not any(self.limits(party, slot) for party in self.reduction.parties[wish])
            and not self.no_place(wish, slot)
            and not self.out_of_order(wish, slot)
        )

    def seat_cost(self, wish: int, slot: int) -> float:
        """What the missing seats alone would cost: no set of obstacles of the slot is cheaper."""
        return sum(
            COLLEAGUE if self.reduction.seats[party][slot] else ABSENT
            for party in self.reduction.parties[wish]
            if self.full(party, slot)
        )

    def obstacles(
        self, wish: int, slot: int, without: int | None = None
    ) -> list[tuple[Change, float]]:
        """The elementary changes that would let the wish in, with their costs, once `without` is
        dropped.
        """
        problem = self.reduction.problem
        item, slot_id = problem.wishes[wish], problem.slots[slot].id
        found: list[tuple[Change, float]] = []
        if problem.is_forbidden(item):
            found.append((Change("never"), NEVER))
        if (item.slots is not None and slot_id not in item.slots) or (
            item.fixed and item.fixed.slot != slot_id
        ):
            found.append((Change("allow", slot=slot_id), ADMIT))
        for party in self.reduction.parties[wish]:
            name = problem.parties[party].id
            if self.full(party, slot, without):
                cost = COLLEAGUE if self.reduction.seats[party][slot] else ABSENT
                found.append((Change("seat", slot=slot_id, party=name), cost))
            found += [
                (Change("quota", party=name, rule=rule), LIMIT)
                for rule in self.limits(party, slot, without)
            ]
        if self._lacks_place(wish, slot) or self.no_place(wish, slot, without):
            found.append((Change("place", slot=slot_id), PLACE))
        for other in self.out_of_order(wish, slot):
            if other != without:
                other_item = problem.wishes[other]
                found.append((Change("drop", wish=other_item.id), DROP + other_item.value))
        return found

    def _lacks_place(self, wish: int, slot: int) -> bool:
        """No suitable place is open in the slot at all."""
        if self.reduction.masks[wish] >> slot & 1:
            return False
        return not self._placeable(wish) >> slot & 1

    def _placeable(self, wish: int) -> int:
        """Slots, as bits, in which some place suits the wish."""
        problem = self.reduction.problem
        item = problem.wishes[wish]
        if problem.is_online(item):
            return (1 << self.width) - 1
        wanted = place_class(problem, item)
        if wanted is None:  # its place is promised
            return self._opening(place for place in problem.places if self._promised(item, place))
        if wanted not in self.placeable:
            self.placeable[wanted] = self._opening(p for p in problem.places if fits(p, wanted))
        return self.placeable[wanted]

    def _promised(self, wish: Wish, place: Place) -> bool:
        fixed = wish.fixed
        return (
            fixed is not None
            and fixed.place == place.id
            and self.reduction.problem.suits(wish, place)
        )

    def _opening(self, places: Iterable[Place]) -> int:
        index = self.reduction.problem.slot_index
        bits = 0
        for place in places:
            bits |= (
                (1 << self.width) - 1
                if place.slots is None
                else bits_of({index[slot] for slot in place.slots})
            )
        return bits
