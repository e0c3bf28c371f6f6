# SPDX-License-Identifier: EUPL-1.2
"""One side asks the other for a meeting; the other accepts or declines. No slot is blocked."""

from typing import Any

from app.actions import freeing, letters, links
from app.actions.base import action
from app.mail import letters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Offer
from app.models.consortia import Consortium
from app.models.history import remember
from app.models.meetings import MeetingRequest, pair_of
from app.models.needs import Need
from app.models.registrations import Registration
from app.queries import consortia, meetings, needs, registrations
from app.rules import meetings as rules
from app.rules.companies import Role
from app.rules.editions import require_before
from app.rules.errors import NotFound, RuleBroken
from app.rules.meetings import DEFAULT_PRIORITY, DeclineReason, Motive, RequestState
from app.rules.registrations import require_open


@action
def request(
    asking: Registration,
    asked: Registration,
    *,
    by: User | None,
    message: str,
    priority: int = DEFAULT_PRIORITY,
    need: Need | None = None,
    offer: Offer | None = None,
    consortium: Consortium | None = None,
) -> MeetingRequest:
    """Ask the other side for a meeting, about one of the buyer's needs or the company's offers.

    priority: 1 (first choice) to 5. consortium: the company's side meets with its members, as one
    party. Two companies may ask each other, to answer together one day. Errors: RuleBroken with the
    deadline, on `message`, `priority`, `need`, `offer` or `side`, or because the two have an open
    request already.
    """
    _require_may_ask(asking, asked)
    motive = rules.motive_between(asking.role, asked.role)
    if motive == Motive.BUSINESS:
        _require_theirs(asking, asked, need, offer)
        _require_theirs_together(asking, asked, consortium)
    rules.require_priority(priority)
    message = rules.require_sentence(message)
    other = meetings.open_between(asking, asked, consortium)
    rules.require_no_other(
        other.state if other else None,
        asked_by_them=other is not None and other.from_id == asked.id,
        name=asked.organisation.display_name,
    )
    wanted = MeetingRequest(
        edition_id=asking.edition_id,
        organiser_id=asking.organiser_id,
        pair=pair_of(asking, asked, consortium),
        from_id=asking.id,
        to_id=asked.id,
        from_organisation_id=asking.organisation_id,
        to_organisation_id=asked.organisation_id,
        need_id=need.id if need else None,
        offer_id=offer.id if offer else None,
        consortium_id=consortium.id if consortium else None,
        motive=motive,
        message=message,
        priority=priority,
        answer_priority=DEFAULT_PRIORITY,
        state=RequestState.PENDING,
        answer="",
        created_at=clock.now(),
    )
    db.session.add(wanted)
    db.session.flush()
    remember(by, "request.made", wanted)
    _write(mail.meeting_requested, wanted, to=asked, message=message)
    return wanted


@action
def accept(request: MeetingRequest, *, by: User | None, priority: int = DEFAULT_PRIORITY) -> None:
    """Say yes, with a priority of one's own; the schedule will find the time.

    Errors: RuleBroken `request_step`, `answers_closed` with the deadline, or on `priority`.
    """
    _take(request)
    rules.require_state(request.state, RequestState.PENDING)
    require_before(request.asked.edition.answers_close_at, clock.now(), "answers_closed")
    rules.require_both_approved(request.asked.state, request.asking.state)
    rules.require_priority(priority)
    request.state, request.answered_at = RequestState.ACCEPTED, clock.now()
    request.answer_priority = priority
    remember(by, "request.accepted", request)
    _write(mail.request_accepted, request, to=request.asking)


