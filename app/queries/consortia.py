# SPDX-License-Identifier: EUPL-1.2
"""Consortia of companies: one, those of a company, and who comes with one to an edition."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ScalarSelect, Select, func, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.consortia import Consortium as Consortium
from app.models.consortia import ConsortiumMember as ConsortiumMember
from app.models.editions import Edition
from app.models.registrations import Registration
from app.queries.rows import one_of
from app.rules.consortia import LEAST_MEMBERS, PRESENT, MemberState
from app.rules.registrations import RegistrationState


def by_id(consortium_id: int) -> Consortium:
    """The consortium of this number. Errors: NotFound."""
    return one_of(Consortium, consortium_id)


def member_by_id(member_id: int) -> ConsortiumMember:
    """The membership of this number. Errors: NotFound."""
    return one_of(ConsortiumMember, member_id)


def member_of(consortium: Consortium, organisation: Organisation) -> ConsortiumMember | None:
    """The place of a company in a consortium, whatever became of it."""
    theirs = select(ConsortiumMember).where(
        ConsortiumMember.consortium_id == consortium.id,
        ConsortiumMember.organisation_id == organisation.id,
    )
    return db.session.scalar(theirs)


def members(consortium: Consortium) -> list[ConsortiumMember]:
    """Those who were asked or agreed, the lead first, then by name."""
    return members_of([consortium.id]).get(consortium.id, [])


def members_of(consortia: Collection[int]) -> dict[int, list[ConsortiumMember]]:
    """Consortium → those who were asked or agreed, the lead first; one query for all."""
    theirs = (
        select(ConsortiumMember)
        .join(ConsortiumMember.organisation)
        .where(ConsortiumMember.consortium_id.in_(consortia), ConsortiumMember.state.in_(PRESENT))
        .order_by(ConsortiumMember.is_lead.desc(), Organisation.name)
    )
    found: dict[int, list[ConsortiumMember]] = defaultdict(list)
    for member in db.session.scalars(theirs):
        found[member.consortium_id].append(member)
    return found


def of_organisation(organisation: Organisation) -> list[ConsortiumMember]:
    """Its places in consortia, invitations first, then the latest."""
    theirs = (
        select(ConsortiumMember)
        .join(ConsortiumMember.consortium)
        .where(
            ConsortiumMember.organisation_id == organisation.id,
            ConsortiumMember.state.in_(PRESENT),
            Consortium.dissolved_at.is_(None),
        )
        .order_by(ConsortiumMember.state.desc(), ConsortiumMember.id.desc())
    )
    return list(db.session.scalars(theirs))


def led_by(organisation_id: int) -> list[Consortium]:
    """The consortia that this company may speak for: it leads them, and others agreed."""
    led = select(Consortium).where(
        Consortium.organisation_id == organisation_id,
        Consortium.dissolved_at.is_(None),
        Consortium.id.in_(together()),
    )
    return list(db.session.scalars(led.order_by(Consortium.name, Consortium.id)))


def shown_for(organisation: Organisation) -> list[Consortium]:
    """The consortia that its listing names: it agreed, and so did another."""
    ours = select(ConsortiumMember.consortium_id).where(
        ConsortiumMember.organisation_id == organisation.id,
        ConsortiumMember.state == MemberState.ACCEPTED,
    )
    named = select(Consortium).where(
        Consortium.id.in_(ours), Consortium.id.in_(together()), Consortium.dissolved_at.is_(None)
    )
    return list(db.session.scalars(named.order_by(Consortium.name, Consortium.id)))


def companions(edition: Edition) -> dict[int, list[int]]:
    """Consortium → approved registrations of its members at this edition, the lead's left out."""
    coming = (
        select(ConsortiumMember.consortium_id, Registration.id)
        .join(Registration, Registration.organisation_id == ConsortiumMember.organisation_id)
        .where(
            Registration.edition_id == edition.id,
            Registration.state == RegistrationState.APPROVED,
            ConsortiumMember.state == MemberState.ACCEPTED,
            ConsortiumMember.is_lead.is_(False),
        )
        .order_by(ConsortiumMember.consortium_id, Registration.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for consortium, registration in db.session.execute(coming):
        found[consortium].append(registration)
    return found


def joined_by(organisation_id: int | ScalarSelect[int]) -> Select[int]:
    """The consortia in which this company is a member and not the lead, for another statement."""
    return select(ConsortiumMember.consortium_id).where(
        ConsortiumMember.organisation_id == organisation_id,
        ConsortiumMember.state == MemberState.ACCEPTED,
        ConsortiumMember.is_lead.is_(False),
    )


def together() -> Select[int]:
    """The consortia in which two companies or more agreed, for another statement."""
    return (
        select(ConsortiumMember.consortium_id)
        .where(ConsortiumMember.state == MemberState.ACCEPTED)
        .group_by(ConsortiumMember.consortium_id)
        .having(func.count() >= LEAST_MEMBERS)
    )
