# SPDX-License-Identifier: EUPL-1.2
"""Why a wish found no place, and the cheapest change that would free one."""

import dataclasses
from collections.abc import Iterable

from scheduler.goals import workshop_slots
from scheduler.ledger import DROP, Ledger
from scheduler.problem import Id, Party, Place, Problem, Wish
from scheduler.reduce import Reduction, place_class, positions_of, reduce
from scheduler.solution import Attendance, Change, Held, Meeting, Solution, Unblock, Unplaced

SHOWN = 12  # blocking wishes named at most


def reasons(reduction: Reduction, slots: Iterable[int], first: int = 0) -> tuple[Unplaced, ...]:
    """One primary cause and the cheapest unblock, from slot position `first` on, for each wish
    left out.
    """
    return Reasons(Ledger(reduction, slots), first).told()


class Reasons:
    """Why wishes are left out of a schedule, and of others that differ little from it: a reason
    is worked out again only where its parties, or the places it wants, are used otherwise.
    """

    def __init__(self, ledger: Ledger, first: int = 0) -> None:
        self.ledger = ledger
        self.first = first
        self.known: dict[int, Unplaced] = {}

    def told(self) -> tuple[Unplaced, ...]:
        """One reason for each wish left out."""
        for wish, slot in enumerate(self.ledger.slots):
            if slot < 0 and wish not in self.known:
                self.known[wish] = reason_for(self.ledger, wish, self.first)
        return tuple(self.known[wish] for wish, slot in enumerate(self.ledger.slots) if slot < 0)

    def follow(self, slots: list[int]) -> None:
        """Go on to another schedule, and forget the reasons that may have changed."""
        ledger, reduction = self.ledger, self.ledger.reduction
        places = ledger.used_up()
        other = [
            w for w, (old, new) in enumerate(zip(ledger.slots, slots, strict=True)) if old != new
        ]
        for wish in other:
            if ledger.slots[wish] >= 0:
                ledger.leave(wish)
        for wish in other:
            if slots[wish] >= 0:
                ledger.enter(wish, slots[wish])
        touched = {party for wish in other for party in reduction.parties[wish]}
        filled = {
            n
            for n, (old, new) in enumerate(zip(places, ledger.used_up(), strict=True))
            if old != new
        }
        for wish in list(self.known):
            bound = reduction.after[wish] or ledger.later.get(wish)
            places_differ = not filled.isdisjoint(reduction.families_of[wish])
            if bound or places_differ or not touched.isdisjoint(reduction.parties[wish]):
                del self.known[wish]


def reason_for(ledger: Ledger, wish: int, first: int = 0) -> Unplaced:
    """Why this wish, by position, is not placed."""
    problem = ledger.reduction.problem
    reason, parties, blocking = _cause(ledger, wish)
    return Unplaced(
        problem.wishes[wish].id,
        reason,
        tuple(problem.parties[party].id for party in parties),
        tuple(problem.wishes[other].id for other in blocking[:SHOWN]),
        cheapest_unblock(ledger, wish, first),
    )


def _cause(ledger: Ledger, wish: int) -> tuple[str, tuple[int, ...], list[int]]:
    """The primary cause, the parties it speaks of, and the wishes in the way."""
    reduction = ledger.reduction
    item, parties, allowed = (
        reduction.problem.wishes[wish],
        reduction.parties[wish],
        positions_of(reduction.masks[wish]),
    )
    if reduction.problem.is_forbidden(item):
        return "never", parties, []
    if not allowed:
        return ("no_place" if _meets_somewhere(reduction, wish) else "no_common_slot"), parties, []
    over = tuple(party for party in parties if all(ledger.limits(party, t) for t in allowed))
    if over:
        return "quota", over, _of(ledger, over, None)
    mask = reduction.masks[wish]
    packed = tuple(party for party in parties if not mask & ~ledger.packed[party])
    if packed:
        return "party_full", packed, _of(ledger, packed, allowed)
    free = positions_of(ledger.seated(wish))
    if free and all(ledger.no_place(wish, t) for t in free):
        return "no_place", (), []
    tight = tuple(party for party in parties if any(ledger.limits(party, t) for t in free))
    if free and tight:
        return "quota", tight, _of(ledger, tight, None)
    return "outranked", parties, _of(ledger, parties, allowed)


