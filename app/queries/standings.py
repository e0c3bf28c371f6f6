# SPDX-License-Identifier: EUPL-1.2
"""Where an organisation stands: what its listing lacks, and its numbers at an edition."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.models import clock
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.meetings import Meeting, MeetingRequest
from app.models.needs import Need
from app.models.registrations import Registration
from app.queries import listings, registrations
from app.rules.editions import EditionState
from app.rules.meetings import OPEN, MeetingState, RequestState
from app.rules.needs import NeedState
from app.rules.registrations import RegistrationState
from app.rules.tasks import Standing, Task, tasks


@dataclass(frozen=True)
class Numbers:
    """Requests and meetings of a registration. waiting: to answer. asked: made, still open."""

    waiting: int = 0
    asked: int = 0
    accepted: int = 0
    planned: int = 0


@dataclass(frozen=True)
class Board:
    """What an organisation sees first: what to do now, and its numbers."""

    tasks: list[Task]
    standing: Standing
    numbers: Numbers


def board(
    organisation: Organisation, edition: Edition | None, registration: Registration | None
) -> Board:
    """Everything for the first page of a member; a constant number of queries."""
    told = numbers(registration) if registration else Numbers()
    people = registrations.delegates(registration) if registration else []
    silent = registrations.without_availability(registration) if people and registration else []
    is_approved = registration is not None and registration.state == RegistrationState.APPROVED
    facts = Standing(
        role=organisation.role,
        is_open=edition is not None and edition.state == EditionState.OPEN,
        registration=registration.state if registration else None,
        missing=len(listings.completeness_of(organisation).essential),
        labels=listings.labels_to_renew(organisation),
        needs=_count(
            Need.id, Need.organisation_id == organisation.id, Need.state == NeedState.PUBLISHED
        ),
        delegates=len(people),
        silent=len(silent),
        waiting=told.waiting if is_approved else 0,
        asked=told.asked,
        registration_closes_at=edition.registration_closes_at if edition else None,
        requests_close_at=edition.requests_close_at if edition else None,
        answers_close_at=edition.answers_close_at if edition else None,
    )
    return Board(tasks(facts, clock.now()), facts, told)


def numbers(registration: Registration) -> Numbers:
    """How many requests of each sort it has, and how many meetings are planned; two queries."""
    theirs = or_(MeetingRequest.from_id == registration.id, MeetingRequest.to_id == registration.id)
    asking, state = MeetingRequest.from_id, MeetingRequest.state
    by_state = select(asking, state, func.count()).where(theirs).group_by(asking, state)
    counts: Counter[tuple[bool, RequestState]] = Counter()
    for asked_by, reached, count in db.session.execute(by_state):
        counts[asked_by == registration.id, reached] += count
    planned = (
        select(func.count(Meeting.id))
        .join(MeetingRequest, MeetingRequest.id == Meeting.request_id)
        .where(theirs, Meeting.state == MeetingState.SCHEDULED)
    )
    return Numbers(
        waiting=counts[False, RequestState.PENDING],
        asked=sum(counts[True, one] for one in OPEN),
        accepted=counts[True, RequestState.ACCEPTED] + counts[False, RequestState.ACCEPTED],
        planned=db.session.scalar(planned) or 0,
    )


def _count(column: object, *where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(column)).where(*where)) or 0  # type: ignore[arg-type]
