# SPDX-License-Identifier: EUPL-1.2
"""What the scheduler is asked about an edition: rows on one side, a frozen `Problem` on the other.

Ids: party `r<registration>`, wish `q<request>`, place `p<place>`; slots are 1, 2, 3… in time order.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.base import db
from app.models.editions import Edition, Place, PlaceClosure, Slot
from app.models.meetings import MeetingRequest
from app.models.registrations import Delegate, Registration, Unavailability
from app.queries import consortia, editions
from app.rules.editions import Mode
from app.rules.meetings import RequestState, value_of
from app.rules.registrations import RegistrationState
from scheduler import Party, Problem, Wish
from scheduler import Place as ProblemPlace
from scheduler import Slot as ProblemSlot


@dataclass(frozen=True)
class Someone:
    """A delegate as the scheduler needs one: whose, in person or not, and when away (slot ids)."""

    id: int
    registration_id: int
    rank: int
    remote: bool
    away: frozenset[int]


def of_edition(edition: Edition) -> Problem:
    """What there is to schedule: approved registrations, accepted requests, places and slots."""
    slots, places = editions.slots(edition), editions.places(edition)
    registrations = _registrations(edition)
    return Problem(
        name=edition.slug,
        slots=_slots(slots, edition.timezone),
        places=_places(places, registrations, _open_slots(edition, slots)),
        parties=_parties(registrations, people(edition), slots),
        wishes=_wishes(edition),
    )


def people(edition: Edition) -> dict[int, list[Someone]]:
    """Registration → its delegates who can take meetings, the default one first.

    Where some come in person and some by video, those in person take the meetings: a meeting at a
    table cannot be held by one who is far away.
    """
    away = defaultdict(set)
    for delegate_id, slot_id in db.session.execute(_away(edition)):
        away[delegate_id].add(slot_id)
    found = defaultdict(list)
    for row in db.session.execute(_delegates(edition)):
        remote = row.remote or edition.mode == Mode.DIGITAL
        found[row.registration_id].append(
            Someone(row.id, row.registration_id, row.rank, remote, frozenset(away[row.id]))
        )
    return {registration: _in_one_way(delegates) for registration, delegates in found.items()}


def party_id(registration_id: int) -> str:
    return f"r{registration_id}"


def wish_id(request_id: int) -> str:
    return f"q{request_id}"


def place_id(row_id: int) -> str:
    return f"p{row_id}"


def row_id(scheduler_id: Any) -> int:
    """The row behind an id of the scheduler: 12 for `q12`."""
    return int(str(scheduler_id)[1:])


def local(instant: datetime, zone: str) -> str:
    """A moment as problems write it: `2027-11-25T09:00`, where the fair takes place."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def _in_one_way(delegates: list[Someone]) -> list[Someone]:
    return [one for one in delegates if not one.remote] or delegates


def _slots(slots: Sequence[Slot], zone: str) -> tuple[ProblemSlot, ...]:
    days: dict[str, int] = {}
    found = []
    for number, slot in enumerate(slots, start=1):
        start = local(slot.starts_at, zone)
        day = days.setdefault(start[:10], len(days) + 1)
        end = local(slot.ends_at, zone)
        found.append(
            ProblemSlot(id=number, start=start, end=end, block=str(slot.block_id), day=day)
        )
    return tuple(found)


def _open_slots(edition: Edition, slots: Sequence[Slot]) -> dict[int, tuple[int, ...]]:
    """Place that is shut at some slots → the numbers of those at which it is open."""
    shut = defaultdict(set)
    closures = select(PlaceClosure.place_id, PlaceClosure.slot_id).join(
        Slot, PlaceClosure.slot_id == Slot.id
    )
    for place, slot in db.session.execute(closures.where(Slot.edition_id == edition.id)):
        shut[place].add(slot)
    return {
        place: tuple(number for number, slot in enumerate(slots, 1) if slot.id not in missing)
        for place, missing in shut.items()
    }


def _places(
    places: Sequence[Place], registrations: Sequence[Any], opening: dict[int, tuple[int, ...]]
) -> tuple[ProblemPlace, ...]:
    homes = {
        registration.home_place_id: party_id(registration.id)
        for registration in reversed(registrations)
        if registration.home_place_id is not None
    }
    return tuple(
        ProblemPlace(
            id=place_id(place.id),
            kind=place.kind.value,
            slots=opening.get(place.id),
            home_of=homes.get(place.id),
            accessible=place.accessible,
            screen=place.screen,
        )
        for place in places
    )


def _parties(
    registrations: Sequence[Any], delegates: dict[int, list[Someone]], slots: Sequence[Slot]
) -> tuple[Party, ...]:
    found = []
    for registration in registrations:
        team = delegates.get(registration.id, [])
        away = Counter(slot for person in team for slot in person.away)
        found.append(
            Party(
                id=party_id(registration.id),
                seats=tuple(len(team) - away[slot.id] for slot in slots),
                role=registration.role.value,
                max_meetings=registration.max_meetings,
                remote=bool(team) and all(person.remote for person in team),
                needs_accessible=registration.needs_accessible,
            )
        )
    return tuple(found)


def _wishes(edition: Edition) -> tuple[Wish, ...]:
    asking, asked = aliased(Registration), aliased(Registration)
    accepted = (
        select(
            MeetingRequest.id,
            MeetingRequest.from_id,
            MeetingRequest.to_id,
            MeetingRequest.priority,
            MeetingRequest.answer_priority,
            MeetingRequest.consortium_id,
        )
        .join(asking, MeetingRequest.from_id == asking.id)
        .join(asked, MeetingRequest.to_id == asked.id)
        .where(
            MeetingRequest.edition_id == edition.id,
            MeetingRequest.state == RequestState.ACCEPTED,
            asking.state == RegistrationState.APPROVED,
            asked.state == RegistrationState.APPROVED,
        )
        .order_by(MeetingRequest.id)
    )
    companions = consortia.companions(edition)
    return tuple(
        Wish(
            id=wish_id(row.id),
            parties=tuple(
                party_id(one)
                for one in dict.fromkeys(
                    (row.from_id, row.to_id, *companions.get(row.consortium_id, ()))
                )
            ),
            value=value_of(row.priority, row.answer_priority),
        )
        for row in db.session.execute(accepted)
    )


def _registrations(edition: Edition) -> Sequence[Any]:
    approved = select(
        Registration.id,
        Registration.role,
        Registration.max_meetings,
        Registration.home_place_id,
        Registration.needs_accessible,
    ).where(Registration.edition_id == edition.id, Registration.state == RegistrationState.APPROVED)
    return db.session.execute(approved.order_by(Registration.id)).all()


def _delegates(edition: Edition) -> Any:
    return (
        select(Delegate.id, Delegate.registration_id, Delegate.rank, Delegate.remote)
        .join(Registration, Delegate.registration_id == Registration.id)
        .where(
            Registration.edition_id == edition.id,
            Registration.state == RegistrationState.APPROVED,
        )
        .order_by(Delegate.registration_id, Delegate.rank, Delegate.id)
    )


def _away(edition: Edition) -> Any:
    return (
        select(Unavailability.delegate_id, Unavailability.slot_id)
        .join(Slot, Unavailability.slot_id == Slot.id)
        .where(Slot.edition_id == edition.id)
    )
