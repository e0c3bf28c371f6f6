# SPDX-License-Identifier: EUPL-1.2
"""Registrations of an edition, their delegates, when these are away, and who reads their mail."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.models.accounts import User
from app.models.base import db
from app.models.companies import Membership, Organisation
from app.models.editions import Edition
from app.models.history import HistoryLine
from app.models.registrations import Delegate as Delegate
from app.models.registrations import Registration as Registration
from app.models.registrations import Unavailability
from app.queries.rows import one_of
from app.rules.companies import MembershipState, Role
from app.rules.registrations import RegistrationState


@dataclass(frozen=True)
class Reader:
    """Somebody to whom the letters of a registration are written."""

    email: str
    name: str
    language: str


def by_id(registration_id: int) -> Registration:
    """The registration of this number. Errors: NotFound."""
    return one_of(Registration, registration_id)


def of_edition(
    edition: Edition, *, role: Role | None = None, state: RegistrationState | None = None
) -> list[Registration]:
    """Who registered, oldest first."""
    found = select(Registration).where(Registration.edition_id == edition.id)
    if role is not None:
        found = found.where(Registration.role == role)
    if state is not None:
        found = found.where(Registration.state == state)
    return list(db.session.scalars(found.order_by(Registration.created_at, Registration.id)))


def of_organisations(organisations: frozenset[int]) -> list[Registration]:
    """The registrations of these organisations, the latest edition first."""
    theirs = select(Registration).where(Registration.organisation_id.in_(organisations))
    return list(
        db.session.scalars(theirs.order_by(Registration.edition_id.desc(), Registration.id))
    )


def delegates(registration: Registration) -> list[Delegate]:
    """Its people, the one who takes the meetings by default first."""
    theirs = select(Delegate).where(Delegate.registration_id == registration.id)
    return list(db.session.scalars(theirs.order_by(Delegate.rank, Delegate.id)))


def delegate_by_id(delegate_id: int) -> Delegate:
    """The delegate of this number. Errors: NotFound."""
    return one_of(Delegate, delegate_id)


def of_pair(edition: Edition, organisation: Organisation) -> Registration | None:
    """The registration of this organisation at this edition, whatever its state."""
    pair = select(Registration).where(
        Registration.edition_id == edition.id, Registration.organisation_id == organisation.id
    )
    return db.session.scalar(pair)


def approved_numbers(edition: Edition, role: Role) -> dict[int, int]:
    """Organisation id → registration id of those of one bank who were approved."""
    approved = select(Registration.organisation_id, Registration.id).where(
        Registration.edition_id == edition.id,
        Registration.role == role,
        Registration.state == RegistrationState.APPROVED,
    )
    return dict(iter(db.session.execute(approved)))


def these(numbers: Collection[int]) -> list[Registration]:
    """These registrations."""
    return list(db.session.scalars(select(Registration).where(Registration.id.in_(numbers))))


def leads(registrations: Collection[int]) -> dict[int, Delegate]:
    """Registration id → the delegate who takes the meetings by default."""
    theirs = select(Delegate).where(Delegate.registration_id.in_(registrations))
    last_first = theirs.order_by(Delegate.rank.desc(), Delegate.id.desc())
    return {delegate.registration_id: delegate for delegate in db.session.scalars(last_first)}


def away(registration: Registration) -> dict[int, set[int]]:
    """Delegate id → ids of the slots at which that delegate cannot meet."""
    found: dict[int, set[int]] = {}
    lines = select(Unavailability).join(Delegate, Delegate.id == Unavailability.delegate_id)
    for line in db.session.scalars(lines.where(Delegate.registration_id == registration.id)):
        found.setdefault(line.delegate_id, set()).add(line.slot_id)
    return found


def without_availability(registration: Registration) -> list[Delegate]:
    """Its delegates for whom nobody has ever said when they are free."""
    said = select(HistoryLine.subject_id).where(
        HistoryLine.verb == "delegate.availability",
        HistoryLine.subject_kind == Delegate.__tablename__,
    )
    silent = select(Delegate).where(
        Delegate.registration_id == registration.id, Delegate.id.not_in(said)
    )
    return list(db.session.scalars(silent.order_by(Delegate.rank, Delegate.id)))


def readers(registrations: Collection[Registration]) -> dict[int, list[Reader]]:
    """Registration id → who reads its letters: those who speak for the organisation, or else its
    first delegate with an address. Two queries, however many registrations.
    """
    found = _members(registrations)
    silent = [registration.id for registration in registrations if registration.id not in found]
    written_to = select(Delegate).where(Delegate.registration_id.in_(silent), Delegate.email != "")
    for delegate in db.session.scalars(written_to.order_by(Delegate.rank, Delegate.id)):
        reader = Reader(delegate.email, delegate.name, "fr")
        found.setdefault(delegate.registration_id, [reader])
    return found


def _members(registrations: Collection[Registration]) -> dict[int, list[Reader]]:
    by_organisation: dict[int, list[Reader]] = {}
    speaking = select(Membership.organisation_id, User).join(User, User.id == Membership.user_id)
    speaking = speaking.where(
        Membership.organisation_id.in_({one.organisation_id for one in registrations}),
        Membership.state == MembershipState.ACTIVE,
    )
    for organisation_id, user in db.session.execute(speaking.order_by(User.id)):
        reader = Reader(user.email, user.name, user.language)
        by_organisation.setdefault(organisation_id, []).append(reader)
    return {
        one.id: by_organisation[one.organisation_id]
        for one in registrations
        if one.organisation_id in by_organisation
    }
