# SPDX-License-Identifier: EUPL-1.2
"""What happens during a fair, and the fair that is left after it: the past promised, the missing
taken out.
"""

import dataclasses
from dataclasses import dataclass

from scheduler.problem import Fixed, Id, Party, Place, Problem, Wish
from scheduler.solution import Meeting, Solution


@dataclass(frozen=True)
class Closure:
    """A place that closes from a slot on (until a slot, included)."""

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
    wishes = []
    for wish in (*problem.wishes, *event.wishes):
        meeting = held.get(wish.id)
        if meeting is not None and problem.slot_index[meeting.slot] < now:
            wishes.append(
                dataclasses.replace(wish, fixed=Fixed(meeting.slot, meeting.place), slots=None)
            )
        elif not gone.intersection(wish.parties):
            wishes.append(_later(problem, wish, event, now))
    known = {wish.id for wish in wishes}
    kept = tuple(
        dataclasses.replace(w, after=tuple(v for v in w.after if v in known)) for w in wishes
    )
    return dataclasses.replace(
        problem,
        parties=tuple(
            _present(problem, party, event, now) for party in (*problem.parties, *event.late)
        ),
        places=tuple(_open(problem, place, event, now) for place in problem.places),
        wishes=kept,
        mode="optimise",
        digest="",
    )


def _later(problem: Problem, wish: Wish, event: Event, now: int) -> Wish:
    """A wish that may still be placed, from `now` on; a promise that can no longer hold is let
    go.
    """
    allowed = wish.slots if wish.slots is not None else tuple(slot.id for slot in problem.slots)
    slots = tuple(slot for slot in allowed if problem.slot_index[slot] >= now)
    fixed = wish.fixed
    if fixed is not None:
        away = any(
            absence.party in wish.parties and _during(problem, absence, now, fixed.slot)
            for absence in event.absent
        )
        shut = any(
            c.place == fixed.place and _during(problem, c, now, fixed.slot) for c in event.close
        )
        past = problem.slot_index[fixed.slot] < now
        fixed = None if away or shut or past else fixed
    return dataclasses.replace(wish, slots=slots, fixed=fixed, must=False)


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


def _open(problem: Problem, place: Place, event: Event, now: int) -> Place:
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
