# SPDX-License-Identifier: EUPL-1.2
"""Why a fair is impossible: a smallest set of due wishes that cannot all be placed, in words."""

import time
from collections.abc import Callable, Iterable

from scheduler.model import Model
from scheduler.reduce import Reduction
from scheduler.search import Search, Stop, run

NAMED = 8  # wishes named at most


def plain_causes(reduction: Reduction) -> tuple[str, ...]:
    """Sentences naming who or what is over-asked, where counting seats and places is enough to
    see it.
    """
    due = [wish for wish, must in enumerate(reduction.due) if must]
    for cause in (_homeless, _over_asked_parties, _over_asked_places):
        found = cause(reduction, due)
        if found:
            return found
    return ()


def explanation(
    reduction: Reduction,
    seconds: Callable[[], float],
    stop: Stop,
    fairness: int | None = None,
) -> tuple[str, ...]:
    """Why what is due cannot be placed: a plain cause, breaks that cannot be shared evenly, or a
    smallest entangled set of wishes.

    `seconds`: how long the search for a reason may take, asked at the start.
    """
    due = [wish for wish, must in enumerate(reduction.due) if must]
    until = time.monotonic() + seconds()

    def left() -> float:
        return until - time.monotonic()

    return (
        plain_causes(reduction)
        or _uneven(reduction, fairness, left, stop)
        or _entangled(reduction, due, left, stop)
    )


def _uneven(
    reduction: Reduction, fairness: int | None, seconds: Callable[[], float], stop: Stop
) -> tuple[str, ...]:
    """Nothing stands in the way but fairness: without it every wish finds a slot."""
    if fairness is None:
        return ()
    placed = run(Search(Model(reduction), seconds() / 2, linearization_level=0), stop)
    if placed.best is None:
        return ()
    return (
        "Every meeting can be placed, but not with the breaks of any two parties "
        f"differing by at most {fairness}.",
    )


def _name(reduction: Reduction, wish: int) -> str:
    item = reduction.problem.wishes[wish]
    return f"{item.id} ({', '.join(str(party) for party in item.parties)})"


def _names(reduction: Reduction, wishes: Iterable[int]) -> str:
    listed = list(wishes)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return ", ".join(_name(reduction, wish) for wish in listed[:NAMED]) + more


def _homeless(reduction: Reduction, due: list[int]) -> tuple[str, ...]:
    return tuple(
        f"Wish {_name(reduction, wish)} must be placed, "
        "but its parties share no slot with a suitable place."
        for wish in due
        if not reduction.allowed[wish]
    )[:NAMED]


def hall_violator(
    wishes: list[int], slots: dict[int, tuple[int, ...]], room: list[int]
) -> list[int]:
    """Wishes that together have fewer seats in their slots than there are of them; empty when all
    fit.

    `room[t]`: seats of slot t. Source: Hall's theorem, by augmenting paths.
    """
    holders: list[list[int]] = [[] for _ in room]
    for wish in wishes:
        seen: set[int] = set()
        if not _augment(wish, slots, room, holders, seen):
            return sorted({wish, *(held for t in seen for held in holders[t])})
    return []


def _augment(
    wish: int,
    slots: dict[int, tuple[int, ...]],
    room: list[int],
    holders: list[list[int]],
    seen: set[int],
) -> bool:
    for t in slots[wish]:
        if t in seen:
            continue
        seen.add(t)
        if len(holders[t]) < room[t]:
            holders[t].append(wish)
            return True
        for place, held in enumerate(holders[t]):
            if _augment(held, slots, room, holders, seen):
                holders[t][place] = wish
                return True
    return False


def _over_asked_parties(reduction: Reduction, due: list[int]) -> tuple[str, ...]:
    found = []
    slots = {wish: reduction.allowed[wish] for wish in due}
    for number, party in enumerate(reduction.problem.parties):
        mine = [wish for wish in due if number in reduction.parties[wish]]
        if party.max_meetings is not None and len(mine) > party.max_meetings:
            found.append(
                f"Party {party.id} must have {len(mine)} meetings, "
                f"but accepts at most {party.max_meetings}."
            )
            continue
        violator = hall_violator(mine, slots, list(reduction.seats[number]))
        if violator:
            span = sorted({t for wish in violator for t in slots[wish]})
            seats = sum(reduction.seats[number][t] for t in span)
            found.append(
                f"Party {party.id} must have {len(violator)} meetings in {len(span)} slots "
                f"with {seats} seats: "
                f"{_names(reduction, violator)}."
            )
    return tuple(found[:NAMED])


def _over_asked_places(reduction: Reduction, due: list[int]) -> tuple[str, ...]:
    slots = {wish: reduction.allowed[wish] for wish in due}
    for family in reduction.families:
        members = set(family.members)
        violator = hall_violator(
            [wish for wish in due if wish in members], slots, list(family.capacity)
        )
        if violator:
            span = sorted({t for wish in violator for t in slots[wish]})
            room = sum(family.capacity[t] for t in span)
            ids = ", ".join(str(reduction.problem.slots[t].id) for t in span)
            return (
                f"{len(violator)} meetings must be held in slots {ids}, where places allow {room}: "
                f"{_names(reduction, violator)}.",
            )
    return ()


def _entangled(
    reduction: Reduction, due: list[int], seconds: Callable[[], float], stop: Stop
) -> tuple[str, ...]:
    """Drop due wishes one after the other while the rest stays impossible (deletion filter)."""
    core = list(due)
    step = max(1, len(core) // 4)
    while step >= 1 and seconds() > 0 and not stop():
        position, shrunk = 0, False
        while position < len(core) and seconds() > 0 and not stop():
            rest = core[:position] + core[position + step :]
            if rest and _impossible(reduction, rest, min(1.0, seconds()), stop):
                core, shrunk = rest, True
            else:
                position += step
        step = step if shrunk and step > 1 and step < len(core) else step // 2
    parties = sorted({str(p) for wish in core for p in reduction.problem.wishes[wish].parties})
    asked = ", ".join(parties[:NAMED]) + (
        f" and {len(parties) - NAMED} more" if len(parties) > NAMED else ""
    )
    return (
        f"These {len(core)} meetings cannot all be placed: {_names(reduction, core)}; "
        f"over-asked: {asked}.",
    )


def _impossible(reduction: Reduction, wishes: list[int], seconds: float, stop: Stop) -> bool:
    return (
        run(Search(Model(reduction, wishes), seconds, linearization_level=0), stop).status
        == "infeasible"
    )
