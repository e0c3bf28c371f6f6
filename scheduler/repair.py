# SPDX-License-Identifier: EUPL-1.2
"""Solve again after an event, moving as few published meetings as possible, and prove how few
that is.
"""

import dataclasses
import time
from dataclasses import dataclass

from scheduler import goals
from scheduler.board import unit_of
from scheduler.bounds import Bound, upper_bound
from scheduler.event import Event, after_event, future
from scheduler.explain import meetings_only, reasons
from scheduler.ledger import Ledger
from scheduler.mip import MixedSearch
from scheduler.model import Model
from scheduler.problem import Fixed, Id, Number, Problem
from scheduler.reduce import Reduction, reduce
from scheduler.search import Stop, race
from scheduler.seating import NoSeat, Seating, seat
from scheduler.solution import Meeting, Progress, ProgressCall, Solution, Unplaced
from scheduler.windows import window_around


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


@dataclass
class Bench:
    """A repair under way."""

    problem: Problem  # after the event
    reduction: Reduction
    published: dict[int, Meeting]  # wish position → published meeting from `now` on, still wanted
    frozen: dict[int, int]  # wish position → slot of the past
    fresh: list[int]  # wishes that the event brings
    freed: set[int]  # parties who lose a published meeting
    began: float
    until: float
    seed: int
    stop: Stop

    def moves(self, slots: list[int]) -> int:
        index = self.problem.slot_index
        return sum(slots[wish] != index[meeting.slot] for wish, meeting in self.published.items())


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
    bench = _bench(left, published, event, losing, (began, began + seconds), seed, stop)
    bound = upper_bound(bench.reduction)
    stay = _still_valid(bench)
    filled = _filled(bench, stay)
    best = _searched(bench, filled, bound, 0.0)
    few = best if not event.theta else _searched(bench, filled, bound, event.theta)
    base, honoured = _value(bench, stay), goals.value_of(problem, (), published.sign_ups)
    whole = dataclasses.replace(bound, value=bound.value + honoured)
    answers: list[Answer] = []
    for name, slots in (("fill", filled), ("few_moves", few), ("best_value", best)):
        same = next(
            (a for a, plan in zip(answers, (filled, few), strict=False) if plan == slots), None
        )
        gain, moved = _value(bench, slots) - base, bench.moves(slots)
        solution = same.solution if same else _answer(bench, slots, problem, published, whole)
        answers.append(Answer(name, solution, gain, moved))
    unavoidable = _moves_bound(bench)
    chosen = answers[1]
    before = {meeting.wish for meeting in published.meetings} | {wish.id for wish in event.wishes}
    return Repair(
        problem=left,
        answers=tuple(answers),
        value_bound=max(whole.value, chosen.solution.value),
        moves_bound=unavoidable,
        certified=chosen.solution.value >= whole.value and chosen.moves <= unavoidable,
        standby=tuple(m.wish for m in chosen.solution.meetings if m.wish not in before),
    )


def _bench(
    problem: Problem,
    published: Solution,
    event: Event,
    losing: set[Id],
    span: tuple[float, float],
    seed: int,
    stop: Stop,
) -> Bench:
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
    return Bench(problem, reduce(problem), later, past, fresh, freed, *span, seed, stop)


def _still_valid(bench: Bench) -> list[int]:
    """The published schedule without the meetings that can no longer be held as they are."""
    slots = [-1] * len(bench.reduction.parties)
    for wish, slot in bench.frozen.items():
        slots[wish] = slot
    ledger = Ledger(bench.reduction, slots)
    shut = {wish for wish, meeting in bench.published.items() if not _place_open(bench, meeting)}
    for wish in sorted(bench.published, key=lambda w: (w in shut, not bench.reduction.due[w], w)):
        slot = bench.problem.slot_index[bench.published[wish].slot]
        if ledger.fits(wish, slot):
            ledger.enter(wish, slot)
    return ledger.slots


def _place_open(bench: Bench, meeting: Meeting) -> bool:
    place = None if meeting.place is None else bench.problem.place_by_id[meeting.place]
    return place is None or place.slots is None or meeting.slot in place.slots


def _filled(bench: Bench, slots: list[int]) -> list[int]:
    """Place whoever still fits, the most valuable first, and move nobody."""
    ledger = Ledger(bench.reduction, slots)
    wishes = bench.problem.wishes
    for wish in sorted(range(len(slots)), key=lambda w: (-wishes[w].value, w)):
        if ledger.slots[wish] < 0:
            slot = next((t for t in bench.reduction.allowed[wish] if ledger.fits(wish, t)), -1)
            if slot >= 0:
                ledger.enter(wish, slot)
    return ledger.slots


def _value(bench: Bench, slots: list[int]) -> Number:
    return sum(
        wish.value for wish, slot in zip(bench.problem.wishes, slots, strict=True) if slot >= 0
    )


def _searched(bench: Bench, slots: list[int], bound: Bound, theta: float) -> list[int]:
    """Search the neighbourhood of what the event touches, wider only if the bounds are not yet
    reached.
    """
    wanted = _moves_bound(bench)
    for level in (0, 1, 2):
        if bench.stop() or time.monotonic() >= bench.until:
            break
        if _value(bench, slots) >= bound.value and bench.moves(slots) <= wanted:
            break
        slots = _window(bench, slots, level, theta)
        if _value(bench, slots) >= bound.value:
            break
    return slots


