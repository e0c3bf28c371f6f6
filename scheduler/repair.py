# SPDX-License-Identifier: EUPL-1.2
"""Solve again after an event, moving as few published meetings as possible, and prove how few
that is.
"""

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from scheduler import goals
from scheduler.bounds import Bound, upper_bound
from scheduler.codec import digest_of
from scheduler.event import Event, after_event
from scheduler.explain import meetings_only, reasons
from scheduler.moves import fewest_moves
from scheduler.problem import Fixed, Id, Number, Problem
from scheduler.rescue import search
from scheduler.seating import NoSeat, Seating, seat
from scheduler.solution import Meeting, Progress, ProgressCall, Solution, Unplaced
from scheduler.standing import Bench, bench_of, fill, what_stays


@dataclass(frozen=True)
class Answer:
    """One way to go on: "fill" moves nobody, "few_moves" weighs value and moves, "best_value"
    weighs value first.

    `gain`: value against doing nothing; `moves`: published meetings that change slot or are
    dropped.
    """

    name: str
    solution: Solution
    gain: Number
    moves: int


@dataclass(frozen=True)
class Repair:
    """Three answers to an event, with the proof of how good any answer can be.

    `moves_bound`: meetings that no valid answer can leave where they are; `certified`:
    "few_moves" reaches both
    bounds; `standby`: wishes that had found no place before and now do.
    """

    problem: Problem
    answers: tuple[Answer, ...]
    value_bound: Number
    moves_bound: int
    certified: bool
    standby: tuple[Id, ...]


def repair(
    problem: Problem,
    published: Solution,
    event: Event,
    *,
    seconds: float = 10,
    seed: int = 1,
    progress: ProgressCall | None = None,
) -> Repair:
    """Mend a published schedule after an event: value first, then the fewest published meetings
    moved.

    Nothing before `event.now` changes. `progress`: as in `solve`.
    """
    bench = _bench(problem, published, event, seconds, seed, progress)

    @cache
    def bound() -> Bound:
        return upper_bound(bench.reduction)

    ledger = what_stays(bench)
    base = bench.value(ledger.slots)
    fill(ledger)
    filled = ledger.slots
    best = search(bench, filled, bound, 0.0)
    few = best if not event.theta else search(bench, filled, bound, event.theta)
    top = _least_bound(bench, bench.value(few), bound)
    honoured = goals.value_of(problem, (), published.sign_ups)
    answers: list[Answer] = []
    for name, slots in (("fill", filled), ("few_moves", few), ("best_value", best)):
        same = next(
            (a for a, plan in zip(answers, (filled, few), strict=False) if plan == slots), None
        )
        gain, moved = bench.value(slots) - base, bench.moves(slots)
        solution = (
            same.solution if same else _answer(bench, slots, problem, published, top, honoured)
        )
        answers.append(Answer(name, solution, gain, moved))
    unavoidable = fewest_moves(bench, bench.value(few), bound)
    chosen = answers[1]
    before = {meeting.wish for meeting in published.meetings} | {wish.id for wish in event.wishes}
    return Repair(
        problem=bench.problem,
        answers=tuple(answers),
        value_bound=max(top + honoured, chosen.solution.value),
        moves_bound=unavoidable,
        certified=bench.value(few) >= top and chosen.moves <= unavoidable,
        standby=tuple(m.wish for m in chosen.solution.meetings if m.wish not in before),
    )


def _bench(
    problem: Problem,
    published: Solution,
    event: Event,
    seconds: float,
    seed: int,
    progress: ProgressCall | None,
) -> Bench:
    began = time.monotonic()

    def stop() -> bool:
        spent = time.monotonic() - began
        return progress is not None and bool(
            progress(Progress(published.value, None, published.idle, spent, "repair"))
        )

    left = after_event(
        meetings_only(problem, published.workshops, published.sign_ups), published, event
    )
    losing = {
        party
        for meeting in published.meetings
        if meeting.wish not in left.wish_by_id
        for party in problem.wish_by_id[meeting.wish].parties
    }
    ceiling = _ceiling(problem, left, published, event)
    return bench_of(left, published, event, losing, ceiling, seconds=seconds, seed=seed, stop=stop)


