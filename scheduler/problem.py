# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a fair: slots, places, parties, wishes and workshops, frozen."""

from dataclasses import dataclass, field
from functools import cached_property

Id = str | int
Number = int | float


@dataclass(frozen=True)
class Slot:
    """One turn of meetings; `block` is its half-day, `day` its day (idle slots are counted per
    day).
    """

    id: int
    start: str | None = None
    end: str | None = None
    block: str = "1"
    day: int = 1


@dataclass(frozen=True)
class Place:
    """Where one meeting sits in a slot: a table, stand, room or video room.

    `slots`: open slots (None = all); `home_of`: the party whose stand it is, used by that party
    alone.
    """

    id: Id
    kind: str = "table"
    slots: tuple[int, ...] | None = None
    home_of: Id | None = None
    accessible: bool = False
    screen: bool = False


@dataclass(frozen=True)
class Party:
    """An organisation or person who meets: `seats[t]` of its people can meet in the t-th slot.

    `busy`: slot ids of an activity already fixed (its seat is already taken off `seats`);
    `gap`: slots to keep free between two meetings of a half-day; `max_run`: meetings in a row.
    """

    id: Id
    seats: tuple[int, ...]
    role: str = ""
    busy: tuple[int, ...] = ()
    max_meetings: int | None = None
    max_per_day: int | None = None
    max_run: int | None = None
    gap: int = 0
    remote: bool = False
    needs_accessible: bool = False


@dataclass(frozen=True)
class Fixed:
    """A slot (and place) already promised to a wish."""

    slot: int
    place: Id | None = None


@dataclass(frozen=True)
class Wish:
    """A meeting wanted by two or more parties; `after`: wishes that must come earlier when both
    are placed.
    """

    id: Id
    parties: tuple[Id, ...]
    value: Number = 1
    slots: tuple[int, ...] | None = None
    fixed: Fixed | None = None
    must: bool = False
    after: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Room:
    """A workshop room; `slots`: open slots (None = all)."""

    id: Id
    seats: int
    slots: tuple[int, ...] | None = None


@dataclass(frozen=True)
class FixedStart:
    """A start (and room) already promised to a workshop."""

    slot: int
    room: Id | None = None


@dataclass(frozen=True)
class Workshop:
    """A talk or workshop of `length` consecutive slots; `copies` of it may be held."""

    id: Id
    length: int = 1
    starts: tuple[int, ...] | None = None
    rooms: tuple[Id, ...] | None = None
    seats: int | None = None
    speakers: tuple[Id, ...] = ()
    copies: int = 1
    fixed: FixedStart | None = None


@dataclass(frozen=True)
class SignUp:
    """One person of a party who wants a workshop."""

    party: Id
    workshop: Id
    value: Number = 1


@dataclass(frozen=True)
class Problem:
    """A whole fair to schedule.

    `mode`: "optimise" (place the best wishes) or "all" (place every wish, fewest breaks).
    `floors`: role → meetings each party of that role should have at least (1 unless said).
    `digest`: sha256 of the file it was read from, empty when made in memory.
    Source: B2BSP, Bofill et al., JAIR 74 (2022) 263-301, widened to fairs.
    """

    slots: tuple[Slot, ...]
    places: tuple[Place, ...]
    parties: tuple[Party, ...]
    wishes: tuple[Wish, ...]
    name: str = ""
    mode: str = "optimise"
    never: tuple[tuple[Id, Id], ...] = ()
    rooms: tuple[Room, ...] = ()
    workshops: tuple[Workshop, ...] = ()
    sign_ups: tuple[SignUp, ...] = ()
    floors: dict[str, int] = field(default_factory=dict)
    digest: str = field(default="", compare=False)

    @cached_property
    def slot_index(self) -> dict[int, int]:
        """Slot id → position in `slots` (and in each party's `seats`)."""
        return {slot.id: position for position, slot in enumerate(self.slots)}

    @cached_property
    def party_by_id(self) -> dict[Id, Party]:
        return {party.id: party for party in self.parties}

    @cached_property
    def place_by_id(self) -> dict[Id, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def wish_by_id(self) -> dict[Id, Wish]:
        return {wish.id: wish for wish in self.wishes}

    @cached_property
    def room_by_id(self) -> dict[Id, Room]:
        return {room.id: room for room in self.rooms}

    @cached_property
    def workshop_by_id(self) -> dict[Id, Workshop]:
        return {workshop.id: workshop for workshop in self.workshops}

    @cached_property
    def homes(self) -> dict[Id, tuple[Place, ...]]:
        """Party id → its own stands."""
        found: dict[Id, tuple[Place, ...]] = {}
        for place in self.places:
            if place.home_of is not None:
                found[place.home_of] = (*found.get(place.home_of, ()), place)
        return found

    @cached_property
    def never_pairs(self) -> frozenset[frozenset[Id]]:
        return frozenset(frozenset(pair) for pair in self.never)

    def seats_of(self, party: Id, slot: int) -> int:
        """How many people of the party can meet in the slot with this id."""
        return self.party_by_id[party].seats[self.slot_index[slot]]

    def host_of(self, wish: Wish) -> Id | None:
        """The first named party with a stand of its own: it hosts."""
        return next((party for party in wish.parties if party in self.homes), None)

    def is_online(self, wish: Wish) -> bool:
        """Every party of the wish is remote: no table is needed."""
        return all(self.party_by_id[party].remote for party in wish.parties)

    def suits(self, wish: Wish, place: Place) -> bool:
        """The place can hold the wish as far as stands, screens and access go (H9, H10)."""
        parties = [self.party_by_id[party] for party in wish.parties]
        if self.is_online(wish):
            return place.kind == "video"
        if place.home_of != self.host_of(wish):
            return False
        if any(party.remote for party in parties) and not place.screen:
            return False
        if (
            any(party.needs_accessible and not party.remote for party in parties)
            and not place.accessible
        ):
            return False
        return place.kind != "video" or place.screen

    def is_forbidden(self, wish: Wish) -> bool:
        """Two of its parties are never to meet (H8)."""
        pairs = self.never_pairs
        return bool(pairs) and any(
            frozenset((one, other)) in pairs
            for one in wish.parties
            for other in wish.parties
            if one != other
        )
