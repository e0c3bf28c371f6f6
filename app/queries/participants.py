# SPDX-License-Identifier: EUPL-1.2
"""Who takes part in an edition, and how each of them stands: the organiser's list."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.models.base import db
from app.models.editions import Edition, Slot
from app.models.history import HistoryLine
from app.models.meetings import MeetingRequest
from app.models.registrations import Delegate, Registration, Unavailability
from app.rules.companies import Role
from app.rules.meetings import RequestState
from app.rules.registrations import RegistrationState
from app.rules.search import folded
from app.rules.watch import Lack, Standing, lacks

AVAILABILITY = "delegate.availability"


@dataclass(frozen=True)
class Participant:
    """A registration, how it stands, and what is missing to it."""

    registration: Registration
    standing: Standing
    lacks: frozenset[Lack]


def of_edition(edition: Edition) -> list[Participant]:
    """Everybody, oldest registration first. Six queries, however many they are."""
    registrations = select(Registration).where(Registration.edition_id == edition.id)
    found = list(
        db.session.scalars(registrations.order_by(Registration.created_at, Registration.id))
    )
    standings = _standings(edition)
    return [_participant(one, standings.get(one.id, Standing())) for one in found]


def wanted(
    participants: Iterable[Participant],
    *,
    role: Role | None = None,
    state: RegistrationState | None = None,
    lack: Lack | None = None,
    text: str = "",
) -> list[Participant]:
    """Those of this role, in this state, to whom this is missing, whose name or city says this."""
    words = folded(text).split()
    return [
        one
        for one in participants
        if (role is None or one.registration.role == role)
        and (state is None or one.registration.state == state)
        and (lack is None or lack in one.lacks)
        and all(word in _spoken(one.registration) for word in words)
    ]


def chosen(edition: Edition, numbers: Collection[int]) -> list[Registration]:
    """Those of these registrations that belong to this edition and wait for a decision."""
    waiting = select(Registration).where(
        Registration.edition_id == edition.id,
        Registration.id.in_(numbers),
        Registration.state == RegistrationState.PENDING,
    )
    return list(db.session.scalars(waiting.order_by(Registration.created_at, Registration.id)))


def _participant(registration: Registration, standing: Standing) -> Participant:
    missing = lacks(registration.role, registration.state, standing)
    return Participant(registration, standing, missing)


def _spoken(registration: Registration) -> str:
    organisation = registration.organisation
    return folded(
        f"{organisation.name} {organisation.brand} {organisation.city} {organisation.siret or ''}"
    )


def _standings(edition: Edition) -> dict[int, Standing]:
    """Registration id → how it stands."""
    people = _people(edition)
    requests = _requests(edition)
    return {
        number: Standing(
            delegates=people[number]["delegates"],
            silent=people[number]["silent"],
            room=people[number]["room"],
            made=requests[number]["made"],
            accepted=requests[number][RequestState.ACCEPTED],
            waiting=requests[number][RequestState.PENDING],
            declined=requests[number][RequestState.DECLINED],
        )
        for number in people.keys() | requests.keys()
    }


def _people(edition: Edition) -> dict[int, Counter[str]]:
    """Registration id → delegates, silent delegates, and slots at which one of them is there."""
    slots = _number_of_slots(edition)
    away, spoke = _away(edition), _spoke(edition)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    theirs = select(Delegate.registration_id, Delegate.id).join(
        Registration, Registration.id == Delegate.registration_id
    )
    for registration, delegate in db.session.execute(
        theirs.where(Registration.edition_id == edition.id)
    ):
        found[registration]["delegates"] += 1
        found[registration]["silent"] += delegate not in spoke
        found[registration]["room"] += slots - away[delegate]
    return found


def _number_of_slots(edition: Edition) -> int:
    return db.session.scalar(select(func.count(Slot.id)).where(Slot.edition_id == edition.id)) or 0


def _away(edition: Edition) -> Counter[int]:
    lines = (
        select(Unavailability.delegate_id, func.count())
        .join(Slot, Slot.id == Unavailability.slot_id)
        .where(Slot.edition_id == edition.id)
        .group_by(Unavailability.delegate_id)
    )
    return Counter(dict(db.session.execute(lines).all()))


def _spoke(edition: Edition) -> set[int]:
    """Delegates who said, once at least, when they are free."""
    said = (
        select(HistoryLine.subject_id)
        .join(Delegate, Delegate.id == HistoryLine.subject_id)
        .join(Registration, Registration.id == Delegate.registration_id)
        .where(
            Registration.edition_id == edition.id,
            HistoryLine.verb == AVAILABILITY,
            HistoryLine.subject_kind == Delegate.__tablename__,
        )
    )
    return set(db.session.scalars(said))


def _requests(edition: Edition) -> dict[int, Counter[str]]:
    """Registration id → its requests of both ways by state, and those it made itself."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    asked = select(MeetingRequest.from_id, MeetingRequest.to_id, MeetingRequest.state).where(
        MeetingRequest.edition_id == edition.id
    )
    for asking, other, state in db.session.execute(asked):
        found[asking]["made"] += 1
        found[asking][state] += 1
        found[other][state] += 1
    return found
