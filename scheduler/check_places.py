# SPDX-License-Identifier: EUPL-1.2
"""The hard rules of places (H3, H9, H10), checked without a solver."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from scheduler.problem import Problem, Wish
from scheduler.solution import Meeting, Solution, Violation

Found = Iterator[Violation]


def h3_places(problem: Problem, solution: Solution) -> Found:
    """H3: a place holds at most one meeting per slot and is open then.

    Σ_w y[w,l,t] ≤ open[l,t].
    """
    taken = Counter(
        (meeting.place, meeting.slot) for meeting in solution.meetings if meeting.place is not None
    )
    for (key, slot), count in taken.items():
        place = problem.place_by_id[key]
        if count > 1:
            yield Violation("H3", f"place {key} holds {count} meetings in slot {slot}", slot=slot)
        if place.slots is not None and slot not in place.slots:
            yield Violation("H3", f"place {key} is closed in slot {slot}", slot=slot)
    for slot, message in _without_place(problem, solution):
        yield Violation("H3", message, slot=slot)


def _without_place(problem: Problem, solution: Solution) -> Iterator[tuple[int, str]]:
    """Literature answers may leave places out: then each slot only counts its meetings against
    its places.
    """
    waiting: dict[int, list[Wish]] = defaultdict(list)
    for meeting in solution.meetings:
        wish = problem.wish_by_id[meeting.wish]
        if meeting.place is None and not problem.is_online(wish):
            waiting[meeting.slot].append(wish)
    for slot, wishes in waiting.items():
        if problem.mode != "all":
            yield slot, f"wish {wishes[0].id} needs a place in slot {slot} and has none"
            continue
        used = sum(1 for meeting in solution.meetings if meeting.slot == slot)
        open_places = sum(
            1 for place in problem.places if place.slots is None or slot in place.slots
        )
        if used > open_places:
            yield slot, f"slot {slot} has {used} meetings and {open_places} places"


def h9_home_places(problem: Problem, solution: Solution) -> Found:
    """H9: a party with a home place meets there (two of them: the first named hosts), nobody else
    does.

    y[w,l,t] = 1 ⇒ home(l) = host(w).
    """
    for wish, meeting in _seated(problem, solution):
        host, place = problem.host_of(wish), problem.place_by_id[meeting.place]  # type: ignore[index]
        if not problem.is_online(wish) and place.home_of != host:
            where = (
                f"at a stand of {host}" if host is not None else f"elsewhere: {place.id} is a stand"
            )
            yield Violation(
                "H9", f"wish {wish.id} must meet {where}", (wish.id,), slot=meeting.slot
            )


def h10_screens(problem: Problem, solution: Solution) -> Found:
    """H10: on-site with remote needs a screen, remote with remote no table; and access where
    needed.

    y[w,l,t] = 1 ⇒ screen(l) ≥ remote(w), accessible(l) ≥ needs_accessible(w).
    """
    for wish, meeting in _seated(problem, solution):
        place = problem.place_by_id[meeting.place]  # type: ignore[index]
        if place.home_of == problem.host_of(wish) and not problem.suits(wish, place):
            message = f"wish {wish.id} cannot meet at {place.id}: screen or access is missing"
            yield Violation("H10", message, (wish.id,), slot=meeting.slot)
        elif problem.is_online(wish) and place.kind != "video":
            yield Violation(
                "H10", f"wish {wish.id} is remote and takes no table", (wish.id,), slot=meeting.slot
            )


def _seated(problem: Problem, solution: Solution) -> Iterator[tuple[Wish, Meeting]]:
    for meeting in solution.meetings:
        if meeting.place is not None:
            yield problem.wish_by_id[meeting.wish], meeting
