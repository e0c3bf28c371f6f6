# SPDX-License-Identifier: EUPL-1.2
"""The price of one more hour of somebody: one more person at the fair, or the same ones longer."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from scheduler.bounds import Bound, upper_bound
from scheduler.problem import Id, Problem
from scheduler.reduce import Reduction, reduce

HOUR = 60  # minutes
USUAL_TURN = 20  # minutes of a slot whose times are not given
MOST = 5


@dataclass(frozen=True)
class HourPrice:
    """One more seat of a party in some slots in a row (`slots`: ids), and the proven bound then."""

    party: Id
    slots: tuple[int, ...]
    before: float
    value_bound: float

    @property
    def gain(self) -> float:
        return self.value_bound - self.before


def turns_of_an_hour(problem: Problem) -> int:
    """How many slots an hour holds (at least one)."""
    first = problem.slots[0]
    minutes = float(USUAL_TURN)
    if first.start and first.end:
        span = datetime.fromisoformat(first.end) - datetime.fromisoformat(first.start)
        minutes = span.total_seconds() / 60
    return max(1, round(HOUR / max(1.0, minutes)))


def with_hour(problem: Problem, party: Id, slots: tuple[int, ...]) -> Problem:
    """The fair with one more person of the party in these slots."""
    added = {problem.slot_index[slot] for slot in slots}
    parties = tuple(
        dataclasses.replace(one, seats=tuple(n + (t in added) for t, n in enumerate(one.seats)))
        if one.id == party
        else one
        for one in problem.parties
    )
    return dataclasses.replace(problem, parties=parties, digest="")


def hour_of(reduction: Reduction, bound: Bound, party: int) -> tuple[float, tuple[int, ...]]:
    """The dearest hour of a party: an estimate of its worth by the prices of seats, and its slots;
    in a half-day, where the party has fewest people, then at the earliest.
    """
    problem, seats = reduction.problem, reduction.seats[party]
    length = turns_of_an_hour(problem)
    found: list[tuple[float, int, int, tuple[int, ...]]] = []
    for block in dict.fromkeys(reduction.block_of):
        price = bound.prices.get(("seat", party, block), 0.0)
        half = [t for t, here in enumerate(reduction.block_of) if here == block]
        for first in range(max(1, len(half) - length + 1)):
            hour = half[first : first + length]
            worth = price * len(hour)
            ids = tuple(problem.slots[t].id for t in hour)
            found.append((-worth, sum(seats[t] for t in hour), hour[0], ids))
    worth, _, _, slots = min(found)
    return -worth, slots


def price_of_hour(problem: Problem, party: Id) -> HourPrice:
    """The proven worth of one more hour of a party, at the time that promises most.

    Errors: KeyError for a party the fair does not have.
    """
    number = problem.parties.index(problem.party_by_id[party])
    reduction = reduce(problem)
    bound = upper_bound(reduction)
    return _priced(problem, bound, party, hour_of(reduction, bound, number)[1])


def dearest_hours(problem: Problem, most: int = MOST) -> tuple[HourPrice, ...]:
    """The parties whose one more hour can bring most, the best first; those that bring nothing are
    left out.

    The prices of seats tell whom to look at; each bound is then proven by itself.
    """
    reduction = reduce(problem)
    bound = upper_bound(reduction)
    scarce = sorted({party for kind, party, _ in bound.prices if kind == "seat"})
    ranked = sorted(
        (-worth, p, slots) for p in scarce for worth, slots in [hour_of(reduction, bound, p)]
    )
    found = [_priced(problem, bound, problem.parties[p].id, slots) for _, p, slots in ranked[:most]]
    return tuple(sorted((one for one in found if one.gain > 0), key=lambda one: -one.gain))


def _priced(problem: Problem, bound: Bound, party: Id, slots: tuple[int, ...]) -> HourPrice:
    wider = upper_bound(reduce(with_hour(problem, party, slots)))
    return HourPrice(party, slots, bound.value, wider.value)
