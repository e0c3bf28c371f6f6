# SPDX-License-Identifier: EUPL-1.2
"""What is answered: meetings, the wishes left out with their reasons, and what moved between two
answers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scheduler.problem import Id, Number

VERSION = "1.0"


@dataclass(frozen=True)
class Meeting:
    """A wish that found its slot; `place` is None when everybody is remote (or in literature
    files).
    """

    wish: Id
    slot: int
    place: Id | None = None


@dataclass(frozen=True)
class Change:
    """One elementary change that helps a wish.

    `kind`: seat (party, slot) · allow (slot) · place (slot) · quota (party) · drop (wish) · never
    (parties).
    """

    kind: str
    slot: int | None = None
    party: Id | None = None
    wish: Id | None = None
    rule: str | None = None


@dataclass(frozen=True)
class Unblock:
    """The cheapest set of changes after which the wish fits in `slot` and nothing else moves."""

    slot: int
    changes: tuple[Change, ...]
    cost: Number


@dataclass(frozen=True)
class Unplaced:
    """A wish left out, its one primary cause, and the cheapest unblock.

    `reason`: party_full | no_common_slot | no_place | quota | never | outranked | withdrawn.
    `parties`: those the reason speaks of; `blocking`: the placed wishes that stand in the way.
    """

    wish: Id
    reason: str
    parties: tuple[Id, ...] = ()
    blocking: tuple[Id, ...] = ()
    unblock: Unblock | None = None


@dataclass(frozen=True)
class Held:
    """A copy of a workshop in a room from its first slot."""

    workshop: Id
    copy: int
    slot: int
    room: Id


@dataclass(frozen=True)
class Attendance:
    """An honoured sign-up."""

    party: Id
    workshop: Id
    copy: int


@dataclass(frozen=True)
class Fairness:
    """How evenly the fair treats people: worst idle, lowest share of wishes placed, and both
    spreads.

    `worst_idle_bound`: in every schedule of this value somebody waits at least so long (None: not
    worked out); `share_bound`: in none is everybody given a larger share. `limit`: idle slots of a
    day that nobody should pass, when that was asked; `price`, `price_idle`: the value and the idle
    slots it cost. Without a limit both are 0: fairness is sought where it costs nothing.
    """

    worst_idle: int = 0
    lowest_share: float = 1.0
    idle_spread: int = 0
    share_spread: float = 0.0
    worst_idle_bound: int | None = None
    share_bound: float | None = None
    limit: int | None = None
    price: Number = 0
    price_idle: int = 0


@dataclass(frozen=True)
class Solution:
    """A schedule with its proven bound.

    `status`: optimal (value = value_bound; in mode "all" breaks proven too), feasible, infeasible
    (proven),
    or unknown (a must or fixed wish found no place in the time given, impossibility not proven).
    `idle_bound`: no schedule of this value has fewer idle slots (None: not worked out, as in mode
    "all" or beside workshops). `explanation`: for an infeasible problem, sentences naming a
    smallest over-asked set.
    """

    problem: str
    status: str
    value: Number = 0
    value_bound: Number = 0
    idle: int = 0
    breaks: int = 0
    changes: int = 0
    uncovered: tuple[Id, ...] = ()
    seed: int = 1
    seconds: float = 0.0
    version: str = VERSION
    meetings: tuple[Meeting, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    workshops: tuple[Held, ...] = ()
    sign_ups: tuple[Attendance, ...] = ()
    iterations: int = 0
    breaks_bound: int | None = None
    changes_bound: int | None = None
    idle_bound: int | None = None
    fairness: Fairness = field(default_factory=Fairness)
    explanation: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """How far at most from the best possible, as a share of the bound (0 = proven best)."""
        return (
            0.0
            if self.value_bound <= self.value
            else (self.value_bound - self.value) / self.value_bound
        )


@dataclass(frozen=True)
class Violation:
    """A broken hard rule, in words, with the ids it concerns."""

    rule: str
    message: str
    wishes: tuple[Id, ...] = ()
    parties: tuple[Id, ...] = ()
    slot: int | None = None


@dataclass(frozen=True)
class Progress:
    """What is known during a run; `bound` is None until proven."""

    value: Number
    bound: Number | None
    idle: int
    seconds: float
    phase: str


ProgressCall = Callable[[Progress], Any]


@dataclass(frozen=True)
class Moved:
    """What differs between two answers: wishes that appear, vanish, change slot, or only change
    place.
    """

    added: tuple[Id, ...] = ()
    removed: tuple[Id, ...] = ()
    rescheduled: tuple[Id, ...] = ()
    reseated: tuple[Id, ...] = ()


def moved(before: Solution, after: Solution) -> Moved:
    """Tell which meetings differ between two answers to the same fair."""
    old = {meeting.wish: meeting for meeting in before.meetings}
    new = {meeting.wish: meeting for meeting in after.meetings}
    both = [wish for wish in new if wish in old]
    return Moved(
        added=tuple(wish for wish in new if wish not in old),
        removed=tuple(wish for wish in old if wish not in new),
        rescheduled=tuple(wish for wish in both if old[wish].slot != new[wish].slot),
        reseated=tuple(
            w for w in both if old[w].slot == new[w].slot and old[w].place != new[w].place
        ),
    )
