# SPDX-License-Identifier: EUPL-1.2
"""The clauses planned for a need, and those that the library offers today."""

from sqlalchemy import select

from app.models import clock
from app.models.base import db
from app.models.needs import Need
from app.models.needs import NeedClause as NeedClause
from app.rules import clauses as rules
from app.rules.clauses import Clause


def of_need(need: Need) -> list[NeedClause]:
    """The clauses of a need as they were taken, in the order of the library."""
    order = {clause.code: rank for rank, clause in enumerate(rules.LIBRARY)}
    taken = db.session.scalars(select(NeedClause).where(NeedClause.need_id == need.id))
    return sorted(taken, key=lambda one: order.get(one.code, len(order)))


def offered() -> list[Clause]:
    """What may be taken today."""
    return rules.offered(clock.today())
