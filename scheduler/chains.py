# SPDX-License-Identifier: EUPL-1.2
"""The steps of the annealing: Kempe chains and insertions with ejection, and the greedy fill.

Source: Kempe chains of graph colouring; Metropolis, simulated annealing (Kirkpatrick et al., 1983).
"""

from scheduler.board import (
    AT,
    BAD,
    BADS,
    CAPACITY,
    CHAIN,
    CHAINED,
    COST,
    COUNT,
    COVER,
    DONE,
    FAMILY_LIST,
    FAMILY_LOAD,
    FAMILY_START,
    IN_SLOT,
    LOAD,
    LOCKED,
    MARK,
    MASK,
    PARTIES,
    RANK,
    ROW_START,
    SEATS,
    SHORT,
    SLOT_AT,
    SLOT_LIST,
    SLOT_OF,
    SLOT_SIZE,
    SLOT_START,
    SLOTS,
    STAMP,
    TOTAL_LIMIT,
    VALUE,
    WAITERS,
    WAITING,
    WEIGHT,
    WIDTH,
    WISHES,
    WORDS,
    Table,
)
from scheduler.kernel import (
    LONGEST_CHAIN,
    accepts,
    draw,
    enlist,
    has_room,
    may_use,
    put,
    seat_row,
    strike,
    take,
    wish_holds,
)


def push(b: Table, s: Table, wish: int, here: int, there: int) -> bool:
    """Move one wish of a chain from `here` to `there` and draw in whoever now lacks a seat."""
    take(b, s, wish)
    put(b, s, wish, there)
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        pt = party * b[SLOTS] + there
        if s[s[LOAD] + pt] > b[b[SEATS] + pt]:
            found = -1
            first = draw(s, s[s[LOAD] + pt]) if s[s[LOAD] + pt] > 2 else 0
            for i in range(s[s[LOAD] + pt]):
                other = s[s[AT] + seat_row(b, party, there) + (first + i) % s[s[LOAD] + pt]]
                if s[s[MARK] + other] != s[STAMP]:
                    found = other
                    break
            if found < 0 or not may_use(b, found, here) or s[CHAINED] >= LONGEST_CHAIN:
                return False
            s[s[MARK] + found] = s[STAMP]
            s[s[CHAIN] + s[CHAINED]] = found
            s[CHAINED] += 1
    return True


def flip(b: Table, s: Table, wish: int, there: int, heat: int) -> bool:
    """Flip the Kempe chain between the wish's slot and `there`; undone unless accepted."""
    here = s[s[SLOT_OF] + wish]
    before = s[COST]
    s[STAMP] += 1
    s[s[MARK] + wish] = s[STAMP]
    s[s[CHAIN] + 0] = wish
    s[CHAINED] = 1
    done = 0
    fine = True
    while fine and done < s[CHAINED]:
        link = s[s[CHAIN] + done]
        at = s[s[SLOT_OF] + link]
        done += 1
        fine = push(b, s, link, at, here + there - at)
    if fine:
        for i in range(done):
            if not wish_holds(b, s, s[s[CHAIN] + i]):
                fine = False
                break
    if fine and accepts(s, s[COST] - before, heat):
        return True
    while done > 0:
        done -= 1
        link = s[s[CHAIN] + done]
        at = s[s[SLOT_OF] + link]
        take(b, s, link)
        put(b, s, link, here + there - at)
    return False


def seat_taker(b: Table, s: Table, party: int, slot: int) -> int:
    """A meeting of the party in the slot that could be ejected, or -1."""
    pt = party * b[SLOTS] + slot
    first = draw(s, s[s[LOAD] + pt]) if s[s[LOAD] + pt] > 1 else 0
    for i in range(s[s[LOAD] + pt]):
        wish = s[s[AT] + seat_row(b, party, slot) + (first + i) % s[s[LOAD] + pt]]
        if b[b[LOCKED] + wish] == 0:
            return wish
    return -1


def eject(b: Table, s: Table, wish: int) -> int:
    """Take a wish out and remember it in the chain; its value."""
    s[s[CHAIN] + LONGEST_CHAIN + s[CHAINED]] = s[s[SLOT_OF] + wish]
    take(b, s, wish)
    s[s[CHAIN] + s[CHAINED]] = wish
    s[CHAINED] += 1
    return b[b[WEIGHT] + wish]


