# SPDX-License-Identifier: EUPL-1.2
"""What was put aside as « not for me », by whom and why; and who was invited to look at a need."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.matching import Dismissal as Dismissal
from app.models.matching import NeedInvitation as NeedInvitation
from app.models.needs import Need
from app.models.registrations import Registration
from app.queries.rows import one_of
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.registrations import RegistrationState


def by_id(dismissal_id: int) -> Dismissal:
    """The dismissal of this number. Errors: NotFound."""
    return one_of(Dismissal, dismissal_id)


def between(need: Need, company: Organisation, role: Role) -> Dismissal | None:
    """What this side said of the pair, if it put it aside."""
    return db.session.scalar(
        select(Dismissal).where(
            Dismissal.need_id == need.id,
            Dismissal.organisation_id == company.id,
            Dismissal.by_role == role,
        )
    )


def refused(needs: Collection[int]) -> dict[int, set[int]]:
    """Need id → the companies that one of the two sides put aside; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    said = select(Dismissal.need_id, Dismissal.organisation_id)
    for need, company in db.session.execute(said.where(Dismissal.need_id.in_(needs))):
        found[need].add(company)
    return found


def of_need(need: Need) -> list[Dismissal]:
    """The companies that its buyer put aside, the latest first."""
    said = select(Dismissal).where(Dismissal.need_id == need.id, Dismissal.by_role == Role.BUYER)
    return list(db.session.scalars(said.order_by(Dismissal.said_at.desc(), Dismissal.id.desc())))


def of_company(company: Organisation) -> list[Dismissal]:
    """The needs that a company put aside, the latest first."""
    said = select(Dismissal).where(
        Dismissal.organisation_id == company.id, Dismissal.by_role == Role.COMPANY
    )
    return list(db.session.scalars(said.order_by(Dismissal.said_at.desc(), Dismissal.id.desc())))


def counted(edition: Edition) -> dict[Role, Counter[DismissalReason]]:
    """Side → reason → how many, about the needs of the buyers who come to an edition."""
    coming = select(Registration.organisation_id).where(
        Registration.edition_id == edition.id,
        Registration.role == Role.BUYER,
        Registration.state == RegistrationState.APPROVED,
    )
    said = (
        select(Dismissal.by_role, Dismissal.reason, func.count())
        .join(Need, Need.id == Dismissal.need_id)
        .where(Need.organisation_id.in_(coming))
        .group_by(Dismissal.by_role, Dismissal.reason)
    )
    found: dict[Role, Counter[DismissalReason]] = {role: Counter() for role in Role}
    for role, reason, count in db.session.execute(said):
        found[role][reason] = count
    return found


def invited(need: Need) -> dict[int, NeedInvitation]:
    """Company id → its invitation to look at the need."""
    sent = select(NeedInvitation).where(NeedInvitation.need_id == need.id)
    return {one.organisation_id: one for one in db.session.scalars(sent)}


def invited_to(company: Organisation) -> dict[int, NeedInvitation]:
    """Need id → the invitation that this company got."""
    sent = select(NeedInvitation).where(NeedInvitation.organisation_id == company.id)
    return {one.need_id: one for one in db.session.scalars(sent)}