def _meets_somewhere(reduction: Reduction, wish: int) -> bool:
    """The parties share a slot that the wish allows, so that only a place is missing."""
    item = reduction.problem.wishes[wish]
    for t, slot in enumerate(reduction.problem.slots):
        own = item.slots is None or slot.id in item.slots
        promised = item.fixed is None or item.fixed.slot == slot.id
        if own and promised and all(reduction.seats[party][t] for party in reduction.parties[wish]):
            return True
    return False


def _of(ledger: Ledger, parties: Iterable[int], slots: Iterable[int] | None) -> list[int]:
    """The placed wishes of some parties, in some slots."""
    wanted = None if slots is None else set(slots)
    found = [
        wish
        for party in parties
        for wish in ledger.of_party[party]
        if wanted is None or ledger.slots[wish] in wanted
    ]
    return list(dict.fromkeys(found))


def cheapest_unblock(ledger: Ledger, wish: int, first: int = 0) -> Unblock | None:
    """The cheapest set of changes that lets the wish in, in slot position `first` or later, while
    every other meeting stays, or all but one: that one is then dropped.
    """
    best: Unblock | None = None
    slots = range(first, len(ledger.reduction.problem.slots))
    for slot in slots:
        if best is not None and ledger.seat_cost(wish, slot) >= best.cost:
            continue
        asked = ledger.obstacles(wish, slot)
        cost = sum(price for _, price in asked)
        if best is None or cost < best.cost:
            item = ledger.reduction.problem.slots[slot]
            best = Unblock(item.id, tuple(change for change, _ in asked), cost)
    for slot in slots:
        if best is None or best.cost > ledger.cheapest_drop:
            best = _with_a_drop(ledger, wish, slot, best)
    return best


def _with_a_drop(ledger: Ledger, wish: int, slot: int, best: Unblock | None) -> Unblock | None:
    """A cheaper unblock that drops one meeting of the slot, if there is one."""
    problem = ledger.reduction.problem
    rivals = {other for p in ledger.reduction.parties[wish] for other in ledger.at(p, slot)}
    for other in sorted(rivals):
        price = DROP + problem.wishes[other].value
        if ledger.reduction.due[other] or (best is not None and price >= best.cost):
            continue
        drop = Change("drop", wish=problem.wishes[other].id)
        rest = [(c, p) for c, p in ledger.obstacles(wish, slot, without=other) if c != drop]
        cost = price + sum(p for _, p in rest)
        if best is None or cost < best.cost:
            best = Unblock(problem.slots[slot].id, (drop, *(c for c, _ in rest)), cost)
    return best


def apply(problem: Problem, wish: Id, unblock: Unblock) -> Problem:
    """The fair after an unblock: the wish then fits in `unblock.slot` and nothing else has to
    move.
    """
    for change in unblock.changes:
        problem = _APPLY[change.kind](problem, problem.wish_by_id[wish], change)
    return dataclasses.replace(problem, digest="")


def _slot(change: Change) -> int:
    """The slot a change speaks of.

    Errors: ValueError where it speaks of none.
    """
    if change.slot is None:
        raise ValueError(f"a change of kind {change.kind} needs a slot")
    return change.slot


def _seat(problem: Problem, wish: Wish, change: Change) -> Problem:
    position = problem.slot_index[_slot(change)]

    def widened(party: Party) -> Party:
        if party.id != change.party:
            return party
        seats = tuple(n + (t == position) for t, n in enumerate(party.seats))
        return dataclasses.replace(party, seats=seats)

    return dataclasses.replace(problem, parties=tuple(widened(party) for party in problem.parties))


def _with_wish(problem: Problem, wish: Wish) -> Problem:
    return dataclasses.replace(
        problem, wishes=tuple(wish if w.id == wish.id else w for w in problem.wishes)
    )


def _allow(problem: Problem, wish: Wish, change: Change) -> Problem:
    slots = None if wish.slots is None else tuple(sorted({*wish.slots, _slot(change)}))
    fixed = dataclasses.replace(wish.fixed, slot=_slot(change)) if wish.fixed else None
    return _with_wish(problem, dataclasses.replace(wish, slots=slots, fixed=fixed))


