# SPDX-License-Identifier: EUPL-1.2
"""Coming to an edition: register, send delegates, say when they are free; approve or refuse."""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, update

from app.actions import freeing, letters, links
from app.actions.base import action
from app.mail import letters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.history import remember
from app.models.meetings import MeetingRequest
from app.models.registrations import Delegate, Registration, Unavailability
from app.queries import editions, meetings, registrations
from app.rules import registrations as rules
from app.rules.accounts import require_address
from app.rules.editions import require_before
from app.rules.errors import RuleBroken
from app.rules.meetings import OPEN, RequestState
from app.rules.registrations import RegistrationState

DELEGATE_FACTS = frozenset(
    {"first_name", "last_name", "function", "email", "phone", "remote", "user_id"}
)


@action
def register(
    edition: Edition,
    organisation: Organisation,
    *,
    by: User | None,
    message: str = "",
    needs_accessible: bool = False,
) -> Registration:
    """Ask for a place at the fair; the organiser then approves or refuses.

    One that was cancelled is asked for again. Errors: RuleBroken `edition_shut`,
    `registration_closed` with the deadline, `already_registered`.
    """
    rules.require_open(edition.state)
    require_before(edition.registration_closes_at, clock.now(), "registration_closed")
    registration = registrations.of_pair(edition, organisation)
    if registration is None:
        registration = _new(edition, organisation)
    elif registration.state != RegistrationState.CANCELLED:
        raise RuleBroken("already_registered", state=registration.state)
    registration.state = RegistrationState.PENDING
    registration.message, registration.needs_accessible = message.strip(), needs_accessible
    remember(by, "registration.asked", registration)
    return registration


@action
def change(
    registration: Registration, *, by: User | None, message: str, needs_accessible: bool
) -> None:
    """Say something else to the organiser, or ask for an accessible table."""
    rules.require_alive(registration.state)
    registration.message, registration.needs_accessible = message.strip(), needs_accessible
    remember(by, "registration.changed", registration)


@action
def add_delegate(
    registration: Registration,
    *,
    by: User | None,
    first_name: str,
    last_name: str,
    function: str = "",
    email: str = "",
    phone: str = "",
    remote: bool = False,
    user: User | None = None,
) -> Delegate:
    """Send one more person, with a badge and a private calendar of their own.

    Errors: RuleBroken `registration_over`, `delegate_name`, `address_wrong`, `remote_in_person`.
    """
    rules.require_alive(registration.state)
    rules.require_name(first_name, last_name)
    delegate = Delegate(
        registration_id=registration.id,
        organisation_id=registration.organisation_id,
        organiser_id=registration.organiser_id,
        user_id=user.id if user else None,
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        function=function.strip(),
        email=require_address(email) if email.strip() else "",
        phone=phone.strip(),
        remote=rules.attends_remotely(registration.edition.mode, remote),
        rank=_next_rank(registration),
        badge_code=secrets.token_urlsafe(12),
        feed_token=secrets.token_urlsafe(24),
    )
    db.session.add(delegate)
    db.session.flush()
    remember(by, "delegate.added", delegate)
    return delegate


@action
def change_delegate(delegate: Delegate, *, by: User | None, **facts: Any) -> None:
    """Correct a name, a function, an address…; the badge code and the calendar stay."""
    unknown = facts.keys() - DELEGATE_FACTS
    if unknown:
        raise TypeError(f"a delegate has no {', '.join(sorted(unknown))}")
    rules.require_name(
        facts.get("first_name", delegate.first_name), facts.get("last_name", delegate.last_name)
    )
    if "remote" in facts:
        mode = delegate.registration.edition.mode
        facts["remote"] = rules.attends_remotely(mode, facts["remote"])
    if facts.get("email", "").strip():
        facts["email"] = require_address(facts["email"])
    for name, value in facts.items():
        setattr(delegate, name, value.strip() if isinstance(value, str) else value)
    remember(by, "delegate.changed", delegate)


@action
def remove_delegate(delegate: Delegate, *, by: User | None) -> int:
    """A person does not come: colleagues who are free take over. Returns how many meetings fall."""
    slots = [slot.id for slot in editions.slots(delegate.registration.edition)]
    freed = freeing.stand_in_or_free(delegate, slots, by=by)
    remember(by, "delegate.removed", delegate, name=delegate.name)
    db.session.delete(delegate)
    return freed


@action
def set_availability(delegate: Delegate, *, by: User | None, away: Collection[int]) -> int:
    """Say at which slots (their ids) a delegate cannot meet; none means always free.

    Meetings already published at these slots go to a free colleague, or else fall.
    Returns how many fell. Errors: RuleBroken `slot_unknown`.
    """
    _keep_away(delegate, away, by)
    return freeing.stand_in_or_free(delegate, away, by=by)


