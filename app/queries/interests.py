# SPDX-License-Identifier: EUPL-1.2
"""Which companies a need interests, and what its buyer answered."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.models.base import db
from app.models.companies import Organisation
from app.models.needs import Need
from app.models.needs import NeedInterest as NeedInterest
from app.queries.rows import one_of
from app.rules.needs import InterestState


def by_id(interest_id: int) -> NeedInterest:
    """The interest of this number. Errors: NotFound."""
    return one_of(NeedInterest, interest_id)


def between(need: Need, company: Organisation) -> NeedInterest | None:
    """What this company said of this need, if it said anything."""
    return db.session.scalar(
        select(NeedInterest).where(
            NeedInterest.need_id == need.id, NeedInterest.company_id == company.id
        )
    )


def of_need(need: Need) -> list[NeedInterest]:
    """All the companies a need interests, those that wait for an answer first."""
    shown = select(NeedInterest).where(NeedInterest.need_id == need.id)
    order = (NeedInterest.state != InterestState.WAITING, NeedInterest.shown_at, NeedInterest.id)
    return list(db.session.scalars(shown.order_by(*order)))


def of_company(company: Organisation) -> dict[int, NeedInterest]:
    """Need id → what this company said of it; one query for all."""
    shown = select(NeedInterest).where(NeedInterest.company_id == company.id)
    return {one.need_id: one for one in db.session.scalars(shown)}


def waiting(needs: Collection[Need]) -> dict[int, int]:
    """Need id → how many companies wait for the buyer's answer; one query for all."""
    counted = select(NeedInterest.need_id, func.count()).where(
        NeedInterest.need_id.in_([need.id for need in needs]),
        NeedInterest.state == InterestState.WAITING,
    )
    found = db.session.execute(counted.group_by(NeedInterest.need_id))
    return {row[0]: row[1] for row in found}
