# SPDX-License-Identifier: EUPL-1.2
"""Accounts, and what each may speak for."""

from sqlalchemy import select

from app.models.accounts import OrganiserMember, User
from app.models.base import db
from app.models.companies import Membership
from app.rules.companies import MembershipState
from app.rules.permissions import NOBODY, Person


def by_id(user_id: int) -> User | None:
    """The account of this number."""
    return db.session.get(User, user_id)


def by_email(email: str) -> User | None:
    """The account of this address, whatever its capitals."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def person_of(user: User | None) -> Person:
    """The person as the policy sees it."""
    if user is None:
        return NOBODY
    speaks_for = select(Membership.organisation_id).where(
        Membership.user_id == user.id, Membership.state == MembershipState.ACTIVE
    )
    organises = select(OrganiserMember.organiser_id).where(OrganiserMember.user_id == user.id)
    return Person(
        id=user.id,
        verified=user.verified_at is not None,
        organisations=frozenset(db.session.scalars(speaks_for)),
        organisers=frozenset(db.session.scalars(organises)),
    )
