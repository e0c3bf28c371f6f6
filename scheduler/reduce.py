# SPDX-License-Identifier: EUPL-1.2
"""Reduce a problem to what each wish may still use: its slots, and the families of places it
takes from.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, compress, count

from scheduler.problem import Id, Place, Problem, Wish

PlaceClass = tuple[Id | None, bool, bool, bool]
DIGITS, LETTERS = bytes.maketrans(b"01", bytes((0, 1))), bytes.maketrans(bytes((0, 1)), b"01")
IDLE: frozenset[int] = frozenset()
Usable = dict[PlaceClass, list[set[int]]]


@dataclass(frozen=True)
class Family:
    """A set of places that several kinds of wishes compete for (a Hall set).

    `members`: wish positions; `capacity[t]`: how many of them slot t can seat.
    """

    members: tuple[int, ...]
    capacity: tuple[int, ...]


@dataclass(frozen=True)
class Reduction:
    """What is left of a problem once the obvious impossibles are gone; everything by position,
    not by id.

    `allowed[w]`: slots, and as bits in `masks[w]`; `parties[w]`: parties; `families`: the counts
    of places, exact by Hall's theorem, and those of wish w in `families_of[w]`; `due[w]`: must be
    placed; `seats[p][t]`: how many can meet, and when anybody can, as bits in `present[p]`.
    """

    problem: Problem
    masks: tuple[int, ...]
    parties: tuple[tuple[int, ...], ...]
    seats: tuple[tuple[int, ...], ...]
    present: tuple[int, ...]
    busy: tuple[frozenset[int], ...]
    families: tuple[Family, ...]
    families_of: tuple[tuple[int, ...], ...]
    due: tuple[bool, ...]
    after: tuple[tuple[int, ...], ...]
    day_of: tuple[int, ...]
    block_of: tuple[int, ...]

    @cached_property
    def allowed(self) -> tuple[tuple[int, ...], ...]:
        return tuple(positions_of(bits) for bits in self.masks)


def place_class(problem: Problem, wish: Wish) -> PlaceClass | None:
    """What a wish asks of its place: (host, screen, access, video); None when its place is
    promised.
    """
    parties = [problem.party_by_id[party] for party in wish.parties]
    if wish.fixed is not None and wish.fixed.place is not None:
        return None
    if all(party.remote for party in parties):
        return (None, False, False, True)
    screen = any(party.remote for party in parties)
    access = any(party.needs_accessible and not party.remote for party in parties)
    return (problem.host_of(wish), screen, access, False)


def place_classes(problem: Problem) -> list[PlaceClass | None]:
    """What each wish asks of its place; most fairs ask the same of all."""
    special = {
        party.id for party in problem.parties if party.remote or party.needs_accessible
    } | problem.homes.keys()
    plain: PlaceClass = (None, False, False, False)
    return [
        None
        if wish.fixed is not None and wish.fixed.place is not None
        else plain
        if special.isdisjoint(wish.parties)
        else place_class(problem, wish)
        for wish in problem.wishes
    ]


def fits(place: Place, wanted: PlaceClass) -> bool:
    """The place offers what the class asks for (H9, H10)."""
    host, screen, access, video = wanted
    if video:
        return place.kind == "video"
    return (
        place.home_of == host
        and (place.screen or not screen)
        and (place.accessible or not access)
        and (place.kind != "video" or place.screen)
    )


def open_places(problem: Problem) -> list[set[int]]:
    """Slot position → positions of the places open then."""
    rows: list[set[int]] = [set() for _ in problem.slots]
    for number, place in enumerate(problem.places):
        slots = (
            range(len(rows))
            if place.slots is None
            else [problem.slot_index[slot] for slot in place.slots]
        )
        for position in slots:
            rows[position].add(number)
    return rows


def free_places(problem: Problem) -> list[set[int]]:
    """Slot position → positions of the places open then and promised to no wish."""
    rows = open_places(problem)
    number = {place.id: position for position, place in enumerate(problem.places)}
    for wish in problem.wishes:
        if wish.fixed is not None and wish.fixed.place is not None:
            rows[problem.slot_index[wish.fixed.slot]].discard(number[wish.fixed.place])
    return rows


def reduce(problem: Problem) -> Reduction:
    """Work out the allowed slots, the families of places and the wishes that are due."""
    party_at = {party.id: number for number, party in enumerate(problem.parties)}
    wish_at = {wish.id: number for number, wish in enumerate(problem.wishes)}
    classes = place_classes(problem)
    free = free_places(problem)
    usable = {
        wanted: [{n for n in row if fits(problem.places[n], wanted)} for row in free]
        for wanted in set(classes)
        if wanted is not None
    }
    days = list(dict.fromkeys(slot.day for slot in problem.slots))
    blocks = list(dict.fromkeys((slot.day, slot.block) for slot in problem.slots))
    parties = tuple(tuple(party_at[party] for party in wish.parties) for wish in problem.wishes)
    present = tuple(bits_where(party.seats) for party in problem.parties)
    masks = tuple(_allowed(problem, classes, usable, parties, present))
    families = tuple(_families(classes, usable, masks))
    return Reduction(
        problem=problem,
        masks=masks,
        parties=parties,
        seats=tuple(party.seats for party in problem.parties),
        present=present,
        busy=tuple(
            frozenset(problem.slot_index[slot] for slot in party.busy) if party.busy else IDLE
            for party in problem.parties
        ),
        families=families,
        families_of=_families_of(len(masks), families),
        due=tuple(
            wish.must or wish.fixed is not None or problem.mode == "all" for wish in problem.wishes
        ),
        after=tuple(tuple(wish_at[earlier] for earlier in wish.after) for wish in problem.wishes),
        day_of=tuple(days.index(slot.day) for slot in problem.slots),
        block_of=tuple(blocks.index((slot.day, slot.block)) for slot in problem.slots),
    )


def bits_of(positions: Iterable[int]) -> int:
    """A set of slot positions as the bits of one number."""
    return sum(1 << position for position in positions)


def first_of(bits: int) -> int:
    """The lowest position of some bits."""
    return (bits & -bits).bit_length() - 1


def bits_where(row: Iterable[int]) -> int:
    """The positions of a row that hold more than nothing, as bits."""
    return int(bytes(map(bool, row)).translate(LETTERS)[::-1] or b"0", 2)


@cache
def positions_of(bits: int) -> tuple[int, ...]:
    """The slot positions whose bits are set, in order."""
    return tuple(compress(count(), f"{bits:b}"[::-1].encode().translate(DIGITS)))


def _allowed(
    problem: Problem,
    classes: list[PlaceClass | None],
    usable: Usable,
    parties: tuple[tuple[int, ...], ...],
    present: tuple[int, ...],
) -> list[int]:
    """Slots left to each wish by H4, H8, H9 and H10, seen alone, as bits."""
    everywhere = (1 << len(problem.slots)) - 1
    placed = {
        wanted: bits_of(t for t, row in enumerate(rows) if row) for wanted, rows in usable.items()
    }
    found, known = [], dict[int, int]()
    for wish, wanted, people in zip(problem.wishes, classes, parties, strict=True):
        bits = everywhere if wanted is None or wanted[3] else placed[wanted]
        for party in people:
            bits &= present[party]
        if wish.slots is not None:
            own = id(wish.slots)  # many wishes share one row of slots
            if own not in known:
                known[own] = bits_of({problem.slot_index[slot] for slot in wish.slots})
            bits &= known[own]
        if wish.fixed is not None:
            bits &= 1 << problem.slot_index[wish.fixed.slot]
        if (problem.never and problem.is_forbidden(wish)) or (
            wanted is None and not _promise_holds(problem, wish)
        ):
            bits = 0
        found.append(bits)
    return found


def _promise_holds(problem: Problem, wish: Wish) -> bool:
    fixed = wish.fixed
    if fixed is None or fixed.place is None:
        return True
    place = problem.place_by_id[fixed.place]
    return problem.suits(wish, place) and (place.slots is None or fixed.slot in place.slots)


def _families(
    classes: list[PlaceClass | None],
    usable: dict[PlaceClass, list[set[int]]],
    masks: tuple[int, ...],
) -> list[Family]:
    """One family per set of classes that share places, keeping only those that can bind (Hall,
    1935).
    """
    members: dict[PlaceClass, list[int]] = defaultdict(list)
    hosts: dict[Id | None, list[PlaceClass]] = defaultdict(list)
    for number, wanted in enumerate(classes):
        if wanted is not None and not wanted[3]:
            members[wanted].append(number)
    for wanted in sorted(members, key=repr):
        hosts[wanted[0]].append(wanted)
    families = []
    for group in hosts.values():
        for size in range(1, len(group) + 1):
            for chosen in combinations(group, size):
                capacity = tuple(
                    len(set().union(*rows))
                    for rows in zip(*(usable[wanted] for wanted in chosen), strict=True)
                )
                if not _dominated(chosen, capacity, group, usable):
                    wishes = tuple(
                        sorted(number for wanted in chosen for number in members[wanted])
                    )
                    families.append(Family(wishes, capacity))
    return [family for family in families if _can_bind(family, masks)]


def _families_of(count: int, families: tuple[Family, ...]) -> tuple[tuple[int, ...], ...]:
    """Wish → the numbers of its families; wishes that have the same share one row."""
    found: list[tuple[int, ...]] = [()] * count
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    for number, family in enumerate(families):
        for wish in family.members:
            grown = (*found[wish], number)
            found[wish] = shared.setdefault(grown, grown)
    return tuple(found)


def _dominated(
    chosen: tuple[PlaceClass, ...],
    capacity: tuple[int, ...],
    group: list[PlaceClass],
    usable: dict[PlaceClass, list[set[int]]],
) -> bool:
    """Adding another class leaves the same places: the wider family says more."""
    return any(
        tuple(
            len(set().union(*rows))
            for rows in zip(*(usable[w] for w in (*chosen, other)), strict=True)
        )
        == capacity
        for other in group
        if other not in chosen
    )


def _can_bind(family: Family, masks: tuple[int, ...]) -> bool:
    if len(family.members) <= min(family.capacity):
        return False
    if len(family.members) > 20 * max(family.capacity):
        return True
    demand = [0] * len(family.capacity)
    for wish in family.members:
        for t in positions_of(masks[wish]):
            demand[t] += 1
    return any(wanted > room for wanted, room in zip(demand, family.capacity, strict=True))
