# SPDX-License-Identifier: EUPL-1.2
"""The inner loops of the annealing: Kempe chains, insertions with ejection; integers only, so
that they
give the same answer in plain Python and compiled."""

from scheduler.board import (
    ALLOWED,
    AT,
    AT_START,
    BAD,
    BAD_RANK,
    BADS,
    BEFORE_LIST,
    BEFORE_START,
    BIT_OF,
    BLOCK_OF,
    BREAKS,
    BUSY,
    CAPACITY,
    CHAIN,
    CHAINED,
    COST,
    COUNT,
    COVER,
    DAY_COST,
    DAY_LIMIT,
    DAY_OF,
    DEPTH,
    DONE,
    FAMILY_LIST,
    FAMILY_LOAD,
    FAMILY_START,
    FLOOR,
    GAP,
    GOAL,
    IDLE_LIMIT,
    IDLE_WEIGHT,
    IN_SLOT,
    LATER_LIST,
    LATER_START,
    LOAD,
    LOCKED,
    LOGS,
    MARK,
    MASK,
    PARTIES,
    PRESENT,
    RANK,
    RNG,
    ROW_START,
    RULED,
    RUN,
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
    WORD_OF,
    WORDS,
    Table,
)

LONGEST_CHAIN = 60
LOG_STEPS = 4096


def draw(s: Table, below: int) -> int:
    """The next pseudo-random whole number in [0, below).

    Source: Marsaglia, Xorshift RNGs (2003), 32 bits.
    """
    x = s[RNG]
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    s[RNG] = x
    return (x >> 3) % below


def idle_cost(b: Table, mask: int, present: int) -> int:
    """The cost of one party's day: 20·i + i² for i idle slots, or 20 per break in mode "all"."""
    if mask == 0:
        return 0
    if b[GOAL] == BREAKS:
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
    cost = IDLE_WEIGHT * idle + (idle * idle if b[GOAL] != BREAKS else 0)
    if idle > b[IDLE_LIMIT]:
        cost += 200 * (idle - b[IDLE_LIMIT])
    return cost


def note_cost(b: Table, s: Table, party: int, word: int) -> None:
    """Bring a party's day up to date: its cost, and its place among the days with idle slots."""
    pw = party * b[WORDS] + word
    new = idle_cost(b, s[s[MASK] + pw], b[b[PRESENT] + pw])
    old = s[s[DAY_COST] + pw]
    if new == old:
        return
    s[s[DAY_COST] + pw] = new
    s[COST] += new - old
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


def seat_row(b: Table, party: int, slot: int) -> int:
    """Where the meetings of a party in a slot begin in the table AT."""
    return b[b[AT_START] + party] + slot * b[b[DEPTH] + party]


def may_use(b: Table, wish: int, slot: int) -> bool:
    """The wish may be placed in the slot, seen alone."""
    return (b[b[ALLOWED] + wish * b[WORDS] + b[b[WORD_OF] + slot]] >> b[b[BIT_OF] + slot]) & 1 == 1


def put(b: Table, s: Table, wish: int, slot: int) -> None:
    """Place a wish that is in no slot."""
    s[s[SLOT_OF] + wish] = slot
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
        s[s[COUNT] + party] += 1
        if s[s[COUNT] + party] <= b[b[FLOOR] + party]:
            s[SHORT] -= 1
        if s[s[LOAD] + pt] == 1:
            s[s[MASK] + party * b[WORDS] + word] |= bit
            note_cost(b, s, party, word)


def take(b: Table, s: Table, wish: int) -> None:
    """Take a wish out of its slot."""
    slot = s[s[SLOT_OF] + wish]
    s[s[SLOT_OF] + wish] = -1
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
        if s[s[COUNT] + party] <= b[b[FLOOR] + party]:
            s[SHORT] += 1
        s[s[COUNT] + party] -= 1
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


def accepts(s: Table, delta: int, heat: int) -> bool:
    """Metropolis: a worse schedule is kept with probability exp(-delta / heat); heat in 1/1024 of
    cost.
    """
    if delta <= 0:
        return True
    return delta << 20 <= heat * s[s[LOGS] + draw(s, LOG_STEPS)]


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
        if kind < 10 and s[WAITERS] > 0:
            try_slot(b, s, s[s[WAITING] + draw(s, s[WAITERS])], heat)
        elif kind < 40 and s[BADS] > 0:
            mend(b, s, heat)
        else:
            try_slot(b, s, draw(s, b[WISHES]), heat)
    s[DONE] += steps


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
