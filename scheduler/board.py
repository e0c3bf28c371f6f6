# SPDX-License-Identifier: EUPL-1.2
"""The reduced problem as flat integer lists, for loops that run alike in Python and compiled."""

from typing import Any, NamedTuple

from scheduler.goals import days
from scheduler.reduce import Reduction

IDLE, BREAKS = 0, 1
IDLE_WEIGHT = 20  # one idle slot; i slots of a day cost 20·i + i², so one long hole is worse than two short
VALUE_WEIGHT = 60 * IDLE_WEIGHT  # one unit of value
NO_LIMIT = 1 << 30
LARGEST_WORD = 62  # slots of a day that fit in one signed word

# Positions in State.vars
RNG, VALUE, COST, SHORT, STAMP, UNPLACED, CHAIN, BAD, DONE = range(9)


class Board(NamedTuple):
    """What never changes during a run; every two-dimensional table is flattened row by row."""

    wishes: int
    people: int
    slots: int
    words: int  # days, or pieces of very long days
    width: int  # parties of the largest wish
    depth: int  # most seats of a party in a slot, plus one
    goal: int  # IDLE or BREAKS
    idle_limit: int  # idle slots of a day beyond which a party is treated unfairly
    parties: Any  # [wish, k] → party or -1
    value: Any  # [wish] → weight, in units of cost
    allowed: Any  # [wish, slot] → 0 or 1
    slot_start: Any  # [wish] → first of its slots in slot_list
    slot_list: Any
    seats: Any  # [party, slot]
    word_of: Any  # [slot] → day word
    bit_of: Any  # [slot] → its bit in the word
    slot_at: Any  # [word, bit] → slot
    present: Any  # [party, word] → bits of the slots with a seat
    busy: Any  # [party, word] → bits of fixed activities
    family_start: Any  # [wish] → first of its families
    family_list: Any
    capacity: Any  # [family, slot]
    before_start: Any  # [wish] → wishes that come earlier
    before_list: Any
    later_start: Any  # [wish] → wishes that come later
    later_list: Any
    ruled: Any  # [party] → 1 if a gap, run or daily limit applies
    gap: Any
    run: Any
    day_limit: Any
    total_limit: Any  # [party] → max_meetings
    floor: Any  # [party] → meetings it should have at least
    locked: Any  # [wish] → 1 if it may not be ejected
    block_of: Any  # [slot]
    day_of: Any  # [slot]


class State(NamedTuple):
    """A schedule under way."""

    slot_of: Any  # [wish] → slot or -1
    load: Any  # [party, slot] → meetings
    at: Any  # [party, slot, k] → wish
    mask: Any  # [party, word] → bits of the slots in use
    cost: Any  # [party, word] → idle cost
    count: Any  # [party] → meetings
    family_load: Any  # [family, slot]
    slot_size: Any  # [slot] → meetings
    in_slot: Any  # [slot, k] → wish
    rank: Any  # [wish] → its k in in_slot, or in waiting
    waiting: Any  # unplaced wishes that have an allowed slot
    mark: Any  # [wish] → stamp of the last chain that took it
    chain: Any  # wishes of the chain under way
    bad: Any  # party-words with idle cost
    bad_rank: Any  # [party, word] → its place in bad, or -1
    logs: Any  # -ln of equally spaced numbers, times 1024: the Metropolis thresholds
    vars: Any


def _starts(rows: list[list[int]]) -> tuple[list[int], list[int]]:
    """Rows of different lengths as (first position of each row, all items)."""
    starts, items = [0], []
    for row in rows:
        items.extend(row)
        starts.append(len(items))
    return starts, items


def _words(reduction: Reduction) -> list[list[int]]:
    """Slots that share a word: a day, cut where a day is longer than a word."""
    spans = [list(range(len(reduction.day_of)))]
    if reduction.problem.mode != "all":
        spans = list(days(reduction.problem).values())
    return [span[i : i + LARGEST_WORD] for span in spans for i in range(0, len(span), LARGEST_WORD)]


