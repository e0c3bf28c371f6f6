# SPDX-License-Identifier: EUPL-1.2
"""Groupings of companies: one, those of a company, and who comes with one to an edition."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ScalarSelect, Select, func, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.groupings import Grouping as Grouping
from app.models.groupings import GroupingMember as GroupingMember
from app.models.registrations import Registration
from app.rules.errors import NotFound
from app.rules.groupings import LEAST_MEMBERS, PRESENT, MemberState
from app.rules.registrations import RegistrationState


def by_id(grouping_id: int) -> Grouping:
    """The grouping of this number. Errors: NotFound."""
    grouping = db.session.get(Grouping, grouping_id)
    if grouping is None:
        raise NotFound
    return grouping


def member_by_id(member_id: int) -> GroupingMember:
    """The membership of this number. Errors: NotFound."""
    member = db.session.get(GroupingMember, member_id)
    if member is None:
        raise NotFound
    return member


def member_of(grouping: Grouping, organisation: Organisation) -> GroupingMember | None:
    """The place of a company in a grouping, whatever became of it."""
    theirs = select(GroupingMember).where(
        GroupingMember.grouping_id == grouping.id,
        GroupingMember.organisation_id == organisation.id,
    )
    return db.session.scalar(theirs)


def members(grouping: Grouping) -> list[GroupingMember]:
    """Those who were asked or agreed, the lead first, then by name."""
    return members_of([grouping.id]).get(grouping.id, [])


def members_of(groupings: Collection[int]) -> dict[int, list[GroupingMember]]:
    """Grouping → those who were asked or agreed, the lead first; one query for all."""
    theirs = (
        select(GroupingMember)
        .join(GroupingMember.organisation)
        .where(GroupingMember.grouping_id.in_(groupings), GroupingMember.state.in_(PRESENT))
        .order_by(GroupingMember.is_lead.desc(), Organisation.name)
    )
    found: dict[int, list[GroupingMember]] = defaultdict(list)
    for member in db.session.scalars(theirs):
        found[member.grouping_id].append(member)
    return found


def of_organisation(organisation: Organisation) -> list[GroupingMember]:
    """Its places in groupings, invitations first, then the latest."""
    theirs = (
        select(GroupingMember)
        .join(GroupingMember.grouping)
        .where(
            GroupingMember.organisation_id == organisation.id,
            GroupingMember.state.in_(PRESENT),
            Grouping.dissolved_at.is_(None),
        )
        .order_by(GroupingMember.state.desc(), GroupingMember.id.desc())
    )
    return list(db.session.scalars(theirs))


def led_by(organisation_id: int) -> list[Grouping]:
    """The groupings that this company may speak for: it leads them, and others agreed."""
    led = select(Grouping).where(
        Grouping.organisation_id == organisation_id,
        Grouping.dissolved_at.is_(None),
        Grouping.id.in_(together()),
    )
    return list(db.session.scalars(led.order_by(Grouping.name, Grouping.id)))


def shown_for(organisation: Organisation) -> list[Grouping]:
    """The groupings that its listing names: it agreed, and so did another."""
    ours = select(GroupingMember.grouping_id).where(
        GroupingMember.organisation_id == organisation.id,
        GroupingMember.state == MemberState.ACCEPTED,
    )
    named = select(Grouping).where(
        Grouping.id.in_(ours), Grouping.id.in_(together()), Grouping.dissolved_at.is_(None)
    )
    return list(db.session.scalars(named.order_by(Grouping.name, Grouping.id)))


def companions(edition: Edition) -> dict[int, list[int]]:
    """Grouping → approved registrations of its members at this edition, the lead's left out."""
    coming = (
        select(GroupingMember.grouping_id, Registration.id)
        .join(Registration, Registration.organisation_id == GroupingMember.organisation_id)
        .where(
            Registration.edition_id == edition.id,
            Registration.state == RegistrationState.APPROVED,
            GroupingMember.state == MemberState.ACCEPTED,
            GroupingMember.is_lead.is_(False),
        )
        .order_by(GroupingMember.grouping_id, Registration.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for grouping, registration in db.session.execute(coming):
        found[grouping].append(registration)
    return found


def joined_by(organisation_id: int | ScalarSelect[int]) -> Select[int]:
    """The groupings in which this company is a member and not the lead, for another statement."""
    return select(GroupingMember.grouping_id).where(
        GroupingMember.organisation_id == organisation_id,
        GroupingMember.state == MemberState.ACCEPTED,
        GroupingMember.is_lead.is_(False),
    )


def together() -> Select[int]:
    """The groupings in which two companies or more agreed, for another statement."""
    return (
        select(GroupingMember.grouping_id)
        .where(GroupingMember.state == MemberState.ACCEPTED)
        .group_by(GroupingMember.grouping_id)
        .having(func.count() >= LEAST_MEMBERS)
    )
