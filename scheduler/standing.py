# SPDX-License-Identifier: EUPL-1.2
"""A published schedule after an event: the past, what can stay, and what fits beside it."""

import time
from dataclasses import dataclass, field

from scheduler.event import Event, future
from scheduler.ledger import Ledger
from scheduler.problem import Id, Number, Problem
from scheduler.reduce import Reduction, first_of, positions_of, reduce
from scheduler.search import Stop
from scheduler.solution import Meeting, Solution


@dataclass
class Bench:
    """A repair under way, everything by position.

    `published`: wish → its published meeting from `now` on, where still wanted; `frozen`: wish →
    slot of the past; `fresh`: wishes that the event brings; `freed`: parties who lose a published
    meeting; `ceiling`: a bound of the value that needs no solver, None when nothing proves one.
    """

    problem: Problem  # after the event
    reduction: Reduction
    now: int
    published: dict[int, Meeting]
    frozen: dict[int, int]
    fresh: list[int]
    freed: set[int]
    ceiling: Number | None
    seconds: float
    seed: int
    stop: Stop
    began: float = field(default_factory=time.monotonic)

    @property
    def until(self) -> float:
        return self.began + self.seconds

    def moves(self, slots: list[int]) -> int:
        """Published meetings that are not in their slot."""
        index = self.problem.slot_index
        return sum(slots[wish] != index[meeting.slot] for wish, meeting in self.published.items())

    def value(self, slots: list[int]) -> Number:
        """The value of the wishes placed."""
        wishes = self.problem.wishes
        return sum(wish.value for wish, slot in zip(wishes, slots, strict=True) if slot >= 0)

    def place_open(self, meeting: Meeting) -> bool:
        """The meeting's place is still open in its slot."""
        if meeting.place is None:
            return True
        place = self.problem.place_by_id.get(meeting.place)
        return place is not None and (place.slots is None or meeting.slot in place.slots)


def bench_of(
    problem: Problem,
    published: Solution,
    event: Event,
    losing: set[Id],
    ceiling: Number | None,
    *,
    seconds: float,
    seed: int,
    stop: Stop,
) -> Bench:
    """Sort the wishes of the fair after an event into past, published and fresh."""
    position = {wish.id: number for number, wish in enumerate(problem.wishes)}
    later = {
        position[m.wish]: m for m in future(problem, published, event.now) if m.wish in position
    }
    past = {
        position[m.wish]: problem.slot_index[m.slot]
        for m in published.meetings
        if m.wish in position and position[m.wish] not in later
    }
    fresh = [position[wish.id] for wish in event.wishes if wish.id in position]
    freed = {number for number, party in enumerate(problem.parties) if party.id in losing}
    now = problem.slot_index[event.now]
    return Bench(
        problem, reduce(problem), now, later, past, fresh, freed, ceiling, seconds, seed, stop
    )


def what_stays(bench: Bench) -> Ledger:
    """The published schedule without the meetings that can no longer be held as they are: first
    what is promised, then who keeps a place, then who lost it.
    """
    slots = [-1] * len(bench.reduction.parties)
    for wish, slot in bench.frozen.items():
        slots[wish] = slot
    ledger = Ledger(bench.reduction, slots)
    index, due = bench.problem.slot_index, bench.reduction.due
    wanted = {wish: index[meeting.slot] for wish, meeting in bench.published.items()}
    for wish, promised in enumerate(due):
        if promised and bench.reduction.masks[wish] and wish not in bench.frozen:
            wanted[wish] = first_of(bench.reduction.masks[wish])
    shut = {wish for wish, meeting in bench.published.items() if not bench.place_open(meeting)}
    for wish in sorted(sorted(wanted), key=lambda w: 2 * (not due[w]) + (w in shut)):
        if ledger.fits(wish, wanted[wish]):
            ledger.enter(wish, wanted[wish])
    return ledger


def broken_promises(ledger: Ledger) -> set[Id]:
    """Promised wishes for which what stays leaves no room: they can no longer all be held."""
    reduction = ledger.reduction
    return {
        wish.id
        for wish, due, slot in zip(
            reduction.problem.wishes, reduction.due, ledger.slots, strict=True
        )
        if due and slot < 0
    }


def fill(ledger: Ledger) -> None:
    """Place whoever still fits, the most valuable first, and move nobody."""
    wishes, slots = ledger.reduction.problem.wishes, ledger.slots
    waiting = [wish for wish, slot in enumerate(slots) if slot < 0]
    for wish in sorted(waiting, key=lambda w: (-wishes[w].value, w)):
        free = positions_of(ledger.seated(wish))
        slot = next((t for t in free if ledger.fits(wish, t)), -1)
        if slot >= 0:
            ledger.enter(wish, slot)
