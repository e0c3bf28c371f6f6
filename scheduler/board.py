# SPDX-License-Identifier: EUPL-1.2
"""The reduced problem as flat integer lists, for loops that run alike in Python and compiled."""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from math import gcd
from typing import Any

from scheduler.goals import days
from scheduler.reduce import Reduction, bits_of

IDLE, BREAKS = 0, 1
IDLE_WEIGHT = (
    20  # one idle slot; i slots of a day cost 20·i + i², so one long hole is worse than two short
)
VALUE_WEIGHT = 60 * IDLE_WEIGHT  # one unit of value
NO_LIMIT = 1 << 30
LARGEST_WORD = 62  # slots of a day that fit in one signed word

Table = Any  # a flat list of whole numbers, or the same as a numpy array

# A Board and a State are one flat table each: first its single numbers, then where each of its
# rows begins.
# `b[b[SEATS] + party * b[SLOTS] + slot]` reads the seats of a party in a slot. One flat table
# costs a compiled
# call one argument; forty arrays cost it forty, and the loops become five times slower.

# Board: single numbers
WISHES, PEOPLE, SLOTS, WORDS, WIDTH, COVER, GOAL, IDLE_LIMIT = range(8)
# Board: where its tables begin
(
    PARTIES,  # [wish, k] → party or -1
    WEIGHT,  # [wish] → value, in units of cost
    ALLOWED,  # [wish, word] → bits of its slots
    SLOT_START,  # [wish] → first of its slots in SLOT_LIST
    SLOT_LIST,
    SEATS,  # [party, slot]
    WORD_OF,  # [slot] → word: a day, or a piece of a very long day
    BIT_OF,  # [slot] → its bit in the word
    SLOT_AT,  # [word, bit] → slot
    PRESENT,  # [party, word] → bits of the slots with a seat
    BUSY,  # [party, word] → bits of fixed activities
    FAMILY_START,  # [wish] → first of its families in FAMILY_LIST
    FAMILY_LIST,
    CAPACITY,  # [family, slot]
    BEFORE_START,  # [wish] → wishes that come earlier
    BEFORE_LIST,
    LATER_START,  # [wish] → wishes that come later
    LATER_LIST,
    RULED,  # [party] → 1 if a gap, run or daily limit applies
    GAP,
    RUN,
    DAY_LIMIT,
    TOTAL_LIMIT,  # [party] → max_meetings
    FLOOR,  # [party] → meetings it should have at least
    LOCKED,  # [wish] → 1 if it may not be ejected
    BLOCK_OF,  # [slot]
    DAY_OF,  # [slot]
    AT_START,  # [party] → where its rows begin in AT
    DEPTH,  # [party] → meetings it may hold in a slot for a moment: twice its seats, plus one
    ROW_START,  # [slot] → where its row begins in IN_SLOT
    ASKED,  # [party] → wishes that name it
) = range(8, 39)
BOARD_HEAD = 39

# State: single numbers
RNG, VALUE, COST, SHORT, STAMP, WAITERS, CHAINED, BADS, DONE = range(9)
# State: 1 while fairness is sought (G3), what is then sought, and the goals above it as they stand
LEVEL, UNFAIR, VALUE_KEPT, COST_KEPT, SHORT_KEPT = range(9, 14)
# State: where its tables begin
(
    SLOT_OF,  # [wish] → slot or -1
    LOAD,  # [party, slot] → meetings
    AT,  # [seat_row + k] → wish
    MASK,  # [party, word] → bits of the slots in use
    DAY_COST,  # [party, word] → idle cost
    COUNT,  # [party] → meetings
    FAMILY_LOAD,  # [family, slot]
    SLOT_SIZE,  # [slot] → meetings
    IN_SLOT,  # [row of the slot + k] → wish
    RANK,  # [wish] → its k in IN_SLOT or in WAITING
    WAITING,  # unplaced wishes that have an allowed slot
    MARK,  # [wish] → stamp of the last chain that took it
    CHAIN,  # wishes of the chain under way, then the slots they came from
    BAD,  # party-words with idle cost
    BAD_RANK,  # [party, word] → its place in BAD, or -1
    LOGS,  # -ln of equally spaced numbers, times 1024: the Metropolis thresholds
    WAIT,  # [party] → idle cost of all its days, kept while fairness is sought
) = range(14, 31)
STATE_HEAD = 31


def flat(numbers: list[int], tables: list[list[int]]) -> list[int]:
    """Single numbers, then the beginnings of the tables, then the tables."""
    begin = len(numbers) + len(tables)
    starts = []
    for table in tables:
        starts.append(begin)
        begin += len(table)
    return list(chain(numbers, starts, *tables))


