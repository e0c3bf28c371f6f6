# SPDX-License-Identifier: EUPL-1.2
"""Who did what at an edition, with the names of the people and things concerned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.history import HistoryLine
from app.models.letters import Letter
from app.models.meetings import Meeting, MeetingRequest
from app.models.registrations import Delegate, Registration
from app.models.schedules import ScheduleRun
from app.queries.pages import Page, page_of
from app.rules.authorship import number_of


@dataclass(frozen=True)
class Line:
    """One thing done. who: None when the site did it. subject: the name of what it was done to."""

    at: datetime
    who: str | None
    verb: str
    subject: str
    facts: dict[str, Any]


def of_edition(edition: Edition, *, page: int = 1) -> Page[Line]:
    """The lines of an edition, the latest first; a fixed number of queries."""
    lines = page_of(
        select(HistoryLine)
        .where(HistoryLine.organiser_id == edition.organiser_id, _about(edition))
        .order_by(HistoryLine.at.desc(), HistoryLine.id.desc()),
        page,
    )
    people = _people(line.user_id for line in lines.lines)
    names = _names(lines.lines)
    told = [
        Line(
            line.at,
            people.get(line.user_id) if line.user_id else None,
            line.verb,
            names.get((line.subject_kind, line.subject_id), ""),
            line.facts,
        )
        for line in lines.lines
    ]
    return Page(told, lines.number, lines.total, lines.size)


def of_listing(organisation: Organisation, *, page: int = 1) -> Page[Line]:
    """Every change of a listing and of who speaks for it, the latest first; three queries."""
    theirs = select(HistoryLine).where(
        HistoryLine.subject_kind == Organisation.__tablename__,
        HistoryLine.subject_id == organisation.id,
    )
    lines = page_of(theirs.order_by(HistoryLine.at.desc(), HistoryLine.id.desc()), page)
    people = _people(one for line in lines.lines for one in (line.user_id, line.facts.get("user")))
    told = [
        Line(
            line.at,
            people.get(line.user_id) if line.user_id else None,
            line.verb,
            people.get(line.facts.get("user"), organisation.display_name),  # type: ignore[arg-type]
            line.facts,
        )
        for line in lines.lines
    ]
    return Page(told, lines.number, lines.total, lines.size)


def authors_of(organisation: Organisation) -> dict[int, str]:
    """user id → name, for the people who wrote a field of this listing."""
    wrote = (str(signed.get("by", "")) for signed in organisation.authors.values())
    return _people(number_of(author) for author in wrote)


def _about(edition: Edition) -> ColumnElement[bool]:
    """The line is about this edition, or about something that belongs to it."""
    parts = [
        _in(table, select(table.id).where(table.edition_id == edition.id))
        for table in (Registration, MeetingRequest, ScheduleRun, Meeting)
    ]
    delegates = select(Delegate.id).join(Registration, Registration.id == Delegate.registration_id)
    return or_(
        and_(
            HistoryLine.subject_kind == Edition.__tablename__,
            HistoryLine.subject_id == edition.id,
        ),
        _in(Delegate, delegates.where(Registration.edition_id == edition.id)),
        HistoryLine.subject_kind.in_([Letter.__tablename__, Organiser.__tablename__]),
        HistoryLine.verb == "delegate.removed",
        *parts,
    )


def _in(table: Any, ids: Select[int]) -> ColumnElement[bool]:
    return and_(HistoryLine.subject_kind == table.__tablename__, HistoryLine.subject_id.in_(ids))


def _people(users: Iterable[int | None]) -> dict[int, str]:
    wanted = {user for user in users if user is not None}
    found = select(User.id, User.name, User.email).where(User.id.in_(wanted))
    return {number: name or email for number, name, email in db.session.execute(found)}


def _names(lines: Iterable[HistoryLine]) -> dict[tuple[str, int], str]:
    """(kind, id) → the name of the thing, for the kinds that have one."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        by_kind[line.subject_kind].add(line.subject_id)
    return {
        (kind, number): name
        for kind, named in _NAMED.items()
        if kind in by_kind
        for number, name in _named(named, by_kind[kind])
    }


def _named(named: tuple[Any, Any], ids: set[int]) -> list[tuple[int, str]]:
    key, statement = named
    rows = db.session.execute(statement.where(key.in_(ids)))
    return [(number, " ".join(str(part) for part in parts)) for number, *parts in rows]


def _of_registration() -> Any:
    return select(Registration.id, Organisation.name).join(
        Organisation, Organisation.id == Registration.organisation_id
    )


def _of_request() -> Any:
    asking, asked = Organisation.__table__.alias(), Organisation.__table__.alias()
    return (
        select(MeetingRequest.id, asking.c.name, db.literal("→"), asked.c.name)
        .join(asking, asking.c.id == MeetingRequest.from_organisation_id)
        .join(asked, asked.c.id == MeetingRequest.to_organisation_id)
    )


_NAMED: dict[str, tuple[Any, Any]] = {
    "registration": (Registration.id, _of_registration()),
    "meeting_request": (MeetingRequest.id, _of_request()),
    "delegate": (Delegate.id, select(Delegate.id, Delegate.first_name, Delegate.last_name)),
    "schedule_run": (ScheduleRun.id, select(ScheduleRun.id, ScheduleRun.number)),
    "edition": (Edition.id, select(Edition.id, Edition.name)),
    "letter": (Letter.id, select(Letter.id, Letter.to_email)),
}
