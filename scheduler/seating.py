# SPDX-License-Identifier: EUPL-1.2
"""Deal the tables, stands and video rooms out, once slots are known, so that people change place
least (G4).
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from scheduler import compiled
from scheduler.board import Table, flat, starts
from scheduler.problem import Id, Problem
from scheduler.reduce import PlaceClass, fits, free_places, open_places, place_class
from scheduler.settle import STAYS, WHERE

Slots = dict[Id, int]  # wish → slot position
Chosen = dict[Id, Id | None]  # wish → place


@dataclass(frozen=True)
class Seating:
    """Who sits where; `changes_bound`: no seating of these slots has fewer changes of place."""

    places: Chosen
    changes: int
    changes_bound: int


class NoSeat(ValueError):
    """The meetings of a slot cannot all be seated."""


def seat(
    problem: Problem, slots: Slots, *, seed: int = 1, seconds: float = 1.0, steps: int | None = None
) -> Seating:
    """Give every placed wish a place that suits it.

    `steps` fixes the number of swaps tried (repeatable; none with 0), otherwise the clock does.
    """
    online = {wish for wish in slots if problem.is_online(problem.wish_by_id[wish])}
    plan = {wish: t for wish, t in slots.items() if wish not in online}
    chosen = _video_rooms(
        problem, {w: t for w, t in slots.items() if w in online}, set(plan.values())
    )
    if not plan:
        return Seating(chosen, 0, 0)
    links, most = links_of(problem, plan)
    wishes = list(plan)
    table = _table(problem, plan, wishes, links, seed)
    least = changes_bound(plan, wishes, links, most)
    if steps != 0:
        table = _walk(table, steps, seconds, most - least)
    where = table[WHERE]
    for number, wish in enumerate(wishes):
        chosen[wish] = problem.places[int(table[where + number])].id
    return Seating(chosen, most - int(table[STAYS]), least)


def _walk(table: Table, steps: int | None, seconds: float, goal: int) -> Table:
    """Swap until the budget is spent or no answer can be better."""
    kernel: Any = compiled.functions()
    if compiled.is_warm():
        table = compiled.array(table)
    until = time.monotonic() + seconds
    for piece in range(1, 10_000):
        size = 20_000 if steps is None else -(-steps // 20)
        size = size if compiled.is_compiled(table) or steps is not None else 500
        late = (
            piece / 20 if steps is not None else 1 - (until - time.monotonic()) / max(seconds, 1e-6)
        )
        kernel.settle(table, size, 1 if late < 0.7 else 0)
        if table[STAYS] >= goal or late >= 1:
            break
    return table


def links_of(problem: Problem, slots: Slots) -> tuple[list[list[int]], int]:
    """Wish position → positions of the meetings its parties come from or go to, and the sum of
    all changes at worst.

    A party of several people links every meeting of a slot with every one of its next active slot.
    """
    at: dict[Id, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (wish, t) in enumerate(slots.items()):
        for party in problem.wish_by_id[wish].parties:
            at[party][t].append(number)
    links: list[list[int]] = [[] for _ in slots]
    most = 0
    for by_slot in at.values():
        ordered = sorted(by_slot)
        for one, two in pairwise(ordered):
            if problem.slots[one].day == problem.slots[two].day:
                most += min(len(by_slot[one]), len(by_slot[two]))
                for here in by_slot[one]:
                    for there in by_slot[two]:
                        links[here].append(there)
                        links[there].append(here)
    return links, most


def changes_bound(slots: Slots, wishes: list[Id], links: list[list[int]], most: int) -> int:
    """A lower bound on changes of place: between two slots, at most a matching of the links can
    hold.

    Two meetings of one slot never share a place, so the links kept between two slots form a
    matching.
    """
    when = [slots[wish] for wish in wishes]
    between: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for here, row in enumerate(links):
        for there in row:
            if when[here] < when[there]:
                between[when[here], when[there]][here].append(there)
    return most - sum(matching_size(graph) for graph in between.values())


def matching_size(graph: dict[int, list[int]]) -> int:
    """The size of a largest matching (augmenting paths)."""
    taken: dict[int, int] = {}
    return sum(augment(graph, node, taken, set()) for node in graph)


def augment(graph: dict[int, list[int]], node: int, taken: dict[int, int], seen: set[int]) -> bool:
    """Find an augmenting path from a free node; short, because a meeting has few links."""
    for other in graph[node]:
        if other not in seen:
            seen.add(other)
            if other not in taken or augment(graph, taken[other], taken, seen):
                taken[other] = node
                return True
    return False


def _table(
    problem: Problem, plan: Slots, wishes: list[Id], links: list[list[int]], seed: int
) -> list[int]:
    """The flat table of `settle`, with a first valid seating."""
    kinds: list[PlaceClass] = []
    kind_of = []
    for wish in wishes:
        wanted = place_class(problem, problem.wish_by_id[wish])
        if wanted is not None and wanted not in kinds:
            kinds.append(wanted)
        kind_of.append(-1 if wanted is None else kinds.index(wanted))
    suits = [[int(fits(place, wanted)) for place in problem.places] for wanted in kinds]
    free, width = free_places(problem), len(problem.places)
    promised = _promised(problem, wishes)
    where = _first_places(plan, wishes, links, kind_of, suits, free, promised)
    holder = [-1] * (width * len(free))
    for number, place in enumerate(where):
        holder[plan[wishes[number]] * width + place] = number
    stays = sum(where[a] == where[b] for a, row in enumerate(links) for b in row) // 2
    days = [slot.day for slot in problem.slots]
    ends = [
        next((u for u in range(t, len(days)) if days[u] != days[t]), len(days))
        for t in range(len(days))
    ]
    tables = [
        [plan[wish] for wish in wishes],
        kind_of,
        [n for row in suits for n in row],
        [int(place in row) for row in free for place in range(width)],
        *starts(links),
        ends,
        where,
        holder,
    ]
    return flat([len(wishes), width, (seed * 2654435761 + 977) % 0xFFFFFFFF or 1, stays], tables)


def _promised(problem: Problem, wishes: list[Id]) -> dict[int, int]:
    """Wish position → place position, where the place is promised."""
    number = {place.id: position for position, place in enumerate(problem.places)}
    found = {}
    for position, wish in enumerate(wishes):
        fixed = problem.wish_by_id[wish].fixed
        if fixed is not None and fixed.place is not None:
            found[position] = number[fixed.place]
    return found


def _first_places(
    plan: Slots,
    wishes: list[Id],
    links: list[list[int]],
    kind_of: list[int],
    suits: list[list[int]],
    free: list[set[int]],
    promised: dict[int, int],
) -> list[int]:
    """Slot after slot: keep people where they were, then fill up, by augmenting paths where
    places are scarce.
    """
    where = [-1] * len(wishes)
    for position, place in promised.items():
        where[position] = place
    by_slot: dict[int, list[int]] = defaultdict(list)
    for position, wish in enumerate(wishes):
        if position not in promised:
            by_slot[plan[wish]].append(position)
    plain = [sum(row[place] for row in suits) for place in range(len(suits[0]) if suits else 0)]
    for t in sorted(by_slot):
        kinds = {kind_of[position] for position in by_slot[t]}
        options = {
            kind: sorted((p for p in free[t] if suits[kind][p]), key=lambda p: (plain[p], p))
            for kind in sorted(kinds)
        }
        graph = {}
        for position in sorted(
            by_slot[t], key=lambda m: (len(options[kind_of[m]]), -len(links[m]), m)
        ):
            usable = options[kind_of[position]]
            before = [
                where[other]
                for other in links[position]
                if where[other] >= 0 and where[other] in free[t]
            ]
            graph[position] = [
                place for place in before if suits[kind_of[position]][place]
            ] + usable
        _deal(graph, where)
    if -1 in where:
        raise NoSeat(f"no place is left for wish {wishes[where.index(-1)]}")
    return where


def _deal(graph: dict[int, list[int]], where: list[int]) -> None:
    """Give each meeting of a slot its first free choice, then make room for those left over."""
    taken: dict[int, int] = {}
    for position, choices in graph.items():
        place = next((place for place in choices if place not in taken), None)
        if place is not None:
            taken[place] = position
    seated = set(taken.values())
    for position in graph:
        if position not in seated:
            augment(graph, position, taken, set())
    for place, position in taken.items():
        where[position] = place


def _video_rooms(problem: Problem, online: Slots, on_site: set[int]) -> Chosen:
    """Video rooms for meetings where everybody is remote, as far as they go; a link of their own
    otherwise. Where somebody meets on site at that slot, rooms with a screen are left to them.
    """
    chosen: Chosen = {}
    rows = open_places(problem)
    for wish in online:
        fixed = problem.wish_by_id[wish].fixed
        if fixed is not None and fixed.place is not None:
            chosen[wish] = fixed.place
    taken = {(place, online[wish]) for wish, place in chosen.items()}
    for wish, t in online.items():
        if wish not in chosen:
            rooms = (
                problem.places[n] for n in sorted(rows[t]) if problem.places[n].kind == "video"
            )
            chosen[wish] = next(
                (
                    r.id
                    for r in rooms
                    if r.home_of is None
                    and (r.id, t) not in taken
                    and not (r.screen and t in on_site)
                ),
                None,
            )
            taken.add((chosen[wish], t))
    return chosen
