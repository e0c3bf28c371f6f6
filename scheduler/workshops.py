# SPDX-License-Identifier: EUPL-1.2
"""Settle the workshops first: start, room and who attends, so that sign-ups gain most and
meetings suffer least.

One mixed-integer programme: workshops slot by slot, meetings summed per half-day as in
`bounds.py`, whose
relaxation it widens; so its own bound is the proven bound of the value of meetings and sign-ups
together.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from scheduler.bounds import Relaxation, round_down
from scheduler.problem import Id, Problem, Workshop
from scheduler.reduce import Reduction
from scheduler.solution import Attendance, Held

HELD_BONUS = 1e-4  # a workshop nobody asked for is still held, where it costs nothing
SPREAD_BONUS = 1e-5  # copies of a workshop in different half-days


@dataclass(frozen=True)
class Programme:
    """The workshops held, the sign-ups honoured, and the proven bound of the whole value."""

    held: tuple[Held, ...]
    sign_ups: tuple[Attendance, ...]
    bound: float
    feasible: bool = True


@dataclass(frozen=True)
class Start:
    """One way to hold a copy: first slot position and room."""

    copy: int
    slot: int
    room: Id


def possible_starts(problem: Problem, workshop: Workshop) -> list[Start]:
    """Every allowed start of every copy: consecutive slots of a half-day, an open room, speakers
    present.
    """
    rooms = (
        workshop.rooms if workshop.rooms is not None else tuple(room.id for room in problem.rooms)
    )
    found = []
    for copy in range(1, workshop.copies + 1):
        fixed = workshop.fixed if copy == 1 else None
        for position, slot in enumerate(problem.slots):
            if workshop.starts is not None and slot.id not in workshop.starts:
                continue
            if fixed is not None and slot.id != fixed.slot:
                continue
            if not _whole(problem, workshop, position):
                continue
            for room in rooms:
                if fixed is not None and fixed.room not in (None, room):
                    continue
                opening = problem.room_by_id[room].slots
                span = problem.slots[position : position + workshop.length]
                if opening is None or all(item.id in opening for item in span):
                    found.append(Start(copy, position, room))
    return found


def _whole(problem: Problem, workshop: Workshop, position: int) -> bool:
    span = problem.slots[position : position + workshop.length]
    if len(span) < workshop.length or len({(slot.day, slot.block) for slot in span}) > 1:
        return False
    speakers = [problem.party_by_id[speaker] for speaker in workshop.speakers]
    return all(
        party.seats[t] > 0
        for party in speakers
        for t in range(position, position + workshop.length)
    )


class WorkshopProgramme(Relaxation):
    """The relaxation of the meetings, joined by whole decisions on the workshops."""

    def __init__(self, reduction: Reduction) -> None:
        super().__init__(reduction, "SCIP")
        self.problem = reduction.problem
        self.held: dict[tuple[Id, Start], Any] = {}
        self.attends: dict[tuple[int, int, int], Any] = {}  # (sign-up, copy, slot)
        self._hold()
        self._rooms()
        self._attend()
        self._take_seats()
        self._spread()

    def _hold(self) -> None:
        """Each copy at most once; exactly once where promised."""
        for workshop in self.problem.workshops:
            copies: dict[int, list[Any]] = defaultdict(list)
            for start in possible_starts(self.problem, workshop):
                variable = self.held[workshop.id, start] = self.solver.BoolVar("")
                self.solver.Objective().SetCoefficient(variable, HELD_BONUS)
                copies[start.copy].append(variable)
            for copy in range(1, workshop.copies + 1):
                row = self._row(1, copies[copy])
                if workshop.fixed is not None and copy == 1:
                    row.SetLb(1)

    def _rooms(self) -> None:
        rows: dict[tuple[Id, int], list[Any]] = defaultdict(list)
        for (workshop, start), variable in self.held.items():
            for t in self.span(workshop, start.slot):
                rows[start.room, t].append(variable)
        for variables in rows.values():
            self._row(1, variables)

    def span(self, workshop: Id, slot: int) -> range:
        return range(slot, slot + self.problem.workshop_by_id[workshop].length)

    def _attend(self) -> None:
        """A sign-up attends one copy, where it is held, while seats last."""
        by_start: dict[tuple[Id, int, int], list[tuple[Any, int]]] = defaultdict(list)
        for (workshop, start), variable in self.held.items():
            limit = self.problem.workshop_by_id[workshop].seats
            room = self.problem.room_by_id[start.room].seats
            by_start[workshop, start.copy, start.slot].append(
                (variable, room if limit is None else min(limit, room))
            )
        filled: dict[tuple[Id, int, int], list[Any]] = defaultdict(list)
        for number, sign_up in enumerate(self.problem.sign_ups):
            party, own = self.problem.party_by_id[sign_up.party], []
            for (workshop, copy, slot), ways in by_start.items():
                if workshop != sign_up.workshop or not all(
                    party.seats[t] for t in self.span(workshop, slot)
                ):
                    continue
                variable = self.solver.BoolVar("")
                self.attends[number, copy, slot] = variable
                self.solver.Objective().SetCoefficient(variable, float(sign_up.value))
                own.append(variable)
                filled[workshop, copy, slot].append(variable)
                row = self.solver.Constraint(-1, 0)
                row.SetCoefficient(variable, 1)
                for way, _seats in ways:
                    row.SetCoefficient(way, -1)
            self._row(1, own)
        for key, variables in filled.items():
            row = self._row(0, variables)
            for way, seats in by_start[key]:
                row.SetCoefficient(way, -seats)
            row.SetLb(-self.solver.infinity())

    def _take_seats(self) -> None:
        """Speakers and sign-ups use their seat slot by slot, and leave fewer to the meetings of
        the half-day.
        """
        taken: dict[tuple[Id, int], list[Any]] = defaultdict(list)
        for (workshop, start), variable in self.held.items():
            for speaker in self.problem.workshop_by_id[workshop].speakers:
                for t in self.span(workshop, start.slot):
                    taken[speaker, t].append(variable)
        for (number, _copy, slot), variable in self.attends.items():
            sign_up = self.problem.sign_ups[number]
            for t in self.span(sign_up.workshop, slot):
                taken[sign_up.party, t].append(variable)
        position = {party.id: number for number, party in enumerate(self.problem.parties)}
        for (party, t), variables in taken.items():
            promised = self._promised(position[party], t)
            self._row(self.problem.party_by_id[party].seats[t] - promised, variables)
            row = self.rows.get(("seat", position[party], self.reduction.block_of[t]))
            if row is None:
                continue
            for variable in variables:
                row.SetCoefficient(variable, row.GetCoefficient(variable) + 1)

    def _promised(self, party: int, slot: int) -> int:
        """Meetings already fixed for the party in the slot."""
        reduction = self.reduction
        return sum(
            wish.fixed is not None
            and party in reduction.parties[number]
            and reduction.allowed[number] == (slot,)
            for number, wish in enumerate(self.problem.wishes)
        )

    def _spread(self) -> None:
        """A small reward for each half-day in which a workshop with several copies is held."""
        halves: dict[tuple[Id, int], list[Any]] = defaultdict(list)
        for (workshop, start), variable in self.held.items():
            if self.problem.workshop_by_id[workshop].copies > 1:
                halves[workshop, self.reduction.block_of[start.slot]].append(variable)
        for variables in halves.values():
            once = self.solver.NumVar(0, 1, "")
            self.solver.Objective().SetCoefficient(once, SPREAD_BONUS)
            row = self._row(0, [once])
            row.SetLb(-self.solver.infinity())
            for variable in variables:
                row.SetCoefficient(variable, -1)

    def programme(self, seconds: float) -> Programme:
        """Solve within some seconds."""
        self.solver.SetTimeLimit(max(1, round(1000 * seconds)))
        status = self.solver.Solve()
        if status == self.solver.INFEASIBLE:
            return Programme((), (), 0.0, feasible=False)
        if status not in (self.solver.OPTIMAL, self.solver.FEASIBLE):
            whole = sum(w.value for w in self.problem.wishes) + sum(
                s.value for s in self.problem.sign_ups
            )
            return Programme((), (), float(whole))
        held = tuple(
            Held(workshop, start.copy, self.problem.slots[start.slot].id, start.room)
            for (workshop, start), variable in self.held.items()
            if variable.solution_value() > 0.5
        )
        sign_ups = tuple(
            Attendance(
                self.problem.sign_ups[number].party, self.problem.sign_ups[number].workshop, copy
            )
            for (number, copy, _slot), variable in self.attends.items()
            if variable.solution_value() > 0.5
        )
        return Programme(
            held, sign_ups, round_down(self.problem, self.solver.Objective().BestBound())
        )


def settle_workshops(reduction: Reduction, seconds: float) -> Programme:
    """Choose start, room and attendance of the workshops (H11).

    Source: mixed-integer programming, SCIP through OR-Tools.
    """
    return WorkshopProgramme(reduction).programme(seconds)
