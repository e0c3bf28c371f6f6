# SPDX-License-Identifier: EUPL-1.2
"""One function per letter: each says what it needs, and returns what will be written."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from app.mail.written import Written as Written
from app.mail.written import written


def verify_address(*, language: str, name: str, link: str, organisation: str = "") -> Written:
    """Asks the person to prove the address by a click, and with it the claim of a listing."""
    return written(
        "verify_address", language=language, name=name, link=link, organisation=organisation
    )


def login_link(*, language: str, name: str, link: str) -> Written:
    """Lets the person in without a password."""
    return written("login_link", language=language, name=name, link=link)


def new_password(*, language: str, name: str, link: str) -> Written:
    """Opens the page where a new password is chosen."""
    return written("new_password", language=language, name=name, link=link)


def claim_waiting(
    *,
    language: str,
    name: str,
    asking: str,
    email: str,
    organisation: str,
    link: str,
    as_team: bool = False,
) -> Written:
    """Tells those who speak for an organisation, or the team of the fair, that somebody asks to."""
    return written(
        "claim_waiting", language=language, name=name, asking=asking, email=email,
        organisation=organisation, link=link, as_team=as_team,
    )  # fmt: skip


def claim_approved(*, language: str, name: str, organisation: str, link: str) -> Written:
    """Tells the person that a colleague, or the organiser, said yes."""
    return written(
        "claim_approved", language=language, name=name, organisation=organisation, link=link
    )


def registration_approved(
    *,
    language: str,
    name: str,
    organisation: str,
    edition: str,
    starts_on: date,
    where: str,
    link: str,
) -> Written:
    """Welcomes an organisation to an edition, and says what to do next."""
    return written(
        "registration_approved", language=language, name=name, organisation=organisation,
        edition=edition, starts_on=starts_on, where=where, link=link,
    )  # fmt: skip


def registration_refused(
    *,
    language: str,
    name: str,
    organisation: str,
    edition: str,
    starts_on: date,
    where: str,
    link: str,
    reason: str,
) -> Written:
    """Tells an organisation that it cannot come, and why."""
    return written(
        "registration_refused", language=language, name=name, organisation=organisation,
        edition=edition, starts_on=starts_on, where=where, link=link, reason=reason,
    )  # fmt: skip


def meeting_requested(
    *,
    language: str,
    name: str,
    other: str,
    edition: str,
    about: str,
    deadline: datetime | None,
    zone: str,
    link: str,
    message: str,
) -> Written:
    """Tells one side that the other would like to meet, why, and until when to answer."""
    return written(
        "meeting_requested", language=language, name=name, other=other, edition=edition,
        about=about, deadline=deadline, zone=zone, link=link, message=message,
    )  # fmt: skip


def request_accepted(
    *,
    language: str,
    name: str,
    other: str,
    edition: str,
    about: str,
    deadline: datetime | None,
    zone: str,
    link: str,
) -> Written:
    """Tells the asking side that the other accepts, and that the time comes with the schedule."""
    return written(
        "request_accepted", language=language, name=name, other=other, edition=edition,
        about=about, deadline=deadline, zone=zone, link=link,
    )  # fmt: skip


def request_declined(
    *,
    language: str,
    name: str,
    other: str,
    edition: str,
    about: str,
    deadline: datetime | None,
    zone: str,
    link: str,
    reason: StrEnum,
    answer: str,
    freed_at: datetime | None,
) -> Written:
    """Tells the asking side that the other declines, and why.

    freed_at: when the meeting would have been, had it been planned already.
    """
    return written(
        "request_declined", language=language, name=name, other=other, edition=edition,
        about=about, deadline=deadline, zone=zone, link=link, reason=reason, answer=answer,
        freed_at=freed_at,
    )  # fmt: skip


def meeting_freed(
    *, language: str, name: str, other: str, edition: str, starts_at: datetime, zone: str, link: str
) -> Written:
    """Tells one side that a planned meeting falls, because the other cannot come."""
    return written(
        "meeting_freed", language=language, name=name, other=other, edition=edition,
        starts_at=starts_at, zone=zone, link=link,
    )  # fmt: skip


def question_asked(*, language: str, name: str, need: str, question: str, link: str) -> Written:
    """Tells a buyer that a company, which is not named, asks about one of its needs."""
    return written(
        "question_asked", language=language, name=name, need=need, question=question, link=link
    )


def question_answered(
    *, language: str, name: str, need: str, buyer: str, question: str, answer: str, link: str
) -> Written:
    """Gives the same answer to every company that takes an interest in a need."""
    return written(
        "question_answered", language=language, name=name, need=need, buyer=buyer,
        question=question, answer=answer, link=link,
    )  # fmt: skip


def consortium_invited(
    *, language: str, name: str, lead: str, organisation: str, consortium: str, link: str
) -> Written:
    """Asks a company to join a consortium."""
    return written(
        "consortium_invited", language=language, name=name, lead=lead, organisation=organisation,
        consortium=consortium, link=link,
    )  # fmt: skip


def consortium_answered(
    *, language: str, name: str, member: str, consortium: str, agrees: bool, link: str
) -> Written:
    """Tells the lead of a consortium what a company answered."""
    return written(
        "consortium_answered", language=language, name=name, member=member, consortium=consortium,
        agrees=agrees, link=link,
    )  # fmt: skip


def agenda_published(
    *,
    language: str,
    name: str,
    edition: str,
    where: str,
    version: int,
    zone: str,
    meetings: Sequence[object],
    link: str,
) -> Written:
    """Gives a delegate the agenda as it now is; meetings are entries of that agenda."""
    return written(
        "agenda_published", language=language, name=name, edition=edition, where=where,
        version=version, zone=zone, meetings=meetings, link=link,
    )  # fmt: skip


def answers_awaited(
    *,
    language: str,
    name: str,
    edition: str,
    count: int,
    deadline: datetime | None,
    zone: str,
    link: str,
) -> Written:
    """Reminds a participant of requests that wait for an answer."""
    return written(
        "answers_awaited", language=language, name=name, edition=edition, count=count,
        deadline=deadline, zone=zone, link=link,
    )  # fmt: skip


def availability_awaited(*, language: str, name: str, edition: str, link: str) -> Written:
    """Reminds a participant to say when its delegates are free."""
    return written("availability_awaited", language=language, name=name, edition=edition, link=link)
