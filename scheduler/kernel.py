# SPDX-License-Identifier: EUPL-1.2
"""The inner loops of the annealing: Kempe chains, insertions with ejection; integers only, so that they
give the same answer in plain Python and compiled."""

from typing import Any

from scheduler.board import (
    BAD,
    BREAKS,
    CHAIN,
    COST,
    DONE,
    IDLE_WEIGHT,
    RNG,
    SHORT,
    STAMP,
    UNPLACED,
    VALUE,
    VALUE_WEIGHT,
    Board,
    State,
)

LONGEST_CHAIN = 60
COVER_WEIGHT = 1000 * VALUE_WEIGHT
LOG_STEPS = 4096


def _plain(function: Any) -> Any:
    return function


def draw(s: State, below: int) -> int:
    """The next pseudo-random whole number in [0, below).

    Source: Marsaglia, Xorshift RNGs (2003), 32 bits.
    """
    x = s.vars[RNG]
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    s.vars[RNG] = x
    return (x >> 3) % below


def idle_cost(b: Board, mask: int, present: int) -> int:
    """The cost of one party's day: 20·i + i² for i idle slots, or 20 per break in mode "all"."""
    if mask == 0:
        return 0
    if b.goal == BREAKS:
        idle = -1
        runs = mask & ~(mask << 1)
        while runs:
            runs &= runs - 1
            idle += 1
    else:
        span = mask
        span |= span >> 1
        span |= span >> 2
        span |= span >> 4
        span |= span >> 8
        span |= span >> 16
        span |= span >> 32
        holes = span & present & ~mask & ~((mask & -mask) - 1)
        idle = 0
        while holes:
            holes &= holes - 1
            idle += 1
    cost = IDLE_WEIGHT * idle + (idle * idle if b.goal != BREAKS else 0)
    if idle > b.idle_limit:
        cost += 200 * (idle - b.idle_limit)
    return cost


def note_cost(b: Board, s: State, party: int, word: int) -> None:
    """Bring a party's day up to date: its cost, and its place among the days with idle slots."""
    pw = party * b.words + word
    new = idle_cost(b, s.mask[pw], b.present[pw])
    old = s.cost[pw]
    if new == old:
        return
    s.cost[pw] = new
    s.vars[COST] += new - old
    if old == 0:
        s.bad[s.vars[BAD]] = pw
        s.bad_rank[pw] = s.vars[BAD]
        s.vars[BAD] += 1
    elif new == 0:
        s.vars[BAD] -= 1
        last = s.bad[s.vars[BAD]]
        s.bad[s.bad_rank[pw]] = last
        s.bad_rank[last] = s.bad_rank[pw]
        s.bad_rank[pw] = -1


def put(b: Board, s: State, wish: int, slot: int) -> None:
    """Place a wish that is in no slot."""
    s.slot_of[wish] = slot
    s.rank[wish] = s.slot_size[slot]
    s.in_slot[slot * b.wishes + s.slot_size[slot]] = wish
    s.slot_size[slot] += 1
    for i in range(b.family_start[wish], b.family_start[wish + 1]):
        s.family_load[b.family_list[i] * b.slots + slot] += 1
    word, bit = b.word_of[slot], 1 << b.bit_of[slot]
    for k in range(b.width):
        party = b.parties[wish * b.width + k]
        if party < 0:
            break
        pt = party * b.slots + slot
        s.at[pt * b.depth + s.load[pt]] = wish
        s.load[pt] += 1
        s.count[party] += 1
        if s.count[party] <= b.floor[party]:
            s.vars[SHORT] -= 1
        if s.load[pt] == 1:
            s.mask[party * b.words + word] |= bit
            note_cost(b, s, party, word)


def take(b: Board, s: State, wish: int) -> None:
    """Take a wish out of its slot."""
    slot = s.slot_of[wish]
    s.slot_of[wish] = -1
    s.slot_size[slot] -= 1
    last = s.in_slot[slot * b.wishes + s.slot_size[slot]]
    s.in_slot[slot * b.wishes + s.rank[wish]] = last
    s.rank[last] = s.rank[wish]
    for i in range(b.family_start[wish], b.family_start[wish + 1]):
        s.family_load[b.family_list[i] * b.slots + slot] -= 1
    word, bit = b.word_of[slot], 1 << b.bit_of[slot]
    for k in range(b.width):
        party = b.parties[wish * b.width + k]
        if party < 0:
            break
        pt = party * b.slots + slot
        s.load[pt] -= 1
        i = pt * b.depth
        while s.at[i] != wish:
            i += 1
        s.at[i] = s.at[pt * b.depth + s.load[pt]]
        if s.count[party] <= b.floor[party]:
            s.vars[SHORT] += 1
        s.count[party] -= 1
        if s.load[pt] == 0:
            pw = party * b.words + word
            s.mask[pw] = (s.mask[pw] & ~bit) | (b.busy[pw] & bit)
            note_cost(b, s, party, word)


