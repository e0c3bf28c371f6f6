# SPDX-License-Identifier: EUPL-1.2
"""What the scheduler is asked when it starts from the published schedule, and its three answers."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.models import clock
from app.models.editions import Edition, Slot
from app.models.schedules import ScheduleRun
from app.queries import editions, publication, schedule_problem, schedules
from app.queries.schedule_problem import party_id, place_id, wish_id
from app.rules import schedules as rules
from app.rules.schedules import PRICE_OF_A_MOVE, AnswerName, Span
from scheduler import (
    Absence,
    Closure,
    Event,
    Meeting,
    Party,
    Problem,
    Solution,
    event_from_json,
    problem_from_json,
    problem_to_json,
    solution_from_json,
    solution_to_json,
)
from scheduler.event import after_event


@dataclass(frozen=True)
class Question:
    """The fair as it was, the schedule in force, and what happened since."""

    problem: Problem
    published: Solution
    event: Event

    @cached_property
    def left(self) -> Problem:
        """The fair after the event: what was held is promised, the rest is free from now on."""
        return after_event(self.problem, self.published, self.event)


@dataclass(frozen=True)
class Answer:
    """One way to go on, in figures.

    gain: points against doing nothing. moves: published meetings that change slot or fall.
    told: people whose agenda changes. twin: an earlier answer that is the same schedule.
    """

    name: AnswerName
    value: int
    gain: int
    moves: int
    told: int
    placed: int
    twin: AnswerName | None
    is_chosen: bool
    is_best: bool
    moves_fewest: bool


def question(
    edition: Edition, *, absent: Sequence[Span] = (), closed: Sequence[Span] = ()
) -> Question:
    """What changed since the publication, and what is stated besides, as the scheduler's event.

    Errors: RuleBroken when nothing is published, or when the last slot has begun.
    """
    rules.require_published(edition.version)
    slots, problem = editions.slots(edition), schedule_problem.of_edition(edition)
    begun = _begun(slots)
    rules.require_future(len(slots) - begun)
    published = _in_force(edition, problem, slots)
    fresh = _fresh(edition, problem, published)
    known = replace(
        problem,
        parties=_with_those_held(problem, published, begun),
        wishes=tuple(wish for wish in problem.wishes if wish.id not in fresh),
    )
    event = Event(
        now=problem.slots[begun].id,
        close=tuple(Closure(place_id(one.id), one.first, one.last) for one in closed),
        wishes=tuple(wish for wish in problem.wishes if wish.id in fresh),
        absent=tuple(Absence(party_id(one.id), one.first, one.last) for one in absent),
        theta=PRICE_OF_A_MOVE,
    )
    return Question(known, published, event)


def whole(edition: Edition) -> Problem:
    """All there is to schedule; once the published fair has begun, what was held is promised."""
    if edition.version and 0 < _begun(slots := editions.slots(edition)) < len(slots):
        return question(edition).left
    return schedule_problem.of_edition(edition)


def to_come(edition: Edition) -> list[tuple[int, Slot]]:
    """The slots that have not begun, with their numbers in the problem."""
    slots = editions.slots(edition)
    return list(enumerate(slots, start=1))[_begun(slots) :]


def as_json(asked: Question) -> dict[str, Any]:
    """A question as it is kept with its run; `of_run` reads it again."""
    event = asked.event
    late = problem_to_json(replace(asked.problem, wishes=event.wishes))
    return {
        "problem": problem_to_json(asked.problem),
        "published": solution_to_json(asked.published),
        "event": {
            "now": event.now,
            "close": [{"place": one.place, **_span(one)} for one in event.close],
            "absent": [{"party": one.party, **_span(one)} for one in event.absent],
            "wishes": late["wishes"],
            "theta": event.theta,
        },
    }


def of_run(run: ScheduleRun) -> Question:
    """The question of a run that starts from the published schedule, as it was asked."""
    problem = problem_from_json(run.question["problem"])
    return Question(
        problem,
        solution_from_json(run.question["published"]),
        event_from_json(run.question["event"], problem),
    )


def answers(run: ScheduleRun) -> list[Answer]:
    """The three answers of a run, in figures; none for a run that started afresh."""
    kept = run.answers.get("all", ())
    found: dict[str, AnswerName] = {}
    lines = []
    for one in kept:
        name, plan = AnswerName(one["name"]), str(one["solution"]["meetings"])
        lines.append(
            Answer(
                name=name,
                **{key: one[key] for key in ("value", "gain", "moves", "told", "placed")},
                twin=found.get(plan),
                is_chosen=name == run.answers["chosen"],
                is_best=one["value"] >= run.answers["value_bound"],
                moves_fewest=one["moves"] <= run.answers["moves_bound"],
            )
        )
        found.setdefault(plan, name)
    return lines


def _begun(slots: Sequence[Slot]) -> int:
    """How many slots have begun."""
    return sum(slot.starts_at <= clock.now() for slot in slots)


def _in_force(edition: Edition, problem: Problem, slots: Sequence[Slot]) -> Solution:
    """The published schedule as an answer; a place that is no more is left open."""
    number = {slot.id: position for position, slot in enumerate(slots, start=1)}
    meetings = []
    for request, seat in publication.current_seats(edition).items():
        wish, place = wish_id(request), seat.place_id and place_id(seat.place_id)
        if wish in problem.wish_by_id:
            kept = place if place in problem.place_by_id else None
            meetings.append(Meeting(wish, number[seat.slot_id], kept))
    value = sum(problem.wish_by_id[one.wish].value for one in meetings)
    return Solution("", "feasible", value=value, value_bound=value, meetings=tuple(meetings))


def _fresh(edition: Edition, problem: Problem, published: Solution) -> Collection[Any]:
    """Requests accepted since the publication, and those whose meeting was given up since."""
    run = schedules.published(edition)
    left_out = {line["wish"] for line in (run.solution.get("unplaced", ()) if run else ())}
    held = {one.wish for one in published.meetings}
    return {wish.id for wish in problem.wishes} - left_out - held


def _with_those_held(problem: Problem, published: Solution, begun: int) -> tuple[Party, ...]:
    """Parties with at least the seats their past meetings took: nobody can undo the morning."""
    taken: Counter[tuple[Any, int]] = Counter()
    for one in published.meetings:
        for party in problem.wish_by_id[one.wish].parties:
            taken[party, problem.slot_index[one.slot]] += 1
    return tuple(
        replace(
            party,
            seats=tuple(
                max(seats, taken[party.id, position]) if position < begun else seats
                for position, seats in enumerate(party.seats)
            ),
        )
        for party in problem.parties
    )


def _span(one: Absence | Closure) -> dict[str, int]:
    edges = {"from": one.first, "until": one.last}
    return {edge: slot for edge, slot in edges.items() if slot is not None}
