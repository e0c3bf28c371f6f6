# SPDX-License-Identifier: EUPL-1.2
"""A schedule as flat tables: place a wish, take it out, and say whether every rule still holds.

Integers only, so that plain Python and the compiled code give the same answer.
"""

from scheduler.board import (
    ALLOWED,
    ASKED,
    AT,
    AT_START,
    BAD,
    BAD_RANK,
    BADS,
    BEFORE_LIST,
    BEFORE_START,
    BIT_OF,
    BLOCK_OF,
    BUSY,
    CAPACITY,
    COST,
    COUNT,
    DAY_COST,
    DAY_LIMIT,
    DAY_OF,
    DEPTH,
    FAMILY_LIST,
    FAMILY_LOAD,
    FAMILY_START,
    FLOOR,
    GAP,
    IN_SLOT,
    LATER_LIST,
    LATER_START,
    LEVEL,
    LOAD,
    MASK,
    PARTIES,
    PRESENT,
    RANK,
    ROW_START,
    RULED,
    RUN,
    SEATS,
    SHORT,
    SLOT_OF,
    SLOT_SIZE,
    SLOTS,
    TOTAL_LIMIT,
    UNFAIR,
    VALUE,
    WAIT,
    WAITERS,
    WAITING,
    WEIGHT,
    WIDTH,
    WORD_OF,
    WORDS,
    Table,
)
from scheduler.judgement import hardship, idle_cost, neglect

LONGEST_CHAIN = 60


def note_cost(b: Table, s: Table, party: int, word: int) -> None:
    """Bring a party's day up to date: its cost, and its place among the days with idle slots."""
    pw = party * b[WORDS] + word
    new = idle_cost(b, s[s[MASK] + pw], b[b[PRESENT] + pw])
    old = s[s[DAY_COST] + pw]
    if new == old:
        return
    s[s[DAY_COST] + pw] = new
    s[COST] += new - old
    if s[LEVEL] == 1:
        s[UNFAIR] -= hardship(s[s[WAIT] + party])
        s[s[WAIT] + party] += new - old
        s[UNFAIR] += hardship(s[s[WAIT] + party])
    if old == 0:
        s[s[BAD] + s[BADS]] = pw
        s[s[BAD_RANK] + pw] = s[BADS]
        s[BADS] += 1
    elif new == 0:
        s[BADS] -= 1
        last = s[s[BAD] + s[BADS]]
        s[s[BAD] + s[s[BAD_RANK] + pw]] = last
        s[s[BAD_RANK] + last] = s[s[BAD_RANK] + pw]
        s[s[BAD_RANK] + pw] = -1


def recount(b: Table, s: Table, party: int, step: int) -> None:
    """A party has one meeting more (step 1) or less (step -1)."""
    if s[LEVEL] == 1:
        s[UNFAIR] += neglect(b[b[ASKED] + party], s[s[COUNT] + party] + step)
        s[UNFAIR] -= neglect(b[b[ASKED] + party], s[s[COUNT] + party])
    s[s[COUNT] + party] += step
    if step > 0 and s[s[COUNT] + party] <= b[b[FLOOR] + party]:
        s[SHORT] -= 1
    if step < 0 and s[s[COUNT] + party] < b[b[FLOOR] + party]:
        s[SHORT] += 1


def seat_row(b: Table, party: int, slot: int) -> int:
    """Where the meetings of a party in a slot begin in the table AT."""
    return b[b[AT_START] + party] + slot * b[b[DEPTH] + party]


def may_use(b: Table, wish: int, slot: int) -> bool:
    """The wish may be placed in the slot, seen alone."""
    return (b[b[ALLOWED] + wish * b[WORDS] + b[b[WORD_OF] + slot]] >> b[b[BIT_OF] + slot]) & 1 == 1


def put(b: Table, s: Table, wish: int, slot: int) -> None:
    """Place a wish that is in no slot."""
    s[s[SLOT_OF] + wish] = slot
    s[VALUE] += b[b[WEIGHT] + wish]
    s[s[RANK] + wish] = s[s[SLOT_SIZE] + slot]
    s[s[IN_SLOT] + b[b[ROW_START] + slot] + s[s[SLOT_SIZE] + slot]] = wish
    s[s[SLOT_SIZE] + slot] += 1
    for i in range(b[b[FAMILY_START] + wish], b[b[FAMILY_START] + wish + 1]):
        s[s[FAMILY_LOAD] + b[b[FAMILY_LIST] + i] * b[SLOTS] + slot] += 1
    word, bit = b[b[WORD_OF] + slot], 1 << b[b[BIT_OF] + slot]
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        pt = party * b[SLOTS] + slot
        s[s[AT] + seat_row(b, party, slot) + s[s[LOAD] + pt]] = wish
        s[s[LOAD] + pt] += 1
        recount(b, s, party, 1)
        if s[s[LOAD] + pt] == 1:
            s[s[MASK] + party * b[WORDS] + word] |= bit
            note_cost(b, s, party, word)