def make_room(b: Table, s: Table, wish: int, slot: int) -> int:
    """Eject meetings until each party of the wish, and its places, have room; value lost, or -1."""
    lost = 0
    for k in range(b[WIDTH]):
        party = b[b[PARTIES] + wish * b[WIDTH] + k]
        if party < 0:
            break
        pt = party * b[SLOTS] + slot
        if s[s[LOAD] + pt] >= b[b[SEATS] + pt]:
            other = seat_taker(b, s, party, slot)
            if other < 0:
                return -1
            lost += eject(b, s, other)
        if s[s[COUNT] + party] >= b[b[TOTAL_LIMIT] + party]:
            other = -1
            t = draw(s, b[SLOTS])
            for i in range(b[SLOTS]):
                if s[s[LOAD] + party * b[SLOTS] + (t + i) % b[SLOTS]] > 0:
                    other = seat_taker(b, s, party, (t + i) % b[SLOTS])
                    if other >= 0:
                        break
            if other < 0:
                return -1
            lost += eject(b, s, other)
    for i in range(b[b[FAMILY_START] + wish], b[b[FAMILY_START] + wish + 1]):
        family = b[b[FAMILY_LIST] + i]
        if (
            s[s[FAMILY_LOAD] + family * b[SLOTS] + slot]
            >= b[b[CAPACITY] + family * b[SLOTS] + slot]
        ):
            other = rival(b, s, family, slot)
            if other < 0:
                return -1
            lost += eject(b, s, other)
    return lost


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
    before = s[COST] + b[COVER] * s[SHORT]
    s[CHAINED] = 0
    lost = make_room(b, s, wish, slot)
    fine = lost >= 0
    if fine:
        strike(s, wish)
        put(b, s, wish, slot)
        after = s[COST] + b[COVER] * s[SHORT]
        fine = wish_holds(b, s, wish) and accepts(
            s, after - before + lost - b[b[WEIGHT] + wish], heat
        )
        if not fine:
            take(b, s, wish)
            enlist(s, wish)
    if fine:
        s[VALUE] += b[b[WEIGHT] + wish] - lost
        for i in range(s[CHAINED]):
            enlist(s, s[s[CHAIN] + i])
        return True
    while s[CHAINED] > 0:
        s[CHAINED] -= 1
        put(b, s, s[s[CHAIN] + s[CHAINED]], s[s[CHAIN] + LONGEST_CHAIN + s[CHAINED]])
    return False


def try_slot(b: Table, s: Table, wish: int, heat: int) -> None:
    """Propose another slot to a wish: a chain if it is placed, an insertion if it waits."""
    size = b[b[SLOT_START] + wish + 1] - b[b[SLOT_START] + wish]
    if size == 0:
        return
    slot = b[b[SLOT_LIST] + b[b[SLOT_START] + wish] + draw(s, size)]
    if s[s[SLOT_OF] + wish] < 0:
        insert(b, s, wish, slot, heat)
    elif slot != s[s[SLOT_OF] + wish]:
        flip(b, s, wish, slot, heat)


def meeting_of(b: Table, s: Table, party: int) -> int:
    """A random meeting of the party, or -1."""
    first = draw(s, b[SLOTS])
    for i in range(b[SLOTS]):
        slot = (first + i) % b[SLOTS]
        pt = party * b[SLOTS] + slot
        if s[s[LOAD] + pt] > 0:
            return s[s[AT] + seat_row(b, party, slot) + draw(s, s[s[LOAD] + pt])]
    return -1


def mend(b: Table, s: Table, heat: int) -> None:
    """Take a day with idle slots and move one of that party's meetings into a hole, or one end
    away.
    """
    pw = s[s[BAD] + draw(s, s[BADS])]
    party, word = pw // b[WORDS], pw % b[WORDS]
    mask = s[s[MASK] + pw]
    wish = meeting_of(b, s, party)
    if wish < 0:
        return
    if draw(s, 3) == 0:
        try_slot(b, s, wish, heat)
        return
    low = 0
    while (mask >> low) & 1 == 0:
        low += 1
    high = low
    while mask >> (high + 1) != 0:
        high += 1
    bit = low + draw(s, high - low + 1)
    for _ in range(high - low + 1):
        if (mask >> bit) & 1 == 0:
            break
        bit = bit + 1 if bit < high else low
    slot = b[b[SLOT_AT] + word * 64 + bit]
    if slot != s[s[SLOT_OF] + wish] and may_use(b, wish, slot):
        flip(b, s, wish, slot, heat)


def anneal(b: Table, s: Table, steps: int, heat: int) -> None:
    """Take `steps` annealing steps at one temperature (heat in 1/1024 of cost)."""
    for _ in range(steps):
        kind = draw(s, 100)
        if kind < 20 and s[WAITERS] > 0:
            try_slot(b, s, s[s[WAITING] + draw(s, s[WAITERS])], heat)
        elif kind < 50 and s[BADS] > 0:
            mend(b, s, heat)
        else:
            try_slot(b, s, draw(s, b[WISHES]), heat)
    s[DONE] += steps


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
    s[VALUE] += b[b[WEIGHT] + wish]
    return True


def fill(b: Table, s: Table) -> None:
    """Give a slot to every waiting wish that fits without moving anything, in the order of the
    list.
    """
    i = s[WAITERS] - 1
    while i >= 0:
        place_best(b, s, s[s[WAITING] + i])
        i -= 1
