# SPDX-License-Identifier: EUPL-1.2
"""Who may be reminded of what: nobody twice within a day."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from app.models import clock
from app.models.base import db
from app.models.editions import Edition
from app.models.history import HistoryLine
from app.models.meetings import MeetingRequest
from app.models.registrations import Registration
from app.queries import participants
from app.rules.companies import Role
from app.rules.meetings import RequestState
from app.rules.search import folded
from app.rules.watch import LATE_ANSWER, QUIET, Lack, Reminder

REMINDED = "registration.reminded"


@dataclass(frozen=True)
class Reminded:
    """A participant to remind. count: of requests it left without an answer; 1 otherwise."""

    registration: Registration
    count: int


def due(edition: Edition, what: Reminder) -> list[Reminded]:
    """Whom to remind now, by name."""
    waiting = _late(edition) if what == Reminder.ANSWERS else _silent(edition)
    told = _told(edition, what)
    found = select(Registration).where(Registration.id.in_(waiting.keys() - told))
    people = sorted(
        db.session.scalars(found), key=lambda one: folded(one.organisation.display_name)
    )
    return [Reminded(one, waiting[one.id]) for one in people]


def _late(edition: Edition) -> Counter[int]:
    pending = (
        select(MeetingRequest.to_id, func.count())
        .where(
            MeetingRequest.edition_id == edition.id,
            MeetingRequest.state == RequestState.PENDING,
            MeetingRequest.created_at < clock.now() - LATE_ANSWER,
        )
        .group_by(MeetingRequest.to_id)
    )
    return Counter(dict(db.session.execute(pending).all()))


def _silent(edition: Edition) -> Counter[int]:
    people = participants.of_edition(edition)
    silent = participants.wanted(people, role=Role.BUYER, lack=Lack.AVAILABILITY)
    return Counter(one.registration.id for one in silent)


def _told(edition: Edition, what: Reminder) -> set[int]:
    """Registrations that were reminded of the same less than a day ago."""
    lines = select(HistoryLine.subject_id, HistoryLine.facts).where(
        HistoryLine.organiser_id == edition.organiser_id,
        HistoryLine.verb == REMINDED,
        HistoryLine.at > clock.now() - QUIET,
    )
    return {number for number, facts in db.session.execute(lines) if facts["about"] == what.value}
