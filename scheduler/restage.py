# SPDX-License-Identifier: EUPL-1.2
"""The workshops after an event: a copy that cannot be held as published moves as little as it
may, or falls.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.goals import workshop_slots
from scheduler.problem import Id, Number, Problem, Workshop
from scheduler.solution import Attendance, Held, Solution
from scheduler.workshops import Start, possible_starts

Cost = tuple[Number, int, int, int]


@dataclass(frozen=True)
class Restaged:
    """A workshop copy that cannot be held as it was, and where it is held instead (None: it
    falls). `reason`: room_closed | speaker_absent.
    """

    before: Held
    after: Held | None
    reason: str


@dataclass(frozen=True)
class Stage:
    """The fair with the promises that still hold, its workshops, who attends, and what changed."""

    problem: Problem
    held: tuple[Held, ...]
    sign_ups: tuple[Attendance, ...]
    changes: tuple[Restaged, ...]


def restage(left: Problem, published: Solution, now: int) -> Stage:
    """Keep every workshop that can be held as published; find each other one the start and room
    that lose fewest sign-ups, then displace fewest published meetings, then lie nearest.

    `left`: the fair after the event; `now`: position of the first slot to come. A copy that has
    begun does not move.
    """
    if not published.workshops:
        return Stage(left, (), (), ())
    return _Restaging(left, published, now).done()


class _Restaging:
    """`taken[party, slot]`: people in workshops or promised meetings; `met[party, slot]`:
    published meetings; `used`: rooms in use.
    """

    def __init__(self, left: Problem, published: Solution, now: int) -> None:
        self.published, self.now = published, now
        self.reasons = {held: self._broken(left, held) for held in published.workshops}
        self.problem = _released(left, {h.workshop for h, why in self.reasons.items() if why})
        self.taken: Counter[tuple[Id, int]] = Counter()
        self.met: Counter[tuple[Id, int]] = Counter()
        self.used = {(m.place, left.slot_index[m.slot]): 1 for m in published.meetings}
        self.rooms: set[tuple[Id, int]] = set()
        for wish in left.wishes:
            if wish.fixed is not None:
                self.taken.update(
                    (party, left.slot_index[wish.fixed.slot]) for party in wish.parties
                )
        for meeting in published.meetings:
            wanted = left.wish_by_id.get(meeting.wish)
            if wanted is not None and wanted.fixed is None:
                self.met.update((p, left.slot_index[meeting.slot]) for p in wanted.parties)
        self.places: dict[Held, Held | None] = {}
        self.attending: dict[tuple[Id, int], list[Id]] = {}

    def _broken(self, problem: Problem, held: Held) -> str | None:
        span = workshop_slots(problem, held)
        opening = problem.room_by_id[held.room].slots
        if opening is not None and any(problem.slots[t].id not in opening for t in span):
            return "room_closed"
        speakers = problem.workshop_by_id[held.workshop].speakers
        away = any(not problem.party_by_id[p].seats[t] for p in speakers for t in span)
        return "speaker_absent" if away else None

    def done(self) -> Stage:
        copies = sorted(self.reasons, key=lambda h: (self.reasons[h] is not None, h.slot))
        for held in copies:
            self.places[held] = self._instead(held) if self.reasons[held] else held
            self._book(held)
        for attendance in self.published.sign_ups:
            self._find_a_seat(attendance)
        changes = tuple(
            Restaged(held, self.places[held], reason)
            for held, reason in self.reasons.items()
            if reason is not None
        )
        standing = tuple(h for held in self.reasons if (h := self.places[held]) is not None)
        honoured = tuple(
            Attendance(party, workshop, copy)
            for (workshop, copy), parties in self.attending.items()
            for party in parties
        )
        return Stage(self.problem, standing, honoured, changes)

    def _book(self, held: Held) -> None:
        """Take the room, the speakers and those who signed up and can come."""
        after = self.places[held]
        if after is None:
            return
        span = workshop_slots(self.problem, after)
        self.rooms.update((after.room, t) for t in span)
        speakers = self.problem.workshop_by_id[held.workshop].speakers
        self.taken.update((party, t) for party in speakers for t in span)
        self.attending[held.workshop, held.copy] = []
        for party in self._signed_up(held):
            if self._can_come(party, after):
                self._attend(party, after)

    def _signed_up(self, held: Held) -> list[Id]:
        copy = (held.workshop, held.copy)
        return [a.party for a in self.published.sign_ups if (a.workshop, a.copy) == copy]

    def _attend(self, party: Id, held: Held) -> None:
        self.attending[held.workshop, held.copy].append(party)
        self.taken.update((party, t) for t in workshop_slots(self.problem, held))

    def _free(self, party: Id, span: Iterable[int]) -> bool:
        seats = self.problem.party_by_id[party].seats
        return all(seats[t] > self.taken[party, t] for t in span)

    def _can_come(self, party: Id, held: Held) -> bool:
        room = self.problem.room_by_id[held.room].seats
        limit = self.problem.workshop_by_id[held.workshop].seats
        inside = len(self.attending[held.workshop, held.copy])
        spare = inside < (room if limit is None else min(room, limit))
        return spare and self._free(party, workshop_slots(self.problem, held))

    def _find_a_seat(self, attendance: Attendance) -> None:
        """Whoever lost a workshop goes to another copy of it, if that disturbs no meeting."""
        workshop, party = attendance.workshop, attendance.party
        asked = sum(a.party == party and a.workshop == workshop for a in self.published.sign_ups)
        given = sum(p.count(party) for (w, _), p in self.attending.items() if w == workshop)
        if given >= asked:
            return
        seats, index = self.problem.party_by_id[party].seats, self.problem.slot_index
        for held in self.places.values():
            if held is None or held.workshop != workshop or index[held.slot] < self.now:
                continue
            span = workshop_slots(self.problem, held)
            idle = all(seats[t] > self.taken[party, t] + self.met[party, t] for t in span)
            if idle and self._can_come(party, held):
                self._attend(party, held)
                return

    def _instead(self, held: Held) -> Held | None:
        """The best other start and room of a copy, if it has not begun and there is one."""
        workshop = self.problem.workshop_by_id[held.workshop]
        if self.problem.slot_index[held.slot] < self.now:
            return None
        starts = [
            start
            for start in possible_starts(self.problem, workshop)
            if start.copy == held.copy and start.slot >= self.now and self._open(workshop, start)
        ]
        if not starts:
            return None
        best = min(starts, key=lambda start: self._cost(held, workshop, start))
        return Held(held.workshop, held.copy, self.problem.slots[best.slot].id, best.room)

    def _open(self, workshop: Workshop, start: Start) -> bool:
        span = range(start.slot, start.slot + workshop.length)
        empty = all((start.room, t) not in self.rooms for t in span)
        return empty and all(self._free(speaker, span) for speaker in workshop.speakers)

    def _cost(self, held: Held, workshop: Workshop, start: Start) -> Cost:
        """Sign-ups lost, published meetings displaced, and how far the start lies."""
        span = range(start.slot, start.slot + workshop.length)
        seats = self.problem.room_by_id[start.room].seats
        seats = seats if workshop.seats is None else min(seats, workshop.seats)
        signed = self._signed_up(held)
        coming = [party for party in signed if self._free(party, span)][:seats]
        displaced = sum(
            max(0, self.taken[party, t] + self.met[party, t] + 1 - people.seats[t])
            for party in (*workshop.speakers, *coming)
            for people in (self.problem.party_by_id[party],)
            for t in span
        )
        displaced += sum(self.used.get((start.room, t), 0) for t in span)
        distance = abs(start.slot - self.problem.slot_index[held.slot])
        return (len(signed) - len(coming), displaced, distance, start.slot)


def _released(problem: Problem, workshops: set[Id]) -> Problem:
    """The same fair, where promises to workshops that cannot hold are let go."""
    return dataclasses.replace(
        problem,
        workshops=tuple(
            dataclasses.replace(w, fixed=None) if w.id in workshops else w
            for w in problem.workshops
        ),
    )