@action
def decline(
    request: MeetingRequest, *, by: User | None, reason: DeclineReason, answer: str = ""
) -> None:
    """Say no, and why; one who had accepted may still change their mind.

    Errors: RuleBroken `request_step`, or `answers_closed` when nothing was answered in time.
    """
    _take(request)
    rules.require_state(request.state, RequestState.PENDING, RequestState.ACCEPTED)
    if request.state == RequestState.PENDING:
        require_before(request.asked.edition.answers_close_at, clock.now(), "answers_closed")
    planned = list(meetings.scheduled([request]).values())
    freeing.free(planned, by=by, given_up_by=request.asked, tell=False)
    request.state, request.answered_at = RequestState.DECLINED, clock.now()
    request.decline_reason, request.answer = reason, answer.strip()
    remember(by, "request.declined", request, reason=reason)
    _write(
        mail.request_declined,
        request,
        to=request.asking,
        reason=reason,
        answer=request.answer,
        freed_at=planned[0].slot.starts_at if planned else None,
    )


@action
def withdraw(request: MeetingRequest, *, by: User | None) -> None:
    """Take a request back, answered or not; a meeting that was planned falls."""
    _take(request)
    rules.require_state(request.state, RequestState.PENDING, RequestState.ACCEPTED)
    planned = meetings.scheduled([request])
    freeing.free(list(planned.values()), by=by, given_up_by=request.asking)
    request.state = RequestState.WITHDRAWN
    remember(by, "request.withdrawn", request)


@action
def expire(*, by: User | None = None) -> int:
    """Close the requests that nobody answered before the deadline. Returns how many."""
    late = meetings.unanswered(clock.now())
    for request in late:
        request.state, request.answered_at = RequestState.EXPIRED, clock.now()
        remember(by, "request.expired", request)
    return len(late)


def _require_may_ask(asking: Registration, asked: Registration) -> None:
    if asking.edition_id != asked.edition_id:
        raise NotFound
    rules.require_both_approved(asking.state, asked.state)
    require_open(asking.edition.state)
    require_before(asking.edition.requests_close_at, clock.now(), "requests_closed")


def _require_theirs(
    asking: Registration, asked: Registration, need: Need | None, offer: Offer | None
) -> None:
    sides = {asking.role: asking.organisation_id, asked.role: asked.organisation_id}
    if need and (need.organisation_id != sides[Role.BUYER] or not need.is_public):
        raise RuleBroken("need_not_theirs", field="need")
    hidden = need is not None and need.is_anonymous and asking.role == Role.COMPANY
    if need and hidden and need.id not in needs.told([asking.organisation_id]):
        raise RuleBroken("need_not_theirs", field="need")  # the same answer: it tells nothing
    if offer and offer.organisation_id != sides[Role.COMPANY]:
        raise RuleBroken("offer_not_theirs", field="offer")


def _require_theirs_together(
    asking: Registration, asked: Registration, consortium: Consortium | None
) -> None:
    """Errors: RuleBroken on `side` unless the company leads it and others agreed."""
    if consortium is None:
        return
    company = asking if asking.role == Role.COMPANY else asked
    if consortium.id not in {one.id for one in consortia.led_by(company.organisation_id)}:
        raise RuleBroken("consortium_alone", field="side")


def _take(request: MeetingRequest) -> None:
    """Read the request again and hold it: two answers at once become one after the other."""
    db.session.refresh(request, with_for_update={"of": MeetingRequest})


def _write(letter: Any, request: MeetingRequest, *, to: Registration, **facts: Any) -> None:
    """Tell one side of the request what the other did."""
    other = request.asking if to.id == request.to_id else request.asked
    about = request.need.title if request.need else request.offer.name if request.offer else ""
    for reader in registrations.readers([to]).get(to.id, []):
        written = letter(
            language=reader.language,
            name=reader.name,
            other=request.name_of(other),
            edition=to.edition.name,
            about=about,
            deadline=to.edition.answers_close_at,
            zone=to.edition.timezone,
            link=links.page("member.requests.inbox", registration=to.id),
            **facts,
        )
        letters.put(written, to=reader.email, name=reader.name, organiser_id=to.organiser_id)