def enlist(s: State, wish: int) -> None:
    """Add a wish to those that wait for a slot."""
    s.waiting[s.vars[UNPLACED]] = wish
    s.rank[wish] = s.vars[UNPLACED]
    s.vars[UNPLACED] += 1


def strike(s: State, wish: int) -> None:
    """Take a wish off those that wait."""
    s.vars[UNPLACED] -= 1
    last = s.waiting[s.vars[UNPLACED]]
    s.waiting[s.rank[wish]] = last
    s.rank[last] = s.rank[wish]


def rules_hold(b: Board, s: State, party: int, slot: int) -> bool:
    """The party's gap, run and daily limit hold around the slot (H5, H7)."""
    base = party * b.slots
    day = 0
    for t in range(b.slots):
        if b.day_of[t] == b.day_of[slot]:
            day += s.load[base + t]
    if day > b.day_limit[party]:
        return False
    first = slot
    while first > 0 and b.block_of[first - 1] == b.block_of[slot]:
        first -= 1
    run = 0
    t = first
    while t < b.slots and b.block_of[t] == b.block_of[slot]:
        run = run + 1 if s.load[base + t] > 0 else 0
        if run > b.run[party]:
            return False
        if b.gap[party] > 0:
            held, most, u = 0, 0, t
            while u <= t + b.gap[party] and u < b.slots and b.block_of[u] == b.block_of[slot]:
                held += s.load[base + u]
                most = max(most, b.seats[base + u])
                u += 1
            if held > most:
                return False
        t += 1
    return True


def wish_holds(b: Board, s: State, wish: int) -> bool:
    """A placed wish respects the places, the precedences and its parties' own rules."""
    slot = s.slot_of[wish]
    for i in range(b.family_start[wish], b.family_start[wish + 1]):
        ft = b.family_list[i] * b.slots + slot
        if s.family_load[ft] > b.capacity[ft]:
            return False
    for i in range(b.before_start[wish], b.before_start[wish + 1]):
        if s.slot_of[b.before_list[i]] >= slot:
            return False
    for i in range(b.later_start[wish], b.later_start[wish + 1]):
        other = s.slot_of[b.later_list[i]]
        if 0 <= other <= slot:
            return False
    for k in range(b.width):
        party = b.parties[wish * b.width + k]
        if party < 0:
            break
        if s.count[party] > b.total_limit[party]:
            return False
        if b.ruled[party] and not rules_hold(b, s, party, slot):
            return False
    return True


def left_holds(b: Board, s: State, wish: int, slot: int) -> bool:
    """Leaving a slot broke nothing: a wider gap or a shorter run is always fine, so nothing to test."""
    return s.slot_of[wish] != slot


def accepts(s: State, delta: int, heat: int) -> bool:
    """Metropolis: a worse schedule is kept with probability exp(-delta / heat); heat in 1/1024 of cost."""
    if delta <= 0:
        return True
    return delta << 20 <= heat * s.logs[draw(s, LOG_STEPS)]


def push(b: Board, s: State, wish: int, here: int, there: int) -> bool:
    """Move one wish of a chain from `here` to `there` and draw in whoever now lacks a seat."""
    take(b, s, wish)
    put(b, s, wish, there)
    for k in range(b.width):
        party = b.parties[wish * b.width + k]
        if party < 0:
            break
        pt = party * b.slots + there
        if s.load[pt] > b.seats[pt]:
            found = -1
            first = draw(s, s.load[pt]) if s.load[pt] > 2 else 0
            for i in range(s.load[pt]):
                other = s.at[pt * b.depth + (first + i) % s.load[pt]]
                if s.mark[other] != s.vars[STAMP]:
                    found = other
                    break
            if found < 0 or b.allowed[found * b.slots + here] == 0 or s.vars[CHAIN] >= LONGEST_CHAIN:
                return False
            s.mark[found] = s.vars[STAMP]
            s.chain[s.vars[CHAIN]] = found
            s.vars[CHAIN] += 1
    return True


