# SPDX-License-Identifier: EUPL-1.2
"""The inner loop of the seating: swap places, in one slot or for the rest of a day, to spare
people's steps.
"""

from scheduler.board import Table

# The seat plan is one flat table: single numbers, where its tables begin, then the tables.
MEETINGS, PLACES, RNG_, STAYS = range(4)
(
    WHEN,  # [meeting] → slot
    KIND,  # [meeting] → class of places, -1 if its place is promised
    FITS,  # [class, place] → 1 if the place suits
    OPEN,  # [slot, place] → 1 if open and free of promises
    LINK_START,  # [meeting] → first of its links: the meetings its parties come from or go to next
    LINK_LIST,
    DAY_END,  # [slot] → first slot of the next day
    WHERE,  # [meeting] → place
    HOLDER,  # [slot, place] → meeting or -1
) = range(4, 13)


def pick(s: Table, below: int) -> int:
    """The next pseudo-random whole number in [0, below) (xorshift, 32 bits)."""
    x = s[RNG_]
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    s[RNG_] = x
    return (x >> 3) % below


def may_sit(s: Table, meeting: int, place: int, slot: int) -> bool:
    """The meeting may use the place in its slot (an empty seat may go anywhere)."""
    if meeting < 0:
        return True
    kind = s[s[KIND] + meeting]
    if kind < 0:
        return False
    return s[s[FITS] + kind * s[PLACES] + place] == 1 and s[s[OPEN] + slot * s[PLACES] + place] == 1


def gain(s: Table, meeting: int, place: int, other: int, first: int) -> int:
    """Links of the meeting to slots before `first` that sit at `place`, less those at `other`."""
    if meeting < 0:
        return 0
    stays = 0
    for i in range(s[s[LINK_START] + meeting], s[s[LINK_START] + meeting + 1]):
        linked = s[s[LINK_LIST] + i]
        if s[s[WHEN] + linked] < first or first < 0:
            if s[s[WHERE] + linked] == place:
                stays += 1
            elif s[s[WHERE] + linked] == other:
                stays -= 1
    return stays


def swap_gain(s: Table, slot: int, one: int, two: int, first: int) -> int:
    """Steps spared if two places change hands in a slot; -1000 if they may not."""
    here = s[s[HOLDER] + slot * s[PLACES] + one]
    there = s[s[HOLDER] + slot * s[PLACES] + two]
    if not may_sit(s, here, two, slot) or not may_sit(s, there, one, slot):
        return -1000
    return gain(s, here, two, one, first) + gain(s, there, one, two, first)


def swap(s: Table, slot: int, one: int, two: int) -> None:
    """Let two places change hands in a slot."""
    here, there = s[HOLDER] + slot * s[PLACES] + one, s[HOLDER] + slot * s[PLACES] + two
    s[here], s[there] = s[there], s[here]
    if s[here] >= 0:
        s[s[WHERE] + s[here]] = one
    if s[there] >= 0:
        s[s[WHERE] + s[there]] = two


def settle(s: Table, steps: int, worst: int) -> None:
    """Try `steps` swaps; one that costs steps (at most `worst`) is taken now and then."""
    for _ in range(steps):
        meeting = pick(s, s[MEETINGS])
        first, last = s[s[LINK_START] + meeting], s[s[LINK_START] + meeting + 1]
        if first == last:
            continue
        linked = s[s[LINK_LIST] + first + pick(s, last - first)]
        one, two = s[s[WHERE] + meeting], s[s[WHERE] + linked]
        slot = s[s[WHEN] + meeting]
        if one == two:
            continue
        tail = slot > s[s[WHEN] + linked] and pick(s, 2) == 0
        end = s[s[DAY_END] + slot] if tail else slot + 1
        total = 0
        for t in range(slot, end):
            total += swap_gain(s, t, one, two, slot if tail else -1)
        if total >= 0 or (total >= -worst and pick(s, 64) == 0):
            for t in range(slot, end):
                swap(s, t, one, two)
            s[STAYS] += total
