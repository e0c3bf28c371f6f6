# SPDX-License-Identifier: EUPL-1.2
"""Registrations of an edition, and their delegates."""

from sqlalchemy import select

from app.models.base import db
from app.models.editions import Edition
from app.models.registrations import Delegate, Registration
from app.rules.companies import Role
from app.rules.errors import NotFound
from app.rules.registrations import RegistrationState


def by_id(registration_id: int) -> Registration:
    """The registration of this number. Errors: NotFound."""
    registration = db.session.get(Registration, registration_id)
    if registration is None:
        raise NotFound
    return registration


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
