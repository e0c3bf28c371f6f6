# SPDX-License-Identifier: EUPL-1.2
"""What is left to share out: seats, places and quotas per span of time, once what is promised is
taken off.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Set

from scheduler.problem import Party
from scheduler.reduce import Reduction, bits_of, first_of

Row = tuple[str, int, int]  # ("seat", party, span), ("place", family, span), ("quota", party, day)
EVERY_DAY = -1


def most_meetings(party: Party, seats: list[int]) -> int:
    """The meetings a party can hold in a half-day, given its seats there, its gap and its longest
    run.
    """
    total, widest, slots = sum(seats), max(seats, default=0), len(seats)
    if party.gap:
        total = min(total, widest * -(-slots // (party.gap + 1)))
    if party.max_run is not None:
        total = min(total, widest * (slots - slots // (party.max_run + 1)))
    return total


class Supply:
    """Who may still ask for what, and how much there is of it.

    `whole`: one span, the whole fair, instead of one per half-day; quotas then lower the seats.
    `takes[wish, span]`: the rows that a wish still to decide counts against there; `limits[row]`:
    how many may. `lean`: promised wishes are taken off, and those that take nothing scarce are
    sure: both are `settled`, worth `certain`; rows that are not scarce are left out.
    `impossible`: more is promised than there is.
    """

    def __init__(self, reduction: Reduction, *, lean: bool = False, whole: bool = False) -> None:
        self.reduction = reduction
        self.whole = whole
        self.span_of = (0,) * len(reduction.block_of) if whole else reduction.block_of
        self.day_of_span = dict(zip(self.span_of, reduction.day_of, strict=True))
        self.settled = self._promised() if lean else set()
        self.limits: dict[Row, int] = {}
        self._count_seats()
        self._count_places()
        self.impossible = min(self.limits.values(), default=0) < 0
        self.scarce: Set[Row] = self._scarce() if lean else self.limits.keys()
        self.settled |= self._sure() if lean else set()
        one = {row: row for row in self.scarce}  # each row told once, however many take from it
        self.takes = {
            (wish, span): [one[row] for row in rows if row in one]
            for wish, span, rows in self._wanted()
        }

    @property
    def certain(self) -> float:
        """The value of the wishes that need no decision."""
        return sum(self.reduction.problem.wishes[wish].value for wish in self.settled)

    def _promised(self) -> set[int]:
        due, masks = self.reduction.due, self.reduction.masks
        return {wish for wish, bits in enumerate(masks) if due[wish] and bits.bit_count() == 1}

    def _count_seats(self) -> None:
        """The least of what seats, gaps, runs and quotas leave to each party."""
        wanted, held = [0] * len(self.reduction.seats), defaultdict[int, Counter[int]](Counter)
        for wish, parties in enumerate(self.reduction.parties):
            for party in parties:
                if wish in self.settled:
                    held[party][first_of(self.reduction.masks[wish])] += 1
                else:
                    wanted[party] |= self.reduction.masks[wish]
        halves: dict[int, list[int]] = defaultdict(list)
        for slot, block in enumerate(self.reduction.block_of):
            halves[block].append(slot)
        whole_fair = {0: list(range(len(self.span_of)))}
        for party, bits in enumerate(wanted):
            taken = held.get(party, Counter())
            if bits or taken:
                spans = whole_fair if self.whole and self._is_plain(party) else halves
                left = {b: self._left(party, taken, bits, slots) for b, slots in spans.items()}
                self._share(party, taken, left)

    def _is_plain(self, party: int) -> bool:
        """No rule speaks of the party's half-days or days."""
        person = self.reduction.problem.parties[party]
        return not person.gap and person.max_run is person.max_per_day is None

    def _left(self, party: int, taken: Counter[int], bits: int, slots: list[int]) -> int:
        person, seats = self.reduction.problem.parties[party], self.reduction.seats[party]
        if any(taken[t] > seats[t] for t in taken):
            return -1
        usable = sum(seats[t] - taken[t] for t in slots if bits >> t & 1)
        if not person.gap and person.max_run is None:
            return usable
        besides = most_meetings(person, [seats[t] for t in slots]) - sum(taken[t] for t in slots)
        most = most_meetings(person, [seats[t] - taken[t] for t in slots])
        return min(usable, most, besides)

    def _share(self, party: int, taken: Counter[int], left: dict[int, int]) -> None:
        """Write the limits of a party: of each half-day and its quotas, or of the whole fair."""
        quotas = self._quotas(party, taken)
        if not self.whole:
            self.limits |= {("seat", party, block): most for block, most in left.items()}
            self.limits |= {("quota", party, day): most for day, most in quotas.items()}
            return
        least = min(*left.values(), *quotas.values(), 0)  # below zero: more promised than there is
        most = sum(left.values())
        if self.reduction.problem.parties[party].max_per_day is not None:
            days: Counter[int] = Counter()
            for day, block in set(zip(self.reduction.day_of, self.reduction.block_of, strict=True)):
                days[day] += left[block]
            most = sum(min(total, quotas[day]) for day, total in days.items())
        most = min(most, quotas.get(EVERY_DAY, most))
        self.limits["seat", party, 0] = least if least < 0 else most

    def _quotas(self, party: int, taken: Counter[int]) -> dict[int, int]:
        person, day_of = self.reduction.problem.parties[party], self.reduction.day_of
        quotas: dict[int, int] = {}
        if person.max_per_day is not None:
            quotas = dict.fromkeys(day_of, person.max_per_day)
            for slot, count in taken.items():
                quotas[day_of[slot]] -= count
        if person.max_meetings is not None:
            quotas[EVERY_DAY] = person.max_meetings - taken.total()
        return quotas

    def _count_places(self) -> None:
        for number, family in enumerate(self.reduction.families):
            left, wanted = list(family.capacity), 0
            for wish in family.members:
                if wish in self.settled:
                    left[first_of(self.reduction.masks[wish])] -= 1
                else:
                    wanted |= self.reduction.masks[wish]
            for slot, span in enumerate(self.span_of):
                row, usable = ("place", number, span), wanted >> slot & 1
                total = self.limits.get(row, 0)
                below = min(total, left[slot], 0)
                self.limits[row] = below if below < 0 else total + left[slot] * usable

    def _wanted(self) -> Iterator[tuple[int, int, list[Row]]]:
        """Wish, span, and what the wish takes if it is held there, for all still to decide.

        Told anew each time: to keep it all would cost more than to work it out again.
        """
        spans = {
            span: bits_of(t for t, own in enumerate(self.span_of) if own == span)
            for span in dict.fromkeys(self.span_of)
        }
        for wish, mask in enumerate(self.reduction.masks):
            if wish not in self.settled:
                for span, bits in spans.items():
                    if mask & bits:
                        yield wish, span, self._rows(wish, span)

    def _rows(self, wish: int, span: int) -> list[Row]:
        found: list[Row] = [("seat", party, span) for party in self.reduction.parties[wish]]
        found += [("place", number, span) for number in self.reduction.families_of[wish]]
        if not self.whole:
            for party in self.reduction.parties[wish]:
                keys = (("quota", party, EVERY_DAY), ("quota", party, self.day_of_span[span]))
                found += [key for key in keys if key in self.limits]
        return found

    def _scarce(self) -> set[Row]:
        """What more wishes ask for than there is."""
        demand: Counter[Row] = Counter()
        for _, _, rows in self._wanted():
            demand.update(rows)
        scarce = {row for row, wanted in demand.items() if wanted > self.limits[row]}
        return scarce - self._enough_places(scarce)

    def _sure(self) -> set[int]:
        """Wishes with a span where nothing can run out, whatever the others do."""
        return {wish for wish, _, rows in self._wanted() if self.scarce.isdisjoint(rows)}

    def _enough_places(self, scarce: set[Row]) -> set[Row]:
        """Rows of places that suffice, since scarce seats let fewer meetings through."""
        through: dict[Row, Counter[Row | None]] = {
            row: Counter() for row in scarce if row[0] == "place"
        }
        for _, _, rows in self._wanted() if through else ():
            narrow = next((row for row in rows if row in scarce and row[0] == "seat"), None)
            for place in through.keys() & rows:
                through[place][narrow] += 1
        return {
            place
            for place, counts in through.items()
            if sum(min(n, self.limits.get(row, n)) if row else n for row, n in counts.items())
            <= self.limits[place]
        }