def _place(problem: Problem, wish: Wish, change: Change) -> Problem:
    if wish.fixed is not None:
        problem = _with_wish(
            problem, dataclasses.replace(wish, fixed=dataclasses.replace(wish.fixed, place=None))
        )
        wish = problem.wish_by_id[wish.id]
    host, screen, access, _video = place_class(problem, wish) or (None, False, False, False)
    name = f"extra {len(problem.places) + 1}"
    extra = Place(name, slots=(_slot(change),), home_of=host, accessible=access, screen=screen)
    return dataclasses.replace(problem, places=(*problem.places, extra))


def _quota(problem: Problem, wish: Wish, change: Change) -> Problem:
    def relaxed(party: Party) -> Party:
        if party.id != change.party:
            return party
        if change.rule == "gap":
            return dataclasses.replace(party, gap=0)
        if change.rule == "max_run":
            return dataclasses.replace(party, max_run=None)
        if change.rule == "max_per_day":
            return dataclasses.replace(party, max_per_day=(party.max_per_day or 0) + 1)
        return dataclasses.replace(party, max_meetings=(party.max_meetings or 0) + 1)

    return dataclasses.replace(problem, parties=tuple(relaxed(party) for party in problem.parties))


def _drop(problem: Problem, wish: Wish, change: Change) -> Problem:
    kept = tuple(
        dataclasses.replace(w, after=tuple(v for v in w.after if v != change.wish))
        for w in problem.wishes
        if w.id != change.wish
    )
    return dataclasses.replace(problem, wishes=kept)


def _never(problem: Problem, wish: Wish, change: Change) -> Problem:
    kept = tuple(pair for pair in problem.never if not set(pair) <= set(wish.parties))
    return dataclasses.replace(problem, never=kept)


_APPLY = {
    "seat": _seat,
    "allow": _allow,
    "place": _place,
    "quota": _quota,
    "drop": _drop,
    "never": _never,
}


def explain(problem: Problem, solution: Solution, wish: Id) -> Meeting | Unplaced:
    """Where a wish is placed, or why it is not.

    Errors: KeyError when the problem has no such wish.
    """
    if wish not in problem.wish_by_id:
        raise KeyError(wish)
    for meeting in solution.meetings:
        if meeting.wish == wish:
            return meeting
    without = meetings_only(problem, solution.workshops, solution.sign_ups)
    placed = {meeting.wish: problem.slot_index[meeting.slot] for meeting in solution.meetings}
    ledger = Ledger(reduce(without), [placed.get(item.id, -1) for item in without.wishes])
    return reason_for(ledger, [item.id for item in without.wishes].index(wish))


def meetings_only(
    problem: Problem, held: Iterable[Held], sign_ups: Iterable[Attendance]
) -> Problem:
    """The same fair once its workshops are settled: their people busy, their rooms closed to
    meetings.
    """
    spans = {
        (item.workshop, item.copy): (workshop_slots(problem, item), item.room) for item in held
    }
    if not spans:
        return dataclasses.replace(problem, rooms=(), workshops=(), sign_ups=())
    taken: dict[Id, list[int]] = {}
    for (workshop, _copy), (span, _room) in spans.items():
        for speaker in problem.workshop_by_id[workshop].speakers:
            taken.setdefault(speaker, []).extend(span)
    for attendance in sign_ups:
        taken.setdefault(attendance.party, []).extend(
            spans[attendance.workshop, attendance.copy][0]
        )
    closed: dict[Id, set[int]] = {}
    for span, room in spans.values():
        closed.setdefault(room, set()).update(span)
    return dataclasses.replace(
        problem,
        parties=tuple(
            _occupied(problem, party, taken.get(party.id, [])) for party in problem.parties
        ),
        places=tuple(
            _closed(problem, place, closed.get(place.id, set())) for place in problem.places
        ),
        rooms=(),
        workshops=(),
        sign_ups=(),
    )


def _occupied(problem: Problem, party: Party, taken: list[int]) -> Party:
    if not taken:
        return party
    seats = tuple(n - taken.count(t) for t, n in enumerate(party.seats))
    busy = tuple(sorted({*party.busy, *(problem.slots[t].id for t in taken)}))
    return dataclasses.replace(party, seats=seats, busy=busy)


def _closed(problem: Problem, place: Place, span: set[int]) -> Place:
    if not span:
        return place
    slots = place.slots if place.slots is not None else tuple(slot.id for slot in problem.slots)
    return dataclasses.replace(
        place, slots=tuple(s for s in slots if problem.slot_index[s] not in span)
    )
