# SPDX-License-Identifier: EUPL-1.2
"""Everybody's agenda: one reading that feeds the page, the paper and the calendar."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import lazyload

from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition, Slot
from app.models.registrations import Delegate as Delegate
from app.models.registrations import Registration, Unavailability
from app.queries import consortia, published
from app.queries.days import Day, Entry, days, entry
from app.queries.editions import slots
from app.queries.published import PublishedMeeting
from app.rules.companies import BuyerKind, Role
from app.rules.errors import NotFound
from app.rules.registrations import RegistrationState
from app.rules.search import folded

# (delegate, organisation, needs_accessible, language: None without an account)
People = Select[Delegate, Organisation, bool, str]


@dataclass(frozen=True)
class Fair:
    """The edition an agenda is of. zone: IANA name. version: 0 before the first publication."""

    name: str
    slug: str
    venue: str
    city: str
    zone: str
    starts_on: date
    ends_on: date
    version: int
    is_demonstration: bool


@dataclass(frozen=True)
class Agenda:
    """Where a delegate has to be, and when.

    delegate, registration: their numbers. language: in which the person reads, "fr" or "en".
    cancelled: meetings that will not take place, kept so that calendars can say so.
    """

    delegate: int
    registration: int
    first_name: str
    last_name: str
    function: str
    organisation: str
    role: Role
    buys_for_the_public: bool
    remote: bool
    needs_accessible: bool
    language: str
    badge_code: str
    fair: Fair
    days: tuple[Day, ...]
    cancelled: tuple[Entry, ...]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def meetings(self) -> tuple[Entry, ...]:
        return tuple(entry for day in self.days for entry in day.meetings)

    @property
    def version(self) -> int:
        """The published version that last changed this agenda, 0 when none ever did."""
        return max((one.version for one in (*self.meetings, *self.cancelled)), default=0)


@dataclass(frozen=True)
class Moment:
    """This instant in an agenda: the meeting going on, and the one that comes next."""

    at: datetime
    current: Entry | None
    following: Entry | None


def of_delegate(delegate: Delegate) -> Agenda:
    """The agenda of one delegate."""
    edition = delegate.registration.edition
    meetings = published.meetings(edition, registration=delegate.registration_id)
    alone = _people(edition).where(Delegate.id == delegate.id)
    return _agendas(edition, alone, meetings)[0]


def of_edition(edition: Edition) -> list[Agenda]:
    """The agendas of all delegates of approved registrations, by last name, then first name."""
    approved = _people(edition).where(Registration.state == RegistrationState.APPROVED)
    agendas = _agendas(edition, approved, published.meetings(edition))
    return sorted(agendas, key=lambda one: (folded(one.last_name), folded(one.first_name)))


def right_now(agenda: Agenda) -> Moment:
    """What is going on for this person, and what comes next."""
    now = clock.now()
    current = next((one for one in agenda.meetings if one.start <= now < one.end), None)
    following = next((one for one in agenda.meetings if one.start > now), None)
    return Moment(now, current, following)


def delegate_by_feed(token: str) -> Delegate:
    """The delegate whose private calendar has this secret. Errors: NotFound."""
    delegate = db.session.scalar(select(Delegate).where(Delegate.feed_token == token))
    if delegate is None:
        raise NotFound
    return delegate


def _people(edition: Edition) -> People:
    return (
        select(Delegate, Organisation, Registration.needs_accessible, User.language)
        .join(Registration, Registration.id == Delegate.registration_id)
        .join(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(User, User.id == Delegate.user_id)
        .where(Registration.edition_id == edition.id)
        .order_by(Delegate.id)
        .options(lazyload(Delegate.registration))
    )


def _agendas(edition: Edition, people: People, meetings: list[PublishedMeeting]) -> list[Agenda]:
    grid, away, fair = slots(edition), _away(edition), _fair(edition)
    going = published.attendees(edition, meetings)
    companions = consortia.companions(edition)
    attended: dict[int, dict[int, Entry]] = defaultdict(dict)
    cancelled: dict[int, list[Entry]] = defaultdict(list)
    for meeting in meetings:
        together = companions.get(meeting.consortium or 0, ())
        for side in {meeting.asking.registration, meeting.asked.registration, *together}:
            seen = entry(meeting, side, going[meeting.id], edition)
            if not meeting.takes_place:
                cancelled[side].append(seen)
                continue
            for one in going[meeting.id]:
                if one.registration == side:
                    attended[one.delegate][meeting.slot] = seen
    return [
        _agenda(
            delegate,
            organisation,
            needs_accessible,
            language,
            fair,
            days(fair.zone, grid, attended[delegate.id], away[delegate.id]),
            tuple(cancelled[delegate.registration_id]),
        )
        for delegate, organisation, needs_accessible, language in db.session.execute(people)
    ]


def _agenda(
    delegate: Delegate,
    organisation: Organisation,
    needs_accessible: bool,
    language: str | None,
    fair: Fair,
    days: tuple[Day, ...],
    cancelled: tuple[Entry, ...],
) -> Agenda:
    return Agenda(
        delegate=delegate.id,
        registration=delegate.registration_id,
        first_name=delegate.first_name,
        last_name=delegate.last_name,
        function=delegate.function,
        organisation=organisation.display_name,
        role=organisation.role,
        buys_for_the_public=organisation.buyer_kind == BuyerKind.PUBLIC,
        remote=delegate.remote,
        needs_accessible=needs_accessible,
        language=language or "fr",
        badge_code=delegate.badge_code,
        fair=fair,
        days=days,
        cancelled=cancelled,
    )


def _away(edition: Edition) -> dict[int, set[int]]:
    closed = select(Unavailability.delegate_id, Unavailability.slot_id)
    closed = closed.join(Slot, Slot.id == Unavailability.slot_id)
    away: dict[int, set[int]] = defaultdict(set)
    for delegate, slot in db.session.execute(closed.where(Slot.edition_id == edition.id)):
        away[delegate].add(slot)
    return away


def _fair(edition: Edition) -> Fair:
    return Fair(
        name=edition.name,
        slug=edition.slug,
        venue=edition.venue,
        city=edition.city,
        zone=edition.timezone,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        version=edition.version,
        is_demonstration=edition.is_demonstration,
    )
