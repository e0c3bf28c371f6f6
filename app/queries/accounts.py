# SPDX-License-Identifier: EUPL-1.2
"""Accounts, and what each may speak for."""

from collections.abc import Iterable

from sqlalchemy import CompoundSelect, Select, select, union

from app.models.accounts import Organiser, OrganiserMember
from app.models.accounts import User as User
from app.models.base import db
from app.models.companies import Membership, Organisation
from app.rules.companies import MembershipState
from app.rules.letters import is_invented
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


DEMONSTRATION = {
    "organisateur": "organisateur@demo.invalid",
    "entreprise": "entreprise@demo.invalid",
    "acheteur": "acheteur@demo.invalid",
}


def demonstration_people() -> dict[str, User]:
    """Who may be impersonated in a demonstration: role → an invented account.

    One that has anything to do with a real organisation or a real organiser is left out.
    """
    found = {user.email: user for user in db.session.scalars(_of(DEMONSTRATION.values()))}
    real = set(db.session.scalars(_who_is_real()))
    return {
        role: found[email]
        for role, email in DEMONSTRATION.items()
        if email in found and is_invented(email) and found[email].id not in real
    }


def _of(emails: Iterable[str]) -> Select[User]:
    return select(User).where(User.email.in_(list(emails)))


def _who_is_real() -> CompoundSelect[int]:
    speaking = select(Membership.user_id).join(Organisation)
    organising = select(OrganiserMember.user_id).join(Organiser)
    return union(
        speaking.where(Organisation.is_demonstration.is_(False)),
        organising.where(Organiser.is_demonstration.is_(False)),
    )


def organisers(user: User) -> list[Organiser]:
    """The teams this person is in, by name."""
    theirs = select(Organiser).join(OrganiserMember).where(OrganiserMember.user_id == user.id)
    return list(db.session.scalars(theirs.order_by(Organiser.name)))
