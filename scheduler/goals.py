# SPDX-License-Identifier: EUPL-1.2
"""The goals G0-G4, measured on an answer without any solver."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise

from scheduler.problem import Id, Number, Problem, Wish
from scheduler.solution import Attendance, Fairness, Held, Meeting

Activity = dict[Id, set[int]]


def workshop_slots(problem: Problem, held: Held) -> tuple[int, ...]:
    """Slot positions taken by a held workshop copy."""
    first = problem.slot_index[held.slot]
    return tuple(range(first, first + problem.workshop_by_id[held.workshop].length))


def value_of(
    problem: Problem, meetings: Iterable[Meeting], sign_ups: Iterable[Attendance] = ()
) -> Number:
    """G1: the values of the placed wishes and of the honoured sign-ups."""
    offers = defaultdict(list)
    for sign_up in problem.sign_ups:
        offers[sign_up.party, sign_up.workshop].append(sign_up.value)
    taken: defaultdict[tuple[Id, Id], int] = defaultdict(int)
    for attendance in sign_ups:
        taken[attendance.party, attendance.workshop] += 1
    honoured = sum(sum(sorted(offers[key], reverse=True)[:count]) for key, count in taken.items())
    return sum(problem.wish_by_id[meeting.wish].value for meeting in meetings) + honoured


def meeting_slots(problem: Problem, meetings: Iterable[Meeting]) -> Activity:
    """Party → positions of the slots in which it meets."""
    active: Activity = defaultdict(set)
    for meeting in meetings:
        for party in problem.wish_by_id[meeting.wish].parties:
            active[party].add(problem.slot_index[meeting.slot])
    return active


def activity(
    problem: Problem,
    meetings: Iterable[Meeting],
    workshops: Iterable[Held] = (),
    sign_ups: Iterable[Attendance] = (),
) -> Activity:
    """Party → positions of the slots in which it meets, speaks, attends or is busy."""
    active = meeting_slots(problem, meetings)
    spans = {(held.workshop, held.copy): workshop_slots(problem, held) for held in workshops}
    for (workshop, _copy), span in spans.items():
        for speaker in problem.workshop_by_id[workshop].speakers:
            active[speaker].update(span)
    for attendance in sign_ups:
        active[attendance.party].update(spans.get((attendance.workshop, attendance.copy), ()))
    for party in problem.parties:
        active[party.id].update(problem.slot_index[slot] for slot in party.busy)
    return active


def days(problem: Problem) -> dict[int, list[int]]:
    """Day → positions of its slots."""
    found: dict[int, list[int]] = defaultdict(list)
    for position, slot in enumerate(problem.slots):
        found[slot.day].append(position)
    return found


def holes(problem: Problem, active: Activity) -> dict[Id, list[int]]:
    """Party → the lengths of its idle holes (present, doing nothing, between two activities of a
    day).
    """
    day_of = [slot.day for slot in problem.slots]
    found: dict[Id, list[int]] = {}
    for party in problem.parties:
        lengths: list[int] = []
        for before, after in pairwise(sorted(active.get(party.id, ()))):
            if after - before > 1 and day_of[before] == day_of[after]:
                hole = sum(1 for seats in party.seats[before + 1 : after] if seats > 0)
                if hole:
                    lengths.append(hole)
        found[party.id] = lengths
    return found


def idle_of(problem: Problem, active: Activity) -> int:
    """G2: idle slots of all parties."""
    return sum(map(sum, holes(problem, active).values()))


def breaks_by_party(problem: Problem, meetings: Iterable[Meeting]) -> dict[Id, int]:
    """Breaks of the literature: groups of slots without a meeting between two meetings of a party.

    Source: Bofill et al., JAIR 74 (2022), section 2; a forbidden slot inside is a break, lunch is
    no slot.
    """
    counts = {party.id: 0 for party in problem.parties}
    for party, slots in meeting_slots(problem, meetings).items():
        ordered = sorted(slots)
        counts[party] = sum(1 for one, two in pairwise(ordered) if two - one > 1)
    return counts


def breaks_of(problem: Problem, meetings: Iterable[Meeting], active: Activity) -> int:
    """Breaks: as in the literature in mode "all", otherwise the number of idle holes."""
    if problem.mode == "all":
        return sum(breaks_by_party(problem, meetings).values())
    return sum(len(lengths) for lengths in holes(problem, active).values())


def changes_of(problem: Problem, meetings: Iterable[Meeting]) -> int:
    """G4: changes of place between consecutive meetings of a day.

    A party with several people keeps as many of them in place as the two slots allow.
    """
    number = {place.id: position for position, place in enumerate(problem.places)}
    width, day_of = len(number), [slot.day for slot in problem.slots]
    codes: dict[Id, list[int]] = defaultdict(list)  # a slot and a place in one number
    for meeting in meetings:
        if meeting.place is not None:
            code = problem.slot_index[meeting.slot] * width + number[meeting.place]
            for party in problem.wish_by_id[meeting.wish].parties:
                codes[party].append(code)
    total = 0
    for held in codes.values():
        by_slot = [list(places) for _, places in groupby(sorted(held), key=lambda c: c // width)]
        for here, there in pairwise(by_slot):
            if day_of[here[0] // width] == day_of[there[0] // width]:
                stay = len({c % width for c in here} & {c % width for c in there})
                total += min(len(set(here)), len(set(there))) - stay
    return total


def feasible_alone(problem: Problem, wish: Wish) -> bool:
    """The wish could be placed in an empty fair: a common slot, a suitable place, no forbidden
    pair.
    """
    if problem.is_forbidden(wish):
        return False
    online = problem.is_online(wish)
    suitable = [place for place in problem.places if problem.suits(wish, place)]
    for position, slot in enumerate(problem.slots):
        if wish.slots is not None and slot.id not in wish.slots:
            continue
        if all(problem.party_by_id[party].seats[position] > 0 for party in wish.parties) and (
            online or any(place.slots is None or slot.id in place.slots for place in suitable)
        ):
            return True
    return False


def uncovered(problem: Problem, meetings: Iterable[Meeting]) -> tuple[Id, ...]:
    """G0: parties with feasible wishes that fall short of the floor of their role (1 unless
    said).
    """
    has: defaultdict[Id, int] = defaultdict(int)
    could: defaultdict[Id, int] = defaultdict(int)
    for meeting in meetings:
        for party in problem.wish_by_id[meeting.wish].parties:
            has[party] += 1
    short = {
        party.id for party in problem.parties if has[party.id] < problem.floors.get(party.role, 1)
    }
    for wish in problem.wishes:
        if any(party in short for party in wish.parties) and feasible_alone(problem, wish):
            for party in wish.parties:
                could[party] += 1
    return tuple(
        party.id
        for party in problem.parties
        if has[party.id] < min(problem.floors.get(party.role, 1), could[party.id])
    )


def fairness_of(problem: Problem, meetings: Iterable[Meeting], active: Activity) -> Fairness:
    """G3: worst idle, lowest share of wishes placed, and the spreads."""
    asked: defaultdict[Id, int] = defaultdict(int)
    for wish in problem.wishes:
        for party in wish.parties:
            asked[party] += 1
    got: defaultdict[Id, int] = defaultdict(int)
    for meeting in meetings:
        for party in problem.wish_by_id[meeting.wish].parties:
            got[party] += 1
    if not asked:
        return Fairness()
    shares = [got[party] / count for party, count in asked.items()]
    waits = [sum(lengths) for party, lengths in holes(problem, active).items() if party in asked]
    return Fairness(max(waits), min(shares), max(waits) - min(waits), max(shares) - min(shares))
