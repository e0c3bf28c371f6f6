# SPDX-License-Identifier: EUPL-1.2
"""Place a waiting wish: where it fits, or by sending whoever stands in the way back to wait."""

from scheduler.board import (
    AT,
    CAPACITY,
    CHAIN,
    CHAINED,
    COST,
    COUNT,
    FAMILY_LIST,
    FAMILY_LOAD,
    FAMILY_START,
    IN_SLOT,
    LOAD,
    LOCKED,
    PARTIES,
    RANK,
    ROW_START,
    SEATS,
    SLOT_LIST,
    SLOT_OF,
    SLOT_SIZE,
    SLOT_START,
    SLOTS,
    TOTAL_LIMIT,
    WAITERS,
    WAITING,
    WIDTH,
    Table,
)
from scheduler.judgement import accepts, draw, score
from scheduler.kernel import (
    LONGEST_CHAIN,
    enlist,
    has_room,
    put,
    seat_row,
    strike,
    take,
    wish_holds,
)


def seat_taker(b: Table, s: Table, party: int, slot: int) -> int:
    """A meeting of the party in the slot that could be ejected, or -1."""
    pt = party * b[SLOTS] + slot
    first = draw(s, s[s[LOAD] + pt]) if s[s[LOAD] + pt] > 1 else 0
    for i in range(s[s[LOAD] + pt]):
        wish = s[s[AT] + seat_row(b, party, slot) + (first + i) % s[s[LOAD] + pt]]
        if b[b[LOCKED] + wish] == 0:
            return wish
    return -1


def eject(b: Table, s: Table, wish: int) -> None:
    """Take a wish out and remember it in the chain."""
    s[s[CHAIN] + LONGEST_CHAIN + s[CHAINED]] = s[s[SLOT_OF] + wish]
    take(b, s, wish)
    s[s[CHAIN] + s[CHAINED]] = wish
    s[CHAINED] += 1


def make_room(b: Table, s: Table, wish: int, slot: int) -> bool:
    """Eject meetings until each party of the wish, and its places, have room."""
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        pt = party * b[SLOTS] + slot
        if s[s[LOAD] + pt] >= b[b[SEATS] + pt]:
            other = seat_taker(b, s, party, slot)
            if other < 0:
                return False
            eject(b, s, other)
        if s[s[COUNT] + party] >= b[b[TOTAL_LIMIT] + party]:
            other = -1
            t = draw(s, b[SLOTS])
            for i in range(b[SLOTS]):
                if s[s[LOAD] + party * b[SLOTS] + (t + i) % b[SLOTS]] > 0:
                    other = seat_taker(b, s, party, (t + i) % b[SLOTS])
                    if other >= 0:
                        break
            if other < 0:
                return False
            eject(b, s, other)
    for i in range(b[b[FAMILY_START] + wish], b[b[FAMILY_START] + wish + 1]):
        family = b[b[FAMILY_LIST] + i]
        if (
            s[s[FAMILY_LOAD] + family * b[SLOTS] + slot]
            >= b[b[CAPACITY] + family * b[SLOTS] + slot]
        ):
            other = rival(b, s, family, slot)
            if other < 0:
                return False
            eject(b, s, other)
    return True


def rival(b: Table, s: Table, family: int, slot: int) -> int:
    """A meeting of the slot that takes a place of the family and could be ejected, or -1."""
    for _ in range(8):
        if s[s[SLOT_SIZE] + slot] == 0:
            return -1
        other = s[s[IN_SLOT] + b[b[ROW_START] + slot] + draw(s, s[s[SLOT_SIZE] + slot])]
        if b[b[LOCKED] + other] == 0:
            for i in range(b[b[FAMILY_START] + other], b[b[FAMILY_START] + other + 1]):
                if b[b[FAMILY_LIST] + i] == family:
                    return other
    return -1


def insert(b: Table, s: Table, wish: int, slot: int, heat: int) -> bool:
    """Place a waiting wish in a slot, ejecting whoever stands in the way; undone unless
    accepted.
    """
    before = score(b, s)
    s[CHAINED] = 0
    fine = make_room(b, s, wish, slot)
    if fine:
        strike(s, wish)
        put(b, s, wish, slot)
        fine = wish_holds(b, s, wish) and accepts(s, score(b, s) - before, heat)
        if not fine:
            take(b, s, wish)
            enlist(s, wish)
    if fine:
        for i in range(s[CHAINED]):
            enlist(s, s[s[CHAIN] + i])
        return True
    while s[CHAINED] > 0:
        s[CHAINED] -= 1
        put(b, s, s[s[CHAIN] + s[CHAINED]], s[s[CHAIN] + LONGEST_CHAIN + s[CHAINED]])
    return False


def place_best(b: Table, s: Table, wish: int) -> bool:
    """Place a waiting wish in the slot that adds least idle time, then in the least loaded one."""
    best, best_slot, rank = 0, -1, s[s[RANK] + wish]
    for i in range(b[b[SLOT_START] + wish], b[b[SLOT_START] + wish + 1]):
        slot = b[b[SLOT_LIST] + i]
        if not has_room(b, s, wish, slot):
            continue
        before = s[COST]
        put(b, s, wish, slot)
        fine = wish_holds(b, s, wish)
        score = (s[COST] - before) * 4096 + s[s[SLOT_SIZE] + slot]
        take(b, s, wish)
        if fine and (best_slot < 0 or score < best):
            best, best_slot = score, slot
    s[s[RANK] + wish] = rank
    if best_slot < 0:
        return False
    strike(s, wish)
    put(b, s, wish, best_slot)
    return True


def fill(b: Table, s: Table) -> None:
    """Give a slot to every waiting wish that fits without moving anything, in the order of the
    list.
    """
    i = s[WAITERS] - 1
    while i >= 0:
        place_best(b, s, s[s[WAITING] + i])
        i -= 1
