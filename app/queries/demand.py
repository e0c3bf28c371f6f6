# SPDX-License-Identifier: EUPL-1.2
"""All requests of an edition, as its team looks at them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.models import clock
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.meetings import MeetingRequest as MeetingRequest
from app.queries.pages import Page, page_of
from app.rules.meetings import RequestState
from app.rules.search import folded
from app.rules.watch import LATE_ANSWER


@dataclass(frozen=True)
class Counts:
    """How many requests are in each state; late: pending for more than three days."""

    by_state: Counter[RequestState]
    late: int

    @property
    def total(self) -> int:
        return sum(self.by_state.values())

    @property
    def answered(self) -> int:
        return self.accepted + self.by_state[RequestState.DECLINED]

    @property
    def accepted(self) -> int:
        return self.by_state[RequestState.ACCEPTED]

    @property
    def rate(self) -> float | None:
        """Share of the requests that were answered by yes; None before the first answer."""
        return self.accepted / self.answered if self.answered else None


def counts(edition: Edition) -> Counts:
    """How many requests stand where."""
    by_state = (
        select(MeetingRequest.state, func.count())
        .where(MeetingRequest.edition_id == edition.id)
        .group_by(MeetingRequest.state)
    )
    late = select(func.count(MeetingRequest.id)).where(*_late(edition, clock.now()))
    return Counts(Counter(dict(db.session.execute(by_state).all())), db.session.scalar(late) or 0)


def wanted(
    edition: Edition,
    *,
    state: RequestState | None = None,
    late: bool = False,
    text: str = "",
    page: int = 1,
) -> Page[MeetingRequest]:
    """Requests in this state, or too long without an answer, of or to organisations so named."""
    found = select(MeetingRequest).where(MeetingRequest.edition_id == edition.id)
    if state is not None:
        found = found.where(MeetingRequest.state == state)
    if late:
        found = found.where(*_late(edition, clock.now()))
    if text.strip():
        found = _named(found, text)
    return page_of(found.order_by(MeetingRequest.created_at, MeetingRequest.id), page)


def _late(edition: Edition, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MeetingRequest.edition_id == edition.id,
        MeetingRequest.state == RequestState.PENDING,
        MeetingRequest.created_at < now - LATE_ANSWER,
    )


def _named(found: Select[MeetingRequest], text: str) -> Select[MeetingRequest]:
    asking, asked = aliased(Organisation), aliased(Organisation)
    found = found.join(asking, asking.id == MeetingRequest.from_organisation_id)
    found = found.join(asked, asked.id == MeetingRequest.to_organisation_id)
    for word in folded(text).split():
        found = found.where(or_(asking.search.contains(word), asked.search.contains(word)))
    return found
