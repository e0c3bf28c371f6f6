# SPDX-License-Identifier: EUPL-1.2
"""The register of a need: its questions and answers, and who is told of an answer."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.models.accounts import User
from app.models.base import db
from app.models.companies import Membership
from app.models.meetings import MeetingRequest
from app.models.needs import Need
from app.models.needs import NeedQuestion as NeedQuestion
from app.queries.registrations import Reader
from app.queries.rows import one_of
from app.rules.companies import MembershipState
from app.rules.meetings import OPEN


def by_id(question_id: int) -> NeedQuestion:
    """The question of this number. Errors: NotFound."""
    return one_of(NeedQuestion, question_id)


def of_need(need: Need) -> list[NeedQuestion]:
    """All that was asked and answered, the oldest first."""
    asked = select(NeedQuestion).where(NeedQuestion.need_id == need.id)
    return list(db.session.scalars(asked.order_by(NeedQuestion.asked_at, NeedQuestion.id)))


def unanswered(needs: Collection[Need]) -> dict[int, int]:
    """Need id → how many questions wait for the buyer; one query for all."""
    waiting = select(NeedQuestion.need_id, func.count()).where(
        NeedQuestion.need_id.in_([need.id for need in needs]), NeedQuestion.answer == ""
    )
    counted = db.session.execute(waiting.group_by(NeedQuestion.need_id))
    return {row[0]: row[1] for row in counted}


def interested(need: Need) -> set[int]:
    """The companies that asked about a need, or have an open request for a meeting about it."""
    asked = select(NeedQuestion.asked_by_id).where(NeedQuestion.need_id == need.id)
    meeting = select(MeetingRequest.from_organisation_id, MeetingRequest.to_organisation_id).where(
        MeetingRequest.need_id == need.id, MeetingRequest.state.in_(OPEN)
    )
    sides = {one for pair in db.session.execute(meeting) for one in pair}
    return (set(db.session.scalars(asked)) | sides) - {need.organisation_id}


def readers(organisations: Collection[int]) -> list[Reader]:
    """Each person who speaks for one of these organisations, once."""
    speaking = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id.in_(organisations),
            Membership.state == MembershipState.ACTIVE,
        )
        .distinct()
        .order_by(User.id)
    )
    return [Reader(one.email, one.name, one.language) for one in db.session.scalars(speaking)]
