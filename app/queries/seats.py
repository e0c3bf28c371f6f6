# SPDX-License-Identifier: EUPL-1.2
"""Deals places out so that people sit where they were told to sit, as far as that can be."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace

from scheduler import Id, Meeting, Place, Problem, Solution, Wish
from scheduler.goals import changes_of

Seats = dict[Id, Id]  # wish → place, within one slot


def as_they_sat(problem: Problem, published: Solution, answer: Solution) -> Solution:
    """The same answer with the published places wherever the slot stays the same.

    Where somebody has to be seated elsewhere, the fewest neighbours give way to each other: a
    shortest chain of exchanges (augmenting path of a bipartite matching).
    """
    before = {one.wish: one for one in published.meetings}
    by_slot: dict[int, list[Meeting]] = defaultdict(list)
    for one in answer.meetings:
        if one.place is not None:
            by_slot[one.slot].append(one)
    seats: Seats = {}
    for slot, meetings in by_slot.items():
        seats |= _slot(problem, slot, meetings, before)
    moved = tuple(replace(one, place=seats.get(one.wish, one.place)) for one in answer.meetings)
    return replace(answer, meetings=moved, changes=changes_of(problem, moved), changes_bound=None)


def _slot(
    problem: Problem, slot: int, meetings: Iterable[Meeting], before: dict[Id, Meeting]
) -> Seats:
    wishes = {one.wish: problem.wish_by_id[one.wish] for one in meetings}
    suited = {wish: _suited(problem, wishes[wish], slot) for wish in wishes}
    taken: dict[Id, Id] = {}
    for wish in wishes:
        was = before.get(wish)
        if was is not None and was.slot == slot and was.place in suited[wish]:
            taken.setdefault(was.place, wish)
    for wish in wishes:
        if wish not in taken.values():
            _make_room(wish, suited, taken)
    return {wish: place for place, wish in taken.items()}


def _suited(problem: Problem, wish: Wish, slot: int) -> list[Id]:
    """Places open in this slot where the wish may be met; one promised is the only one."""
    if wish.fixed is not None and wish.fixed.place is not None:
        return [wish.fixed.place]
    return [
        place.id for place in problem.places if _is_open(place, slot) and problem.suits(wish, place)
    ]


def _is_open(place: Place, slot: int) -> bool:
    return place.slots is None or slot in place.slots


def _make_room(wish: Id, suited: dict[Id, list[Id]], taken: dict[Id, Id]) -> None:
    """Seat one more meeting by the shortest chain of people who give way (breadth first)."""
    came_from: dict[Id, Id] = {}  # place → the wish that would take it
    waiting = deque([wish])
    while waiting:
        one = waiting.popleft()
        for place in suited[one]:
            if place in came_from:
                continue
            came_from[place] = one
            if place not in taken:
                _shift(place, came_from, taken)
                return
            waiting.append(taken[place])


def _shift(place: Id, came_from: dict[Id, Id], taken: dict[Id, Id]) -> None:
    """Let everybody of the chain take the next place, from the free one backwards."""
    while True:
        one = came_from[place]
        left = next((seat for seat, wish in taken.items() if wish == one), None)
        taken[place] = one
        if left is None:
            return
        del taken[left]
        place = left