def starts(rows: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Rows of different lengths as (first position of each row, all items)."""
    starts, items = [0], list[int]()
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


def _cut(span: list[int]) -> Callable[[int], int]:
    """From a set of slots to the part of it that lies in a word."""
    first, whole = span[0], (1 << len(span)) - 1
    if span == list(range(first, first + len(span))):
        return lambda row: row >> first & whole
    return lambda row: sum(1 << bit for bit, slot in enumerate(span) if row >> slot & 1)


def floors_of(reduction: Reduction) -> list[int]:
    """Party → meetings it should have at least: the floor of its role, if it has so many feasible
    wishes.
    """
    could = [0] * len(reduction.seats)
    for wish, parties in enumerate(reduction.parties):
        if reduction.allowed[wish]:
            for party in parties:
                could[party] += 1
    people = reduction.problem.parties
    return [
        min(reduction.problem.floors.get(p.role, 1), n) for p, n in zip(people, could, strict=True)
    ]


def unit_of(values: list[float]) -> float:
    """The greatest number of which every value is a whole multiple (to a thousandth)."""
    return gcd(*(max(1, round(value * 1000)) for value in values)) / 1000 if values else 1.0


def board_of(reduction: Reduction, idle_limit: int = NO_LIMIT) -> list[int]:
    """Flatten a reduction into a Board."""
    problem = reduction.problem
    people, wishes, total = problem.parties, problem.wishes, len(problem.slots)
    words = _words(reduction)
    word_of, bit_of, slot_at = [0] * total, [0] * total, [-1] * (len(words) * 64)
    for word, span in enumerate(words):
        for bit, slot in enumerate(span):
            word_of[slot], bit_of[slot], slot_at[word * 64 + bit] = word, bit, slot
    width = max((len(parties) for parties in reduction.parties), default=2)
    weights, cover = _weights(reduction)
    depth = [2 * max(row, default=0) + 1 for row in reduction.seats]
    at_start = [0, *accumulate(most * total for most in depth)]

    def bits(rows: Iterable[int]) -> list[int]:
        """Sets of slots, each cut into its words."""
        return [cut(row) for row in rows for cut in cuts]

    cuts = [_cut(span) for span in words]
    breaks = problem.mode == "all"
    everywhere = (1 << total) - 1
    present = [everywhere] * len(people) if breaks else reduction.present
    busy = [0] * len(people) if breaks else [bits_of(slots) for slots in reduction.busy]
    singles = [
        *(len(wishes), len(people), total, len(words), width),
        *(cover, BREAKS if breaks else IDLE, idle_limit),
    ]
    tables = [
        list(chain.from_iterable(row + (-1,) * (width - len(row)) for row in reduction.parties)),
        weights,
        bits(reduction.masks),
        *starts(reduction.allowed),
        list(chain.from_iterable(reduction.seats)),
        word_of,
        bit_of,
        slot_at,
        bits(present),
        bits(busy),
        *starts(reduction.families_of),
        [n for family in reduction.families for n in family.capacity],
        *starts(reduction.after),
        *starts(_later(reduction)),
        [int(bool(p.gap) or p.max_run is not None or p.max_per_day is not None) for p in people],
        [p.gap for p in people],
        [NO_LIMIT if p.max_run is None else p.max_run for p in people],
        [NO_LIMIT if p.max_per_day is None else p.max_per_day for p in people],
        [NO_LIMIT if p.max_meetings is None else p.max_meetings for p in people],
        floors_of(reduction),
        [int(wish.fixed is not None) for wish in wishes],
        list(reduction.block_of),
        list(reduction.day_of),
        at_start,
        depth,
        _row_starts(reduction),
        _asked(reduction),
    ]
    return flat(singles, tables)


def _asked(reduction: Reduction) -> list[int]:
    asked = [0] * len(reduction.seats)
    for parties in reduction.parties:
        for party in parties:
            asked[party] += 1
    return asked


def _later(reduction: Reduction) -> list[list[int]]:
    later: list[list[int]] = [[] for _ in reduction.parties]
    for wish, earlier in enumerate(reduction.after):
        for other in earlier:
            later[other].append(wish)
    return later


def _weights(reduction: Reduction) -> tuple[list[int], int]:
    """Wish → weight, and the weight of a party short of its floor; what is due outweighs all
    else.
    """
    unit = unit_of([float(wish.value) for wish in reduction.problem.wishes])
    weights = [round(wish.value / unit) * VALUE_WEIGHT for wish in reduction.problem.wishes]
    cover = 8 * max(weights, default=0)
    due = cover * (len(reduction.seats) + 1) + 4 * max(weights, default=0)
    return [weight + due * must for weight, must in zip(weights, reduction.due, strict=True)], cover


def _row_starts(reduction: Reduction) -> list[int]:
    """Slot → where its meetings begin; a slot never holds more than its seats, doubled during a
    chain.
    """
    sizes = [min(len(reduction.parties), sum(row)) for row in zip(*reduction.seats, strict=True)]
    return [0, *accumulate(sizes)]
