# SPDX-License-Identifier: EUPL-1.2
"""The register of a need: all that happened around it, for the buyer who must keep a trace."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Sector
from app.models.history import HistoryLine
from app.models.meetings import Meeting, MeetingRequest
from app.models.needs import Need, NeedAttachment, NeedClause, NeedInterest, NeedQuestion
from app.queries import attachments, clauses, interests, meetings, needs, questions


@dataclass(frozen=True)
class Event:
    """One thing done about a need; a company that asked or showed interest is told apart below."""

    at: datetime
    who: str | None
    verb: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Register:
    """Everything about a need at one instant. planned: request id → its meeting."""

    need: Need
    sectors: list[Sector]
    made_at: datetime
    events: list[Event]
    questions: list[NeedQuestion]
    clauses: list[NeedClause]
    files: list[NeedAttachment]
    interests: list[NeedInterest]
    requests: list[MeetingRequest]
    planned: dict[int, Meeting]


def of_need(need: Need) -> Register:
    """The register of a need; a constant number of queries. Source: R2111-1 and R2184-1 to 12."""
    asked, shown = questions.of_need(need), interests.of_need(need)
    requests = list(
        db.session.scalars(
            select(MeetingRequest)
            .where(MeetingRequest.need_id == need.id)
            .order_by(MeetingRequest.created_at, MeetingRequest.id)
        )
    )
    return Register(
        need=need,
        sectors=needs.sectors(need),
        made_at=clock.now(),
        events=_events(need, [one.id for one in asked], [one.id for one in shown]),
        questions=asked,
        clauses=clauses.of_need(need),
        files=attachments.of_need(need),
        interests=shown,
        requests=requests,
        planned=meetings.scheduled(requests),
    )


def _events(need: Need, asked: list[int], shown: list[int]) -> list[Event]:
    """In the order of time. Who asked a question is told to nobody, not even here."""
    about = or_(
        and_(HistoryLine.subject_kind == "need", HistoryLine.subject_id == need.id),
        and_(HistoryLine.subject_kind == "need_question", HistoryLine.subject_id.in_(asked)),
        and_(HistoryLine.subject_kind == "need_interest", HistoryLine.subject_id.in_(shown)),
    )
    lines = (
        select(HistoryLine, User.name)
        .outerjoin(User, User.id == HistoryLine.user_id)
        .where(about)
        .order_by(HistoryLine.at, HistoryLine.id)
    )
    return [
        Event(line.at, None if line.verb == "question.asked" else who, line.verb, line.facts)
        for line, who in db.session.execute(lines)
    ]