def _window(bench: Bench, slots: list[int], level: int, theta: float) -> list[int]:
    """The best way to place a window: value less theta per move, then the fewest moves."""
    index, wishes = bench.problem.slot_index, bench.problem.wishes
    ledger = Ledger(bench.reduction, slots)
    touched = [w for w, m in bench.published.items() if slots[w] != index[m.slot]]
    fresh = _hopeful(bench, slots, touched, level)
    fresh.sort(key=lambda w: (-wishes[w].value, w))
    window = (
        window_around(ledger, [*touched, *fresh], max(1, level), largest=2500) - bench.frozen.keys()
    )
    model = Model(
        bench.reduction,
        window,
        {w: t for w, t in enumerate(slots) if t >= 0 and w not in window},
        lean=True,
    )
    unit = unit_of([float(wish.value) for wish in wishes] + ([theta] if theta else []))
    worth, price = len(window) + 1, round(theta / unit) * (len(window) + 1) + 1
    goal = []
    for (wish, slot), literal in model.x.items():
        meeting = bench.published.get(wish)
        stays = meeting is not None and index[meeting.slot] == slot
        goal.append((worth * round(wishes[wish].value / unit) + price * stays) * literal)
        model.model.add_hint(literal, slots[wish] == slot)
    model.model.maximize(sum(goal))
    search = MixedSearch(model, bench.until - time.monotonic())
    race([search], bench.stop)
    if search.best is None:
        return slots
    return [
        search.best.get(wish, -1) if wish in window else slot for wish, slot in enumerate(slots)
    ]


def _hopeful(bench: Bench, slots: list[int], touched: list[int], level: int) -> list[int]:
    """Wishes to place: those the event brings, standby wishes near it, and at last the dearest
    others.
    """
    near = {p for w in (*touched, *bench.fresh) for p in bench.reduction.parties[w]} | bench.freed
    waiting = [w for w, slot in enumerate(slots) if slot < 0 and bench.reduction.allowed[w]]
    waiting.sort(key=lambda w: (-bench.problem.wishes[w].value, w))
    brought = set(bench.fresh)
    beside = [w for w in waiting if w in brought or near.intersection(bench.reduction.parties[w])]
    if level == 0:
        return [w for w in waiting if w in brought]
    return beside if level == 1 else list(dict.fromkeys([*beside, *waiting[:40]]))


def _moves_bound(bench: Bench) -> int:
    """Published meetings that cannot stay: each impossible alone, or one too many for the places
    of its slot.
    """
    reduction, index = bench.reduction, bench.problem.slot_index
    slot_of = {wish: index[meeting.slot] for wish, meeting in bench.published.items()}
    alone = {wish for wish, slot in slot_of.items() if slot not in reduction.allowed[wish]}
    spare = [0] * len(bench.problem.slots)
    for family in reduction.families:
        held = [0] * len(spare)
        for wish in family.members:
            if wish in bench.frozen:
                held[bench.frozen[wish]] += 1
            elif wish in slot_of and wish not in alone:
                held[slot_of[wish]] += 1
        spare = [
            max(most, n - room) for most, n, room in zip(spare, held, family.capacity, strict=True)
        ]
    return len(alone) + sum(spare)


def _answer(
    bench: Bench, slots: list[int], problem: Problem, published: Solution, bound: Bound
) -> Solution:
    """The schedule as a solution, with people kept at their place wherever that can be."""
    seating = _seated(bench, slots)
    plan = {w.id: t for w, t in zip(bench.problem.wishes, slots, strict=True) if t >= 0}
    meetings = tuple(
        Meeting(w, bench.problem.slots[t].id, seating.places[w]) for w, t in plan.items()
    )
    active = goals.activity(bench.problem, meetings)
    value = goals.value_of(problem, (), published.sign_ups) + _value(bench, slots)
    withdrawn = tuple(
        Unplaced(w.id, "withdrawn") for w in problem.wishes if w.id not in bench.problem.wish_by_id
    )
    return dataclasses.replace(
        published,
        problem=published.problem,
        status="optimal" if value >= bound.value else "feasible",
        value=value,
        value_bound=max(bound.value, value),
        idle=goals.idle_of(bench.problem, active),
        breaks=goals.breaks_of(bench.problem, meetings, active),
        changes=seating.changes,
        changes_bound=seating.changes_bound,
        uncovered=goals.uncovered(bench.problem, meetings),
        seconds=round(time.monotonic() - bench.began, 3),
        meetings=meetings,
        unplaced=(*reasons(bench.reduction, slots), *withdrawn),
        fairness=goals.fairness_of(bench.problem, meetings, active),
        breaks_bound=None,
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
        if stays and meeting is not None and _place_open(bench, meeting):
            wish = dataclasses.replace(wish, fixed=Fixed(meeting.slot, meeting.place))
        pinned.append(wish)
    plan = {w.id: t for w, t in zip(bench.problem.wishes, slots, strict=True) if t >= 0}
    held = dataclasses.replace(bench.problem, wishes=tuple(w for w in pinned if w.id in plan))
    try:
        return seat(held, plan, seed=bench.seed, seconds=0.1)
    except NoSeat:
        return seat(bench.problem, plan, seed=bench.seed, seconds=0.5)
