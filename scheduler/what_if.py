# SPDX-License-Identifier: EUPL-1.2
"""The price of one more table, slot or hour: how much the proven bound of the value rises."""

import dataclasses
from dataclasses import dataclass

from scheduler.bounds import upper_bound
from scheduler.problem import Party, Place, Problem, Slot
from scheduler.reduce import reduce


@dataclass(frozen=True)
class WhatIf:
    """The proven bound before and after; `gain`: what the change is worth at most."""

    before: float
    value_bound: float

    @property
    def gain(self) -> float:
        return self.value_bound - self.before


def with_places(problem: Problem, count: int) -> Problem:
    """The fair with some more tables, open in every slot."""
    names = {str(place.id) for place in problem.places}
    fresh = [name for n in range(1, count + len(names) + 1) if (name := f"extra {n}") not in names][
        :count
    ]
    return dataclasses.replace(
        problem, places=(*problem.places, *(Place(name) for name in fresh)), digest=""
    )


def with_slots(problem: Problem, count: int) -> Problem:
    """The fair with some more slots at the end of the last half-day, for everybody there in its
    last slot.
    """
    last = problem.slots[-1]
    added = tuple(Slot(last.id + n, block=last.block, day=last.day) for n in range(1, count + 1))

    def stays(party: Party) -> Party:
        busy = last.id in party.busy
        seats = (party.seats[-1] + busy,) * count
        return dataclasses.replace(party, seats=(*party.seats, *seats))

    places = tuple(
        place
        if place.slots is None or last.id not in place.slots
        else dataclasses.replace(place, slots=(*place.slots, *(slot.id for slot in added)))
        for place in problem.places
    )
    return dataclasses.replace(
        problem,
        slots=(*problem.slots, *added),
        places=places,
        parties=tuple(stays(party) for party in problem.parties),
        digest="",
    )


def what_if(problem: Problem, *, extra_places: int = 0, extra_slots: int = 0) -> WhatIf:
    """The worth of more tables or slots, by the linear programme alone (seconds, no schedule
    needed).
    """
    wider = with_slots(with_places(problem, extra_places), extra_slots)
    return WhatIf(upper_bound(reduce(problem)).value, upper_bound(reduce(wider)).value)
