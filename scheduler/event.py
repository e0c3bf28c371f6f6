# SPDX-License-Identifier: EUPL-1.2
"""What happens during a fair, and the fair that is left after it: the past promised, the missing
taken out.
"""

import dataclasses
from dataclasses import dataclass
from typing import TypeVar

from scheduler.problem import Fixed, Id, Party, Place, Problem, Room, Wish
from scheduler.solution import Meeting, Solution

Where = TypeVar("Where", Place, Room)


@dataclass(frozen=True)
class Closure:
    """A place, or a workshop room, that closes from a slot on (until a slot, included)."""

    place: Id
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Absence:
    """A party that is away from a slot on (until a slot, included)."""

    party: Id
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Event:
    """Everything before slot `now` is frozen; a gain of less than `theta` per moved meeting is
    not worth it.
    """

    now: int
    cancel: tuple[Id, ...] = ()
    close: tuple[Closure, ...] = ()
    late: tuple[Party, ...] = ()
    wishes: tuple[Wish, ...] = ()
    absent: tuple[Absence, ...] = ()
    theta: float = 0.0


def after_event(problem: Problem, published: Solution, event: Event) -> Problem:
    """The fair that is left: past meetings promised as they were held, later ones free among
    later slots.
    """
    now = problem.slot_index[event.now]
    held = {meeting.wish: meeting for meeting in published.meetings}
    gone = set(event.cancel)
    later = tuple(slot.id for slot in problem.slots[now:])
    wishes = []
    for wish in (*problem.wishes, *event.wishes):
        meeting = held.get(wish.id)
        if meeting is not None and problem.slot_index[meeting.slot] < now:
            wishes.append(_held(wish, meeting))
        elif gone.isdisjoint(wish.parties):
            wishes.append(_later(problem, wish, event, later))
    return dataclasses.replace(
        problem,
        parties=tuple(
            _present(problem, party, event, now) for party in (*problem.parties, *event.late)
        ),
        places=tuple(_open(problem, place, event, now) for place in problem.places),
        rooms=tuple(_open(problem, room, event, now) for room in problem.rooms),
        wishes=_after_one_another(wishes),
        mode="optimise",
        digest="",
    )


def _after_one_another(wishes: list[Wish]) -> tuple[Wish, ...]:
    """The same wishes, whose precedences name only those that are left."""
    known = {wish.id for wish in wishes}
    return tuple(
        wish
        if known.issuperset(wish.after)
        else dataclasses.replace(wish, after=tuple(other for other in wish.after if other in known))
        for wish in wishes
    )


def _held(wish: Wish, meeting: Meeting) -> Wish:
    """A wish promised as it was held; built outright, since `replace` takes three times as long."""
    fixed = Fixed(meeting.slot, meeting.place)
    return Wish(wish.id, wish.parties, wish.value, None, fixed, wish.must, wish.after)


def _later(problem: Problem, wish: Wish, event: Event, later: tuple[int, ...]) -> Wish:
    """A wish that may still be placed, in the slots to come; a promise that can no longer hold is
    let go.
    """
    slots = later if wish.slots is None else tuple(slot for slot in wish.slots if slot in later)
    fixed = wish.fixed
    if fixed is not None:
        first = problem.slot_index[later[0]]
        away = any(
            absence.party in wish.parties and _during(problem, absence, first, fixed.slot)
            for absence in event.absent
        )
        shut = any(
            c.place == fixed.place and _during(problem, c, first, fixed.slot) for c in event.close
        )
        fixed = None if away or shut or fixed.slot not in later else fixed
    return Wish(wish.id, wish.parties, wish.value, slots, fixed, False, wish.after)


def let_go(problem: Problem, wishes: set[Id]) -> Problem:
    """The same fair, where some promises to come are no longer made."""
    return dataclasses.replace(
        problem,
        wishes=tuple(
            dataclasses.replace(w, fixed=None) if w.id in wishes else w for w in problem.wishes
        ),
    )


def _during(problem: Problem, span: Closure | Absence, now: int, slot: int) -> bool:
    first = problem.slot_index[span.first] if span.first is not None else now
    last = problem.slot_index[span.last] if span.last is not None else len(problem.slots) - 1
    return max(first, now) <= problem.slot_index[slot] <= last


def _present(problem: Problem, party: Party, event: Event, now: int) -> Party:
    """Seats after absences and cancellations; the past is left as it was."""
    spans = [absence for absence in event.absent if absence.party == party.id]
    gone = party.id in event.cancel
    if not spans and not gone:
        return party
    seats = tuple(
        0
        if t >= now and (gone or any(_during(problem, span, now, slot.id) for span in spans))
        else n
        for t, (slot, n) in enumerate(zip(problem.slots, party.seats, strict=True))
    )
    return dataclasses.replace(party, seats=seats)


def _open(problem: Problem, place: Where, event: Event, now: int) -> Where:
    spans = [closure for closure in event.close if closure.place == place.id]
    if not spans:
        return place
    opening = place.slots if place.slots is not None else tuple(slot.id for slot in problem.slots)
    left = tuple(
        slot for slot in opening if not any(_during(problem, span, now, slot) for span in spans)
    )
    return dataclasses.replace(place, slots=left)


def future(problem: Problem, published: Solution, now: int) -> list[Meeting]:
    """The published meetings from slot `now` on."""
    begin = problem.slot_index[now]
    return [meeting for meeting in published.meetings if problem.slot_index[meeting.slot] >= begin]