def _ceiling(problem: Problem, left: Problem, published: Solution, event: Event) -> Number | None:
    """The published bound and the wishes the event brings: an event only takes away or adds.

    None where the published bound speaks of another fair (a repaired one too: it has no
    iterations), or where a promise is loosened.
    """
    promised = [wish.id for wish in problem.wishes if wish.must or wish.fixed]
    kept = left.wish_by_id
    loose = any(wish not in kept or kept[wish].fixed is None for wish in promised)
    if problem.mode == "all" or loose or not published.iterations:
        return None
    if published.problem != digest_of(problem):
        return None
    honoured = goals.value_of(problem, (), published.sign_ups)
    return published.value_bound - honoured + sum(wish.value for wish in event.wishes)


def _least_bound(bench: Bench, value: Number, bound: Callable[[], Bound]) -> Number:
    """The smallest bound at hand; the linear programme runs only where the ceiling is not
    reached.
    """
    if bench.ceiling is None:
        return bound().value
    return bench.ceiling if value >= bench.ceiling else min(bench.ceiling, bound().value)


def _answer(
    bench: Bench,
    slots: list[int],
    problem: Problem,
    published: Solution,
    top: Number,
    honoured: Number,
) -> Solution:
    """The schedule as a solution, with people kept at their place wherever that can be."""
    seating = _seated(bench, slots)
    plan = {w.id: t for w, t in zip(bench.problem.wishes, slots, strict=True) if t >= 0}
    meetings = tuple(
        Meeting(w, bench.problem.slots[t].id, seating.places[w]) for w, t in plan.items()
    )
    active = goals.activity(bench.problem, meetings)
    value = honoured + bench.value(slots)
    withdrawn = tuple(
        Unplaced(w.id, "withdrawn") for w in problem.wishes if w.id not in bench.problem.wish_by_id
    )
    return dataclasses.replace(
        published,
        problem=published.problem,
        status="optimal" if value >= top + honoured else "feasible",
        value=value,
        value_bound=max(top + honoured, value),
        idle=goals.idle_of(bench.problem, active),
        breaks=goals.breaks_of(bench.problem, meetings, active),
        changes=seating.changes,
        changes_bound=seating.changes_bound,
        uncovered=goals.uncovered(bench.problem, meetings),
        seconds=round(time.monotonic() - bench.began, 3),
        meetings=meetings,
        unplaced=(*reasons(bench.reduction, slots, bench.now), *withdrawn),
        fairness=goals.fairness_of(bench.problem, meetings, active),
        breaks_bound=None,
        iterations=0,
    )


def _seated(bench: Bench, slots: list[int]) -> Seating:
    """Places for everybody; whoever keeps slot and has an open place keeps that too, if all can
    be seated so.
    """
    index = bench.problem.slot_index
    pinned = []
    for number, wish in enumerate(bench.problem.wishes):
        meeting = bench.published.get(number)
        stays = (
            meeting is not None
            and meeting.place is not None
            and slots[number] == index[meeting.slot]
        )
        if stays and meeting is not None and bench.place_open(meeting):
            wish = dataclasses.replace(wish, fixed=Fixed(meeting.slot, meeting.place))
        pinned.append(wish)
    plan = {w.id: t for w, t in zip(bench.problem.wishes, slots, strict=True) if t >= 0}
    held = dataclasses.replace(bench.problem, wishes=tuple(w for w in pinned if w.id in plan))
    try:
        return seat(held, plan, seed=bench.seed, steps=0)
    except NoSeat:
        return seat(bench.problem, plan, seed=bench.seed, seconds=0.5)
