# SPDX-License-Identifier: EUPL-1.2
"""What a schedule as flat tables costs, goal by goal, and whether a step is taken.

Integers only, so that plain Python and the compiled code give the same answer.
"""

from scheduler.board import (
    BREAKS,
    COST,
    COST_KEPT,
    COVER,
    GOAL,
    IDLE_LIMIT,
    IDLE_WEIGHT,
    LEVEL,
    LOGS,
    RNG,
    SHORT,
    SHORT_KEPT,
    UNFAIR,
    VALUE,
    VALUE_KEPT,
    Table,
)

LOG_STEPS = 4096
FORBIDDEN = 1 << 60  # what no gain makes up for
STEEPEST = 1 << 42  # a worsening beyond it is never accepted
LONGEST_WAIT = 2000  # idle cost of a party beyond which it weighs no more


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


def idle_slots(mask: int, present: int) -> int:
    """Slots between the first and the last one in use in which the party is present, unused."""
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
    return idle


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
        idle = idle_slots(mask, present)
    cost = IDLE_WEIGHT * idle + (idle * idle if b[GOAL] != BREAKS else 0)
    if idle > b[IDLE_LIMIT]:
        cost += 200 * (idle - b[IDLE_LIMIT])
    return cost


def hardship(wait: int) -> int:
    """How much a party's idle cost weighs when fairness is sought: steep, so that the worst counts
    most.
    """
    capped = min(wait, LONGEST_WAIT)
    return capped * capped * capped


def neglect(asked: int, got: int) -> int:
    """How much the share of a party's wishes left out weighs: its eighth power, up to 2^20."""
    missed = 1024 * (asked - got) // asked
    missed = missed * missed >> 10
    missed = missed * missed >> 10
    return missed * missed


def score(b: Table, s: Table) -> int:
    """What a step should lower: coverage, value and idle time; unfairness, once these are settled
    and as long as none of them suffers.
    """
    if s[LEVEL] == 0:
        return s[COST] + b[COVER] * s[SHORT] - s[VALUE]
    if s[SHORT] > s[SHORT_KEPT] or s[VALUE] < s[VALUE_KEPT] or s[COST] > s[COST_KEPT]:
        return FORBIDDEN
    return s[UNFAIR]


def accepts(s: Table, delta: int, heat: int) -> bool:
    """Metropolis: a worse schedule is kept with probability exp(-delta / heat); heat in 1/1024 of
    cost.
    """
    if delta <= 0:
        return True
    if delta > STEEPEST:
        return False
    return delta << 20 <= heat * s[s[LOGS] + draw(s, LOG_STEPS)]
