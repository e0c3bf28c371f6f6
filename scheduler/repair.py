# SPDX-License-Identifier: EUPL-1.2
"""Solve again after an event, moving as few published meetings as possible, and prove how few
that is.
"""

import dataclasses
import time
from dataclasses import dataclass, field
from functools import cached_property

from scheduler import goals
from scheduler.bounds import Ladder
from scheduler.codec import digest_of
from scheduler.event import Event, after_event, let_go
from scheduler.explain import Reasons, meetings_only
from scheduler.moves import fewest_moves
from scheduler.problem import Id, Number, Problem
from scheduler.rescue import search
from scheduler.reseat import reseat
from scheduler.restage import Restaged, Stage, restage
from scheduler.solution import Meeting, Progress, ProgressCall, Solution, Unplaced
from scheduler.standing import Bench, bench_of, broken_promises, fill, what_stays


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
    "few_moves" reaches both bounds; `standby`: wishes that had found no place before and now do;
    `workshops`: copies that could not be held as published. Bounds and certificate speak of the
    meetings beside the workshops as they are now.
    """

    problem: Problem
    answers: tuple[Answer, ...]
    value_bound: Number
    moves_bound: int
    certified: bool
    standby: tuple[Id, ...]
    workshops: tuple[Restaged, ...] = ()


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
    stage = restage(
        after_event(problem, published, event), published, problem.slot_index[event.now]
    )
    bench = _bench(problem, published, event, stage, seconds, seed, progress)
    ledger = what_stays(bench)
    broken = broken_promises(ledger)
    if broken:
        stage = dataclasses.replace(stage, problem=let_go(stage.problem, broken))
        bench = _bench(problem, published, event, stage, seconds, seed, progress)
        ledger = what_stays(bench)
    ladder = Ladder(bench.reduction)
    base = bench.value(ledger.slots)
    fill(ledger)
    filled = list(ledger.slots)
    best = search(bench, filled, ladder, 0.0)
    few = best if not event.theta else search(bench, filled, ladder, event.theta)
    top = _least_bound(bench, bench.value(few), ladder)
    clerk = Clerk(bench, problem, published, stage, top, Reasons(ledger, bench.now))
    plans = (("fill", filled), ("few_moves", few), ("best_value", best))
    answers = tuple(
        Answer(name, clerk.write(slots), bench.value(slots) - base, bench.moves(slots))
        for name, slots in plans
    )
    chosen = answers[1]
    unavoidable = fewest_moves(bench, bench.value(few), chosen.moves, ladder)
    before = {meeting.wish for meeting in published.meetings} | {wish.id for wish in event.wishes}
    return Repair(
        problem=stage.problem,
        answers=answers,
        value_bound=max(top + clerk.honoured, chosen.solution.value),
        moves_bound=unavoidable,
        certified=bench.value(few) >= top and chosen.moves <= unavoidable,
        standby=tuple(m.wish for m in chosen.solution.meetings if m.wish not in before),
        workshops=stage.changes,
    )


def _bench(
    problem: Problem,
    published: Solution,
    event: Event,
    stage: Stage,
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

    left = meetings_only(stage.problem, stage.held, stage.sign_ups)
    losing = {
        party
        for meeting in published.meetings
        if meeting.wish not in left.wish_by_id
        for party in problem.wish_by_id[meeting.wish].parties
    }
    ceiling = _ceiling(problem, left, published, event, stage)
    return bench_of(left, published, event, losing, ceiling, seconds=seconds, seed=seed, stop=stop)


def _ceiling(
    problem: Problem, left: Problem, published: Solution, event: Event, stage: Stage
) -> Number | None:
    """The published bound and the wishes the event brings: an event only takes away or adds.

    None where the published bound speaks of another fair (a repaired one too: it has no
    iterations), or where a promise is loosened.
    """
    promised = [wish.id for wish in problem.wishes if wish.must or wish.fixed]
    kept = left.wish_by_id
    loose = any(wish not in kept or kept[wish].fixed is None for wish in promised)
    loose = loose or any(problem.workshop_by_id[c.before.workshop].fixed for c in stage.changes)
    if problem.mode == "all" or loose or not published.iterations:
        return None
    if published.problem != digest_of(problem):
        return None
    honoured = goals.value_of(problem, (), stage.sign_ups)
    return published.value_bound - honoured + sum(wish.value for wish in event.wishes)


def _least_bound(bench: Bench, value: Number, ladder: Ladder) -> Number:
    """The smallest bound at hand; a linear programme runs only where the ceiling is not
    reached.
    """
    if bench.ceiling is None:
        return ladder.above(value).value
    if value >= bench.ceiling:
        return bench.ceiling
    return min(bench.ceiling, ladder.above(value).value)


@dataclass
class Clerk:
    """Writes schedules down as solutions, with their places, figures and reasons; each once."""

    bench: Bench
    problem: Problem
    published: Solution
    stage: Stage
    top: Number  # no schedule of meetings is worth more
    why: Reasons
    written: dict[tuple[int, ...], Solution] = field(default_factory=dict)

    @cached_property
    def honoured(self) -> Number:
        """The value of the sign-ups that still hold."""
        return goals.value_of(self.problem, (), self.stage.sign_ups)

    def write(self, slots: list[int]) -> Solution:
        """The solution of a schedule (wish → slot or -1)."""
        key = tuple(slots)
        if key not in self.written:
            self.written[key] = self._solution(slots)
        return self.written[key]

    def _solution(self, slots: list[int]) -> Solution:
        left = self.bench.problem
        meetings = self._meetings(slots)
        active = goals.activity(left, meetings)
        value, bound = self.honoured + self.bench.value(slots), self.honoured + self.top
        return Solution(
            problem=self.published.problem,
            status="optimal" if value >= bound else "feasible",
            value=value,
            value_bound=max(bound, value),
            idle=goals.idle_of(left, active),
            breaks=goals.breaks_of(left, meetings, active),
            changes=goals.changes_of(left, meetings),
            uncovered=goals.uncovered(left, meetings),
            seed=self.bench.seed,
            seconds=round(time.monotonic() - self.bench.began, 3),
            meetings=meetings,
            unplaced=self._unplaced(slots),
            workshops=self.stage.held,
            sign_ups=self.stage.sign_ups,
            fairness=goals.fairness_of(left, meetings, active),
        )

    def _meetings(self, slots: list[int]) -> tuple[Meeting, ...]:
        left = self.bench.problem
        plan = {w.id: t for w, t in zip(left.wishes, slots, strict=True) if t >= 0}
        before = {m.wish: m for m in self.published.meetings}
        places = reseat(left, plan, before)
        found = (Meeting(w, left.slots[t].id, places[w]) for w, t in plan.items())
        return tuple(known if (known := before.get(m.wish)) == m else m for m in found)

    def _unplaced(self, slots: list[int]) -> tuple[Unplaced, ...]:
        """Reasons; wishes of those who left are withdrawn."""
        self.why.follow(slots)
        kept = self.bench.problem.wish_by_id
        gone = (Unplaced(w.id, "withdrawn") for w in self.problem.wishes if w.id not in kept)
        return (*self.why.told(), *gone)
