# SPDX-License-Identifier: EUPL-1.2
"""Invented fairs of any size, the same for the same seed."""

from random import Random

from scheduler.problem import Fixed, Party, Place, Problem, Slot, Wish

HALF_DAYS = ("am", "pm")
VALUES = (1, 1, 1, 2, 2, 2, 3, 3, 5)


def sample(wishes: int, *, seed: int = 7, tightness: float = 1.0) -> Problem:
    """Invent a fair with about `wishes` wishes.

    `tightness`: wishes divided by table-slots; 1.0 leaves just enough tables.
    """
    random = Random(seed)
    parties = max(4, wishes // 5)
    days = 1 if wishes <= 400 else 2 if wishes <= 8000 else 3
    per_half = 7 if wishes <= 2000 else 8
    slots = _slots(days, per_half)
    buyers = max(2, parties // 4)
    people = [_party(random, number, buyers, slots) for number in range(parties)]
    pairs = _pairs(random, people[:buyers], people[buyers:], wishes)
    tables = max(1, round(len(pairs) / (tightness * len(slots)) + 0.5))
    return Problem(
        name=f"sample-{wishes}-{seed}",
        slots=slots,
        places=tuple(Place(f"T{number + 1}") for number in range(tables)),
        parties=tuple(people),
        wishes=_promised(
            random,
            [
                Wish(f"w{n + 1}", (b.id, c.id), random.choice(VALUES))
                for n, (b, c) in enumerate(pairs)
            ],
            people,
            slots,
        ),
    )


def _slots(days: int, per_half: int) -> tuple[Slot, ...]:
    made: list[Slot] = []
    for day in range(1, days + 1):
        for half, first in zip(HALF_DAYS, (9 * 60, 14 * 60), strict=True):
            for turn in range(per_half):
                begin = first + 20 * turn
                clock = [
                    f"2027-11-{24 + day:02}T{m // 60:02}:{m % 60:02}" for m in (begin, begin + 20)
                ]
                made.append(Slot(len(made) + 1, clock[0], clock[1], f"day {day} {half}", day))
    return tuple(made)


def _party(random: Random, number: int, buyers: int, slots: tuple[Slot, ...]) -> Party:
    """A buyer or company: 10 % miss a half-day, 30 % speak or listen somewhere, 15 % come with
    colleagues.
    """
    role = "buyer" if number < buyers else "company"
    people = random.choices((1, 2, 3), (85, 11, 4))[0]
    away = random.choice(slots).block if random.random() < 0.1 else None
    seats = [0 if slot.block == away else people for slot in slots]
    busy: list[int] = []
    if random.random() < 0.3:
        first = random.randrange(len(slots) - 2)
        for position in range(first, first + random.choice((2, 3))):
            if seats[position] and slots[position].block == slots[first].block:
                seats[position] -= 1
                busy.append(slots[position].id)
    name = f"b{number + 1}" if role == "buyer" else f"c{number - buyers + 1}"
    return Party(name, tuple(seats), role=role, busy=tuple(busy))


def _pairs(
    random: Random, buyers: list[Party], companies: list[Party], count: int
) -> list[tuple[Party, Party]]:
    """Distinct pairs; the more a party can sit, the more it is asked, up to nine tenths of its
    seats.
    """
    left = {party.id: int(sum(party.seats) * 0.9) for party in (*buyers, *companies)}
    pairs: dict[tuple[str | int, str | int], tuple[Party, Party]] = {}
    for _ in range(20 * count):
        if len(pairs) == count:
            break
        buyer, company = random.choice(buyers), random.choice(companies)
        if left[buyer.id] > 0 and left[company.id] > 0 and (buyer.id, company.id) not in pairs:
            pairs[buyer.id, company.id] = (buyer, company)
            left[buyer.id] -= 1
            left[company.id] -= 1
    return [pairs[key] for key in sorted(pairs, key=str)]


def _promised(
    random: Random, wishes: list[Wish], people: list[Party], slots: tuple[Slot, ...]
) -> tuple[Wish, ...]:
    """Two wishes in a hundred are already promised a slot where both sides are free."""
    by_id = {party.id: party for party in people}
    taken: set[tuple[str | int, int]] = set()
    made = []
    for wish in wishes:
        slot = random.randrange(len(slots))
        free = all(by_id[p].seats[slot] and (p, slot) not in taken for p in wish.parties)
        if free and random.random() < 0.02:
            taken.update((party, slot) for party in wish.parties)
            made.append(Wish(wish.id, wish.parties, wish.value, fixed=Fixed(slots[slot].id)))
        else:
            made.append(wish)
    return tuple(made)
