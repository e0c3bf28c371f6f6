# SPDX-License-Identifier: EUPL-1.2
"""What became of the proposals at an edition: needs with what was proposed, invited, put aside."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.models.base import db
from app.models.editions import Edition
from app.models.matching import Dismissal, NeedInvitation, NeedRanking, Proposal
from app.models.needs import Need, NeedInterest
from app.queries.pages import Page, page_of
from app.queries.supplies import coming_to
from app.rules.companies import Role
from app.rules.needs import NeedState


@dataclass(frozen=True)
class Followed:
    """A need, and how many companies were proposed, invited, interested, and put aside.

    proposed: None before the first ranking. best: points of the first company.
    """

    need: Need
    proposed: int | None
    best: int | None
    invited: int
    interested: int
    put_aside: int


def of_edition(edition: Edition, page: int = 1) -> Page[Followed]:
    """The published needs of the buyers who come, those with the fewest proposals first."""
    found: Select[Any] = (
        select(
            Need, NeedRanking.found, _of(func.max(Proposal.score), Proposal.need_id),
            _of(func.count(), NeedInvitation.need_id), _of(func.count(), NeedInterest.need_id),
            _of(func.count(), Dismissal.need_id),
        )
        .outerjoin(NeedRanking, NeedRanking.need_id == Need.id)
        .where(*_theirs(edition))
        .order_by(NeedRanking.found.is_(None).desc(), NeedRanking.found, Need.id)
    )  # fmt: skip
    numbers = page_of(select(Need.id).where(*_theirs(edition)), page)
    size = numbers.size
    rows = db.session.execute(found.limit(size).offset((page - 1) * size))
    return Page([Followed(*row) for row in rows], page, numbers.total)


def _theirs(edition: Edition) -> tuple[ColumnElement[bool], ...]:
    return (
        Need.state == NeedState.PUBLISHED,
        Need.organisation_id.in_(coming_to(edition, Role.BUYER)),
    )


def _of(counted: ColumnElement[Any], need: InstrumentedAttribute[int]) -> ScalarSelect[Any]:
    return select(counted).where(need == Need.id).correlate(Need).scalar_subquery()