def floors_of(reduction: Reduction) -> list[int]:
    """Party → meetings it should have at least: the floor of its role, if it has so many feasible wishes."""
    could = [0] * len(reduction.seats)
    for wish, parties in enumerate(reduction.parties):
        if reduction.allowed[wish]:
            for party in parties:
                could[party] += 1
    people = reduction.problem.parties
    return [min(reduction.problem.floors.get(p.role, 1), n) for p, n in zip(people, could, strict=True)]


def unit_of(values: list[float]) -> float:
    """The greatest number of which every value is a whole multiple (to a thousandth)."""
    from math import gcd

    return gcd(*(max(1, round(value * 1000)) for value in values)) / 1000 if values else 1.0


def board_of(reduction: Reduction, idle_limit: int = NO_LIMIT) -> Board:
    """Flatten a reduction."""
    problem = reduction.problem
    total = len(problem.slots)
    words = _words(reduction)
    word_of, bit_of, slot_at = [0] * total, [0] * total, [-1] * (len(words) * 64)
    for word, span in enumerate(words):
        for bit, slot in enumerate(span):
            word_of[slot], bit_of[slot], slot_at[word * 64 + bit] = word, bit, slot
    breaks = problem.mode == "all"
    width = max((len(parties) for parties in reduction.parties), default=2)
    families: list[list[int]] = [[] for _ in problem.wishes]
    for number, family in enumerate(reduction.families):
        for wish in family.members:
            families[wish].append(number)
    later: list[list[int]] = [[] for _ in problem.wishes]
    for wish, earlier in enumerate(reduction.after):
        for other in earlier:
            later[other].append(wish)
    unit = unit_of([float(wish.value) for wish in problem.wishes])
    weights = [round(wish.value / unit) * VALUE_WEIGHT for wish in problem.wishes]
    due_weight = sum(weights) + VALUE_WEIGHT if any(reduction.due) else 0
    slot_start, slot_list = _starts([list(slots) for slots in reduction.allowed])
    family_start, family_list = _starts(families)
    before_start, before_list = _starts([list(row) for row in reduction.after])
    later_start, later_list = _starts(later)
    allowed = [0] * (len(problem.wishes) * total)
    for wish, slots in enumerate(reduction.allowed):
        for slot in slots:
            allowed[wish * total + slot] = 1

    def bits(rows: list[set[int]]) -> list[int]:
        return [sum(1 << bit_of[s] for s in span if s in row) for row in rows for span in words]

    everywhere = set(range(total))
    present = [everywhere if breaks else {t for t, n in enumerate(row) if n} for row in reduction.seats]
    return Board(
        wishes=len(problem.wishes),
        people=len(problem.parties),
        slots=total,
        words=len(words),
        width=width,
        depth=max((max(row, default=0) for row in reduction.seats), default=0) + 1,
        goal=BREAKS if breaks else IDLE,
        idle_limit=idle_limit,
        parties=[p for row in reduction.parties for p in (*row, *(-1,) * (width - len(row)))],
        value=[w + due_weight * due for w, due in zip(weights, reduction.due, strict=True)],
        allowed=allowed,
        slot_start=slot_start,
        slot_list=slot_list,
        seats=[n for row in reduction.seats for n in row],
        word_of=word_of,
        bit_of=bit_of,
        slot_at=slot_at,
        present=bits(present),
        busy=bits([set() if breaks else set(row) for row in reduction.busy]),
        family_start=family_start,
        family_list=family_list,
        capacity=[n for family in reduction.families for n in family.capacity],
        before_start=before_start,
        before_list=before_list,
        later_start=later_start,
        later_list=later_list,
        ruled=[int(bool(p.gap) or p.max_run is not None or p.max_per_day is not None) for p in problem.parties],
        gap=[p.gap for p in problem.parties],
        run=[NO_LIMIT if p.max_run is None else p.max_run for p in problem.parties],
        day_limit=[NO_LIMIT if p.max_per_day is None else p.max_per_day for p in problem.parties],
        total_limit=[NO_LIMIT if p.max_meetings is None else p.max_meetings for p in problem.parties],
        floor=floors_of(reduction),
        locked=[int(wish.fixed is not None) for wish in problem.wishes],
        block_of=list(reduction.block_of),
        day_of=list(reduction.day_of),
    )
