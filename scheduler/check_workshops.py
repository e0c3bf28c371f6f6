# SPDX-License-Identifier: EUPL-1.2
"""The hard rule of workshops (H11), checked without a solver."""

from collections import Counter
from collections.abc import Iterator

from scheduler.goals import workshop_slots
from scheduler.problem import Id, Problem
from scheduler.solution import Held, Solution, Violation

Found = Iterator[Violation]


def h11_workshops(problem: Problem, solution: Solution) -> Found:
    """H11: rooms free and open, seats ≤ room, consecutive slots of one half-day, speakers and
    sign-ups there.

    Σ held[r,t] ≤ open[r,t]; Σ attend[a,c] ≤ min(seats[a], seats[r]); people: see H2.
    """
    yield from _copies_held(problem, solution)
    in_room: Counter[tuple[Id, int]] = Counter()
    places = {
        (m.place, problem.slot_index[m.slot]) for m in solution.meetings if m.place is not None
    }
    for held in solution.workshops:
        room, span = problem.room_by_id[held.room], workshop_slots(problem, held)
        in_room.update((held.room, position) for position in span)
        closed = [
            p for p in span if room.slots is not None and problem.slots[p].id not in room.slots
        ]
        if closed or any((held.room, position) in places for position in span):
            yield Violation(
                "H11", f"room {held.room} is not free for workshop {held.workshop}", slot=held.slot
            )
    for (room_id, position), count in in_room.items():
        if count > 1:
            slot = problem.slots[position].id
            yield Violation(
                "H11", f"room {room_id} holds {count} workshops in slot {slot}", slot=slot
            )
    yield from _attendances(problem, solution)


def _copies_held(problem: Problem, solution: Solution) -> Found:
    times = Counter((held.workshop, held.copy) for held in solution.workshops)
    for held in solution.workshops:
        workshop, span = problem.workshop_by_id[held.workshop], workshop_slots(problem, held)
        if times[held.workshop, held.copy] > 1 or not 1 <= held.copy <= workshop.copies:
            yield Violation(
                "H11", f"workshop {workshop.id} copy {held.copy} is held once too often"
            )
        if len({problem.slots[position].block for position in span}) > 1:
            yield Violation("H11", f"workshop {workshop.id} crosses a half-day", slot=held.slot)
        if workshop.starts is not None and held.slot not in workshop.starts:
            yield Violation(
                "H11", f"workshop {workshop.id} may not start in slot {held.slot}", slot=held.slot
            )
        if workshop.rooms is not None and held.room not in workshop.rooms:
            yield Violation(
                "H11", f"workshop {workshop.id} may not use room {held.room}", slot=held.slot
            )
    for workshop in problem.workshops:
        if workshop.fixed is not None and not any(
            held.workshop == workshop.id
            and held.slot == workshop.fixed.slot
            and workshop.fixed.room in (None, held.room)
            for held in solution.workshops
        ):
            yield Violation(
                "H11",
                f"workshop {workshop.id} is not where it was promised",
                slot=workshop.fixed.slot,
            )


def _attendances(problem: Problem, solution: Solution) -> Found:
    rooms = {(held.workshop, held.copy): held.room for held in solution.workshops}
    offered = Counter((sign_up.party, sign_up.workshop) for sign_up in problem.sign_ups)
    for key, count in Counter((a.party, a.workshop) for a in solution.sign_ups).items():
        if count > offered[key]:
            yield Violation(
                "H11", f"party {key[0]} did not sign up so often for {key[1]}", parties=(key[0],)
            )
    for (workshop_id, copy), count in Counter(
        (a.workshop, a.copy) for a in solution.sign_ups
    ).items():
        room = rooms.get((workshop_id, copy))
        if room is None:
            yield Violation("H11", f"sign-ups for {workshop_id} copy {copy}, which is not held")
            continue
        limit = problem.room_by_id[room].seats
        seats = problem.workshop_by_id[workshop_id].seats
        if count > (limit if seats is None else min(limit, seats)):
            yield Violation(
                "H11", f"workshop {workshop_id} copy {copy} has {count} people, too many"
            )


def people_in_workshops(problem: Problem, solution: Solution) -> Iterator[tuple[Id, Held]]:
    """Each speaker and each person signed up, with the workshop copy they are in."""
    by_copy = {(held.workshop, held.copy): held for held in solution.workshops}
    for held in by_copy.values():
        yield from ((speaker, held) for speaker in problem.workshop_by_id[held.workshop].speakers)
    for attendance in solution.sign_ups:
        if (attendance.workshop, attendance.copy) in by_copy:
            yield attendance.party, by_copy[attendance.workshop, attendance.copy]
