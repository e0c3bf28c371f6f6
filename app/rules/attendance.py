# SPDX-License-Identifier: EUPL-1.2
"""Which delegate of a registration takes which meeting: fair, stable, never two at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sitting:
    """A meeting to be taken: its request, its slot, and the registrations that meet."""

    request: int
    slot: int
    registrations: tuple[int, ...]


@dataclass(frozen=True)
class Person:
    """A delegate, by rank in the registration, with the slots at which this person is away."""

    id: int
    rank: int = 0
    away: frozenset[int] = frozenset()


class NobodyLeft(Exception):
    """A registration has more meetings in a slot than people who are there."""

    def __init__(self, registration: int, slot: int) -> None:
        super().__init__(f"registration {registration} has nobody left in slot {slot}")
        self.registration, self.slot = registration, slot


def share_out(
    sittings: Iterable[Sitting],
    people: Mapping[int, Sequence[Person]],
    kept: Mapping[int, frozenset[int]],
) -> dict[int, frozenset[int]]:
    """Give each meeting one delegate of each registration.

    people: registration → its delegates. kept: request → the delegates who had it in the same
    slot; they keep it where they can, so that nobody's agenda moves without need. Others go to
    whoever has fewest meetings so far, in the order of rank. Returns request → delegates.

    Errors: NobodyLeft.
    """
    share = _Share(people)
    asked = sorted(
        (one.slot, one.request, party) for one in sittings for party in one.registrations
    )
    others = [ask for ask in asked if not share.keep(*ask, kept.get(ask[1], frozenset()))]
    for slot, request, registration in others:
        share.give(slot, request, registration)
    return {request: frozenset(delegates) for request, delegates in share.given.items()}


class _Share:
    """The dealing under way: who is taken when, and how many meetings each has."""

    def __init__(self, people: Mapping[int, Sequence[Person]]) -> None:
        self.people = people
        self.taken: set[tuple[int, int]] = set()
        self.load: Counter[int] = Counter()
        self.given: dict[int, set[int]] = defaultdict(set)

    def keep(self, slot: int, request: int, registration: int, before: frozenset[int]) -> bool:
        for person in self._free(slot, registration):
            if person.id in before:
                self._seat(person, slot, request)
                return True
        return False

    def give(self, slot: int, request: int, registration: int) -> None:
        free = self._free(slot, registration)
        if not free:
            raise NobodyLeft(registration, slot)
        self._seat(min(free, key=lambda one: (self.load[one.id], one.rank, one.id)), slot, request)

    def _free(self, slot: int, registration: int) -> list[Person]:
        return [
            person
            for person in self.people.get(registration, ())
            if slot not in person.away and (person.id, slot) not in self.taken
        ]

    def _seat(self, person: Person, slot: int, request: int) -> None:
        self.taken.add((person.id, slot))
        self.load[person.id] += 1
        self.given[request].add(person.id)