def take(b: Table, s: Table, wish: int) -> None:
    """Take a wish out of its slot."""
    slot = s[s[SLOT_OF] + wish]
    s[s[SLOT_OF] + wish] = -1
    s[VALUE] -= b[b[WEIGHT] + wish]
    s[s[SLOT_SIZE] + slot] -= 1
    last = s[s[IN_SLOT] + b[b[ROW_START] + slot] + s[s[SLOT_SIZE] + slot]]
    s[s[IN_SLOT] + b[b[ROW_START] + slot] + s[s[RANK] + wish]] = last
    s[s[RANK] + last] = s[s[RANK] + wish]
    for i in range(b[b[FAMILY_START] + wish], b[b[FAMILY_START] + wish + 1]):
        s[s[FAMILY_LOAD] + b[b[FAMILY_LIST] + i] * b[SLOTS] + slot] -= 1
    word, bit = b[b[WORD_OF] + slot], 1 << b[b[BIT_OF] + slot]
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        pt = party * b[SLOTS] + slot
        s[s[LOAD] + pt] -= 1
        i = seat_row(b, party, slot)
        while s[s[AT] + i] != wish:
            i += 1
        s[s[AT] + i] = s[s[AT] + seat_row(b, party, slot) + s[s[LOAD] + pt]]
        recount(b, s, party, -1)
        if s[s[LOAD] + pt] == 0:
            pw = party * b[WORDS] + word
            s[s[MASK] + pw] = (s[s[MASK] + pw] & ~bit) | (b[b[BUSY] + pw] & bit)
            note_cost(b, s, party, word)


def enlist(s: Table, wish: int) -> None:
    """Add a wish to those that wait for a slot."""
    s[s[WAITING] + s[WAITERS]] = wish
    s[s[RANK] + wish] = s[WAITERS]
    s[WAITERS] += 1


def strike(s: Table, wish: int) -> None:
    """Take a wish off those that wait."""
    s[WAITERS] -= 1
    last = s[s[WAITING] + s[WAITERS]]
    s[s[WAITING] + s[s[RANK] + wish]] = last
    s[s[RANK] + last] = s[s[RANK] + wish]


def rules_hold(b: Table, s: Table, party: int, slot: int) -> bool:
    """The party's gap, run and daily limit hold around the slot (H5, H7)."""
    base = party * b[SLOTS]
    day = 0
    for t in range(b[SLOTS]):
        if b[b[DAY_OF] + t] == b[b[DAY_OF] + slot]:
            day += s[s[LOAD] + base + t]
    if day > b[b[DAY_LIMIT] + party]:
        return False
    first = slot
    while first > 0 and b[b[BLOCK_OF] + first - 1] == b[b[BLOCK_OF] + slot]:
        first -= 1
    run = 0
    t = first
    while t < b[SLOTS] and b[b[BLOCK_OF] + t] == b[b[BLOCK_OF] + slot]:
        run = run + 1 if s[s[LOAD] + base + t] > 0 else 0
        if run > b[b[RUN] + party]:
            return False
        if b[b[GAP] + party] > 0:
            held, most, u = 0, 0, t
            while (
                u <= t + b[b[GAP] + party]
                and u < b[SLOTS]
                and b[b[BLOCK_OF] + u] == b[b[BLOCK_OF] + slot]
            ):
                held += s[s[LOAD] + base + u]
                most = max(most, b[b[SEATS] + base + u])
                u += 1
            if held > most:
                return False
        t += 1
    return True


def wish_holds(b: Table, s: Table, wish: int) -> bool:
    """A placed wish respects the places, the precedences and its parties' own rules."""
    slot = s[s[SLOT_OF] + wish]
    for i in range(b[b[FAMILY_START] + wish], b[b[FAMILY_START] + wish + 1]):
        ft = b[b[FAMILY_LIST] + i] * b[SLOTS] + slot
        if s[s[FAMILY_LOAD] + ft] > b[b[CAPACITY] + ft]:
            return False
    for i in range(b[b[BEFORE_START] + wish], b[b[BEFORE_START] + wish + 1]):
        if s[s[SLOT_OF] + b[b[BEFORE_LIST] + i]] >= slot:
            return False
    for i in range(b[b[LATER_START] + wish], b[b[LATER_START] + wish + 1]):
        other = s[s[SLOT_OF] + b[b[LATER_LIST] + i]]
        if 0 <= other <= slot:
            return False
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        if s[s[COUNT] + party] > b[b[TOTAL_LIMIT] + party]:
            return False
        if b[b[RULED] + party] and not rules_hold(b, s, party, slot):
            return False
    return True


def has_room(b: Table, s: Table, wish: int, slot: int) -> bool:
    """Every party of the wish has a free seat in the slot."""
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        pt = party * b[SLOTS] + slot
        if s[s[LOAD] + pt] >= b[b[SEATS] + pt]:
            return False
    return True
