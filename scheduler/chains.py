# SPDX-License-Identifier: EUPL-1.2
"""The steps of the annealing: Kempe chains, and insertions where a wish waits.

Source: Kempe chains of graph colouring; Metropolis, simulated annealing (Kirkpatrick et al., 1983).
"""

from scheduler.board import (
    AT,
    BAD,
    BADS,
    CHAIN,
    CHAINED,
    DONE,
    LOAD,
    MARK,
    MASK,
    PARTIES,
    SEATS,
    SLOT_AT,
    SLOT_LIST,
    SLOT_OF,
    SLOT_START,
    SLOTS,
    STAMP,
    WAITERS,
    WAITING,
    WIDTH,
    WISHES,
    WORDS,
    Table,
)
from scheduler.insertion import insert
from scheduler.judgement import accepts, draw, score
from scheduler.kernel import LONGEST_CHAIN, may_use, put, seat_row, take, wish_holds


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
    before = score(b, s)
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
    if fine and accepts(s, score(b, s) - before, heat):
        return True
    while done > 0:
        done -= 1
        link = s[s[CHAIN] + done]
        at = s[s[SLOT_OF] + link]
        take(b, s, link)
        put(b, s, link, here + there - at)
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