@action
def set_all_availability(
    delegates: Collection[Delegate], *, by: User | None, away: Mapping[int, Collection[int]]
) -> int:
    """The same for several delegates at once. away: delegate id → slot ids. Returns how many fell.

    Absences are all known before colleagues stand in for one another.
    """
    for delegate in delegates:
        _keep_away(delegate, away.get(delegate.id, ()), by)
    return sum(
        freeing.stand_in_or_free(delegate, away.get(delegate.id, ()), by=by)
        for delegate in delegates
    )


@action
def cancel(registration: Registration, *, by: User | None) -> int:
    """The organisation does not come after all. Returns how many meetings fall.

    What it asked is withdrawn, what it was asked expires, its partners are told.
    """
    rules.require_step(registration.state, RegistrationState.CANCELLED)
    registration.state, registration.decided_at = RegistrationState.CANCELLED, clock.now()
    planned = meetings.scheduled(meetings.of_registration(registration))
    freed = freeing.free(list(planned.values()), by=by, given_up_by=registration)
    freeing.step_out(registration)
    _end_requests(registration)
    remember(by, "registration.cancelled", registration)
    return freed


@action
def approve(registration: Registration, *, by: User | None) -> None:
    """Welcome the organisation: from now on it may ask for meetings, and be asked."""
    _approve(registration, by, registrations.readers([registration]).get(registration.id, []))


@action
def approve_all(asked: Collection[Registration], *, by: User | None) -> int:
    """Approve all that wait for it; others are left as they are. Returns how many."""
    waiting = [one for one in asked if one.state == RegistrationState.PENDING]
    readers = registrations.readers(waiting)
    for registration in waiting:
        _approve(registration, by, readers.get(registration.id, []))
    return len(waiting)


@action
def refuse(registration: Registration, *, by: User | None, reason: str) -> None:
    """Turn the organisation down, and say why. Errors: RuleBroken `refusal_reason`."""
    rules.require_step(registration.state, RegistrationState.REFUSED)
    rules.require_reason(reason)
    registration.state, registration.decided_at = RegistrationState.REFUSED, clock.now()
    registration.reason = reason.strip()
    remember(by, "registration.refused", registration, reason=registration.reason)
    for reader in registrations.readers([registration]).get(registration.id, []):
        _write(mail.registration_refused, registration, reader, reason=registration.reason)


def _new(edition: Edition, organisation: Organisation) -> Registration:
    registration = Registration(
        edition_id=edition.id,
        organiser_id=edition.organiser_id,
        organisation_id=organisation.id,
        role=organisation.role,
        reason="",
        created_at=clock.now(),
    )
    db.session.add(registration)
    return registration


def _keep_away(delegate: Delegate, away: Collection[int], by: User | None) -> None:
    known = {slot.id for slot in editions.slots(delegate.registration.edition)}
    if not known.issuperset(away):
        raise RuleBroken("slot_unknown")
    db.session.execute(delete(Unavailability).where(Unavailability.delegate_id == delegate.id))
    db.session.add_all(
        Unavailability(delegate_id=delegate.id, slot_id=slot_id) for slot_id in sorted(away)
    )
    db.session.flush()
    remember(by, "delegate.availability", delegate, away=len(away))


def _next_rank(registration: Registration) -> int:
    ranks = [delegate.rank for delegate in registrations.delegates(registration)]
    return max(ranks, default=-1) + 1


def _approve(
    registration: Registration, by: User | None, readers: list[registrations.Reader]
) -> None:
    rules.require_step(registration.state, RegistrationState.APPROVED)
    registration.state, registration.decided_at = RegistrationState.APPROVED, clock.now()
    registration.reason = ""
    remember(by, "registration.approved", registration)
    for reader in readers:
        _write(mail.registration_approved, registration, reader)


def _write(
    letter: Any, registration: Registration, reader: registrations.Reader, **facts: str
) -> None:
    edition = registration.edition
    written = letter(
        language=reader.language,
        name=reader.name,
        organisation=registration.organisation.display_name,
        edition=edition.name,
        starts_on=edition.starts_on,
        where=", ".join(filter(None, (edition.venue, edition.city))),
        link=links.page(
            "member.participation.show",
            organisation=registration.organisation_id,
            edition=edition.slug,
        ),
        **facts,
    )
    letters.put(written, to=reader.email, name=reader.name, organiser_id=registration.organiser_id)


def _end_requests(registration: Registration) -> None:
    for side, end in (
        (MeetingRequest.from_id, RequestState.WITHDRAWN),
        (MeetingRequest.to_id, RequestState.EXPIRED),
    ):
        theirs = update(MeetingRequest).where(
            side == registration.id, MeetingRequest.state.in_(OPEN)
        )
        db.session.execute(theirs.values(state=end, answered_at=clock.now()))
