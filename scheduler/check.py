# SPDX-License-Identifier: EUPL-1.2
"""Every hard rule H1-H11, checked without a solver: the specification of a valid schedule."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from scheduler.check_places import h3_places, h9_home_places, h10_screens
from scheduler.check_workshops import Found, h11_workshops, people_in_workshops
from scheduler.goals import workshop_slots
from scheduler.problem import Id, Party, Problem
from scheduler.solution import Solution, Violation


def known_names(problem: Problem, solution: Solution) -> Found:
    """Every wish, slot, place, workshop, room and party of the answer belongs to the problem."""
    for meeting in solution.meetings:
        for kind, key, known in (
            ("wish", meeting.wish, problem.wish_by_id),
            ("slot", meeting.slot, problem.slot_index),
            ("place", meeting.place, problem.place_by_id),
        ):
            if key is not None and key not in known:
                yield Violation(
                    "names",
                    f"meeting of wish {meeting.wish}: unknown {kind} {key}",
                    (meeting.wish,),
                )
    for held in solution.workshops:
        workshop = problem.workshop_by_id.get(held.workshop)
        if (
            workshop is None
            or held.room not in problem.room_by_id
            or held.slot not in problem.slot_index
        ):
            yield Violation("names", f"workshop {held.workshop}: unknown workshop, room or slot")
        elif problem.slot_index[held.slot] + workshop.length > len(problem.slots):
            yield Violation(
                "names", f"workshop {held.workshop} runs past the last slot", slot=held.slot
            )
    for attendance in solution.sign_ups:
        if (
            attendance.workshop not in problem.workshop_by_id
            or attendance.party not in problem.party_by_id
        ):
            yield Violation("names", f"sign-up of {attendance.party}: unknown party or workshop")


def h1_placed_once(problem: Problem, solution: Solution) -> Found:
    """H1: a wish is placed at most once, exactly once if it is fixed or a must (or mode "all").

    Σ_t x[w,t] ≤ 1; = 1 for w ∈ F ∪ M.
    """
    times = Counter(meeting.wish for meeting in solution.meetings)
    for wish in problem.wishes:
        due = wish.must or wish.fixed is not None or problem.mode == "all"
        if times[wish.id] > 1:
            yield Violation("H1", f"wish {wish.id} is placed {times[wish.id]} times", (wish.id,))
        if due and not times[wish.id]:
            yield Violation("H1", f"wish {wish.id} must be placed and is not", (wish.id,))


def h2_seats(problem: Problem, solution: Solution) -> Found:
    """H2: in a slot, a party has at most `seats` meetings, workshops included.

    Σ_{w∋p} x[w,t] + attendances[p,t] ≤ seats[p,t].
    """
    used: Counter[tuple[Id, int]] = Counter()
    for meeting in solution.meetings:
        for party in problem.wish_by_id[meeting.wish].parties:
            used[party, problem.slot_index[meeting.slot]] += 1
    for party, held in people_in_workshops(problem, solution):
        for position in workshop_slots(problem, held):
            used[party, position] += 1
    for (party, position), count in used.items():
        seats = problem.party_by_id[party].seats[position]
        if count > seats:
            slot = problem.slots[position].id
            message = f"party {party} has {count} activities in slot {slot} and {seats} seats"
            yield Violation("H2", message, parties=(party,), slot=slot)


def h4_allowed_slots(problem: Problem, solution: Solution) -> Found:
    """H4: only allowed slots: every party has a seat, the wish's own limits, its fixed slot and
    place.

    x[w,t] = 0 unless t ∈ allowed(w) and seats[p,t] ≥ 1 for each p ∈ w.
    """
    for meeting in solution.meetings:
        wish, slot = problem.wish_by_id[meeting.wish], meeting.slot
        away = tuple(party for party in wish.parties if problem.seats_of(party, slot) < 1)
        if away:
            yield Violation(
                "H4", f"wish {wish.id}: {away[0]} is away in slot {slot}", (wish.id,), away, slot
            )
        if wish.slots is not None and slot not in wish.slots:
            yield Violation(
                "H4", f"wish {wish.id} is not allowed in slot {slot}", (wish.id,), slot=slot
            )
        if wish.fixed and slot != wish.fixed.slot:
            yield Violation(
                "H4", f"wish {wish.id} is fixed to slot {wish.fixed.slot}", (wish.id,), slot=slot
            )
        if (
            wish.fixed
            and wish.fixed.place is not None
            and meeting.place not in (wish.fixed.place, None)
        ):
            yield Violation(
                "H4", f"wish {wish.id} is fixed to place {wish.fixed.place}", (wish.id,), slot=slot
            )


def h5_gaps(problem: Problem, solution: Solution) -> Found:
    """H5: a party with a change-over gap g keeps g slots free between two meetings of a half-day.

    Σ_{t ≤ u ≤ t+g, same block} meetings[p,u] ≤ max seats[p,u] in that window.
    """
    for party, loads in _loads(problem, solution):
        if not party.gap:
            continue
        for block in _blocks(problem):
            for first in range(len(block)):
                window = block[first : first + party.gap + 1]
                if sum(loads[u] for u in window) > max(party.seats[u] for u in window):
                    slot = problem.slots[window[0]].id
                    message = f"party {party.id} has no change-over gap around slot {slot}"
                    yield Violation("H5", message, parties=(party.id,), slot=slot)


def h6_precedence(problem: Problem, solution: Solution) -> Found:
    """H6: a wish ordered after another comes in a later slot, when both are placed.

    slot[w] > slot[v] for v ∈ after(w).
    """
    when = {meeting.wish: problem.slot_index[meeting.slot] for meeting in solution.meetings}
    for wish in problem.wishes:
        for earlier in wish.after:
            if wish.id in when and earlier in when and when[wish.id] <= when[earlier]:
                yield Violation(
                    "H6", f"wish {wish.id} must come after wish {earlier}", (wish.id, earlier)
                )


def h7_quotas(problem: Problem, solution: Solution) -> Found:
    """H7: at most `max_meetings` per party, `max_per_day` a day, `max_run` in a row in a half-day.

    Σ meetings[p] ≤ max; Σ_{t∈day} ≤ max_per_day; no max_run + 1 consecutive slots of a block all
    in use.
    """
    for party, loads in _loads(problem, solution):
        if party.max_meetings is not None and loads.total() > party.max_meetings:
            message = f"party {party.id} has {loads.total()} meetings, at most {party.max_meetings}"
            yield Violation("H7", message, parties=(party.id,))
        if party.max_per_day is not None:
            per_day: Counter[int] = Counter()
            for position, count in loads.items():
                per_day[problem.slots[position].day] += count
            for day, count in per_day.items():
                if count > party.max_per_day:
                    yield Violation(
                        "H7",
                        f"party {party.id} has {count} meetings on day {day}",
                        parties=(party.id,),
                    )
        if party.max_run is not None and _longest_run(problem, loads) > party.max_run:
            yield Violation(
                "H7",
                f"party {party.id} meets more than {party.max_run} in a row",
                parties=(party.id,),
            )


def h8_never(problem: Problem, solution: Solution) -> Found:
    """H8: pairs marked never are never placed: x[w,t] = 0 if {p,q} ⊆ w is such a pair."""
    for meeting in solution.meetings:
        wish = problem.wish_by_id[meeting.wish]
        if problem.is_forbidden(wish):
            yield Violation(
                "H8",
                f"wish {wish.id} joins parties that are never to meet",
                (wish.id,),
                wish.parties,
            )


def _loads(problem: Problem, solution: Solution) -> Iterator[tuple[Party, Counter[int]]]:
    """Each party with its meetings per slot position."""
    loads: dict[Id, Counter[int]] = defaultdict(Counter)
    for meeting in solution.meetings:
        for party in problem.wish_by_id[meeting.wish].parties:
            loads[party][problem.slot_index[meeting.slot]] += 1
    for key, counts in loads.items():
        yield problem.party_by_id[key], counts


def _blocks(problem: Problem) -> list[list[int]]:
    """Half-days as lists of consecutive slot positions."""
    blocks: dict[tuple[int, str], list[int]] = defaultdict(list)
    for position, slot in enumerate(problem.slots):
        blocks[slot.day, slot.block].append(position)
    return list(blocks.values())


def _longest_run(problem: Problem, loads: Counter[int]) -> int:
    longest = 0
    for block in _blocks(problem):
        run = 0
        for position in block:
            run = run + 1 if loads[position] else 0
            longest = max(longest, run)
    return longest


RULES: tuple[Callable[[Problem, Solution], Found], ...] = (
    h1_placed_once,
    h2_seats,
    h3_places,
    h4_allowed_slots,
    h5_gaps,
    h6_precedence,
    h7_quotas,
    h8_never,
    h9_home_places,
    h10_screens,
    h11_workshops,
)


def check(problem: Problem, solution: Solution) -> list[Violation]:
    """Check an answer against every hard rule; an empty list means it is valid."""
    unknown = list(known_names(problem, solution))
    if unknown:
        return unknown
    return [violation for rule in RULES for violation in rule(problem, solution)]