def flip(b: Board, s: State, wish: int, there: int, heat: int) -> bool:
    """Flip the Kempe chain between the wish's slot and `there`; undone unless accepted."""
    here = s.slot_of[wish]
    before = s.vars[COST]
    s.vars[STAMP] += 1
    s.mark[wish] = s.vars[STAMP]
    s.chain[0] = wish
    s.vars[CHAIN] = 1
    done = 0
    fine = True
    while fine and done < s.vars[CHAIN]:
        link = s.chain[done]
        at = s.slot_of[link]
        done += 1
        # Two steps of depth are spare, so a party may hold one meeting too many for a moment.
        fine = push(b, s, link, at, here + there - at)
    if fine:
        for i in range(done):
            if not wish_holds(b, s, s.chain[i]):
                fine = False
                break
    if fine and accepts(s, s.vars[COST] - before, heat):
        return True
    while done > 0:
        done -= 1
        link = s.chain[done]
        at = s.slot_of[link]
        take(b, s, link)
        put(b, s, link, here + there - at)
    return False


def seat_taker(b: Board, s: State, party: int, slot: int) -> int:
    """A meeting of the party in the slot that could be ejected, or -1."""
    pt = party * b.slots + slot
    first = draw(s, s.load[pt]) if s.load[pt] > 1 else 0
    for i in range(s.load[pt]):
        wish = s.at[pt * b.depth + (first + i) % s.load[pt]]
        if b.locked[wish] == 0:
            return wish
    return -1


def eject(b: Board, s: State, wish: int) -> int:
    """Take a wish out and remember it in the chain; its value."""
    take(b, s, wish)
    s.chain[s.vars[CHAIN]] = wish
    s.vars[CHAIN] += 1
    return b.value[wish]


def make_room(b: Board, s: State, wish: int, slot: int) -> int:
    """Eject meetings until each party of the wish, and its places, have room; value lost, or -1."""
    lost = 0
    for k in range(b.width):
        party = b.parties[wish * b.width + k]
        if party < 0:
            break
        pt = party * b.slots + slot
        if s.load[pt] >= b.seats[pt]:
            other = seat_taker(b, s, party, slot)
            if other < 0:
                return -1
            lost += eject(b, s, other)
        if s.count[party] >= b.total_limit[party]:
            other = -1
            t = draw(s, b.slots)
            for i in range(b.slots):
                if s.load[party * b.slots + (t + i) % b.slots] > 0:
                    other = seat_taker(b, s, party, (t + i) % b.slots)
                    if other >= 0:
                        break
            if other < 0:
                return -1
            lost += eject(b, s, other)
    for i in range(b.family_start[wish], b.family_start[wish + 1]):
        family = b.family_list[i]
        if s.family_load[family * b.slots + slot] >= b.capacity[family * b.slots + slot]:
            other = rival(b, s, family, slot)
            if other < 0:
                return -1
            lost += eject(b, s, other)
    return lost


def rival(b: Board, s: State, family: int, slot: int) -> int:
    """A meeting of the slot that takes a place of the family and could be ejected, or -1."""
    for _ in range(8):
        if s.slot_size[slot] == 0:
            return -1
        other = s.in_slot[slot * b.wishes + draw(s, s.slot_size[slot])]
        if b.locked[other] == 0:
            for i in range(b.family_start[other], b.family_start[other + 1]):
                if b.family_list[i] == family:
                    return other
    return -1


def insert(b: Board, s: State, wish: int, slot: int, heat: int) -> bool:
    """Place a waiting wish in a slot, ejecting whoever stands in the way; undone unless accepted."""
    before = s.vars[COST] + COVER_WEIGHT * s.vars[SHORT]
    s.vars[CHAIN] = 0
    lost = make_room(b, s, wish, slot)
    fine = lost >= 0
    if fine:
        strike(s, wish)
        put(b, s, wish, slot)
        after = s.vars[COST] + COVER_WEIGHT * s.vars[SHORT]
        fine = wish_holds(b, s, wish) and accepts(s, after - before + lost - b.value[wish], heat)
        if not fine:
            take(b, s, wish)
            enlist(s, wish)
    if fine:
        s.vars[VALUE] += b.value[wish] - lost
        for i in range(s.vars[CHAIN]):
            enlist(s, s.chain[i])
        return True
    while s.vars[CHAIN] > 0:
        s.vars[CHAIN] -= 1
        put(b, s, s.chain[s.vars[CHAIN]], s.mark[b.wishes + s.vars[CHAIN]])
    return False
