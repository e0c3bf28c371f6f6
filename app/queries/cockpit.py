# SPDX-License-Identifier: EUPL-1.2
"""What a team sees first: what to do now, where the edition stands, what to keep an eye on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer

from app.models import clock
from app.models.base import db
from app.models.companies import Activity, Sector, SectorGroup
from app.models.editions import Edition, Place, Slot
from app.models.meetings import MeetingRequest
from app.models.needs import Need, NeedSector
from app.models.registrations import Registration
from app.models.schedules import ScheduleRun as ScheduleRun
from app.queries import companies, demand, outbox, participants, validation
from app.queries.demand import Counts
from app.queries.participants import Participant
from app.rules.companies import Role
from app.rules.letters import LetterState
from app.rules.meetings import RequestState
from app.rules.needs import NeedState
from app.rules.phases import Phase, phases
from app.rules.registrations import RegistrationState
from app.rules.schedules import RunState
from app.rules.watch import Lack

SECTORS_SHOWN = 8


@dataclass(frozen=True)
class Trade:
    """One family of trades: companies that offer it, published needs that call for it."""

    group: SectorGroup
    companies: int
    needs: int

    @property
    def most(self) -> int:
        return max(self.companies, self.needs)

    @property
    def imbalance(self) -> float:
        """How many times more there are on one side than on the other, less one."""
        return self.most / max(1, min(self.companies, self.needs)) - 1


@dataclass(frozen=True)
class Cockpit:
    """All the figures of an edition at one instant.

    claims: people who ask to speak for a listing that nobody holds. unread: needs sent to the team.
    oldest: when the registration that waits longest was sent. run: the latest finished run.
    answers: day → answers received until then. today: where the fair takes place.
    """

    people: list[Participant]
    requests: Counts
    phases: list[Phase]
    needs: int
    undelivered: int
    claims: int
    unread: int
    run: ScheduleRun | None
    slots: int
    places: int
    trades: list[Trade]
    answers: list[tuple[date, int]]
    today: date

    def those(
        self,
        role: Role | None = None,
        state: RegistrationState | None = RegistrationState.APPROVED,
        lack: Lack | None = None,
    ) -> list[Participant]:
        """The participants of this role, in this state, to whom this is missing."""
        return participants.wanted(self.people, role=role, state=state, lack=lack)

    @property
    def pending(self) -> list[Participant]:
        return self.those(state=RegistrationState.PENDING)

    @property
    def oldest(self) -> datetime | None:
        return self.pending[0].registration.created_at if self.pending else None

    def days_since(self, instant: datetime | None) -> int:
        """Whole days from an instant to today, 0 when there is none."""
        return (self.today - instant.date()).days if instant else 0

    @property
    def is_unpublished(self) -> bool:
        return self.run is not None and self.run.version is None

    @property
    def seats(self) -> int:
        """How many meetings the hall can hold: one per place and slot."""
        return self.slots * self.places


def of_edition(edition: Edition) -> Cockpit:
    """Everything the cockpit shows, in a fixed number of queries."""
    return Cockpit(
        people=participants.of_edition(edition),
        requests=demand.counts(edition),
        phases=phases(
            registration=edition.registration_closes_at,
            requests=edition.requests_close_at,
            answers=edition.answers_close_at,
            starts_on=edition.starts_on,
            ends_on=edition.ends_on,
            zone=edition.timezone,
            now=clock.now(),
        ),
        needs=_count(_needs(edition)),
        undelivered=outbox.counts(edition.organiser_id)[LetterState.FAILED],
        claims=companies.count_orphan_claims(),
        unread=validation.counts(edition)[NeedState.SUBMITTED],
        run=latest_run(edition),
        slots=_count(select(Slot.id).where(Slot.edition_id == edition.id)),
        places=_count(select(Place.id).where(Place.edition_id == edition.id)),
        trades=trades(edition),
        answers=answers(edition),
        today=clock.today(edition.timezone),
    )


def latest_run(edition: Edition) -> ScheduleRun | None:
    """The last run that ended with an answer, without its long JSON columns."""
    done = (
        select(ScheduleRun)
        .options(defer(ScheduleRun.problem), defer(ScheduleRun.solution))
        .where(ScheduleRun.edition_id == edition.id, ScheduleRun.state == RunState.DONE)
    )
    return db.session.scalars(done.order_by(ScheduleRun.number.desc()).limit(1)).first()


def trades(edition: Edition) -> list[Trade]:
    """Offer and demand by family of trades, the busiest first."""
    offered = _by_group(
        select(Sector.group_id, func.count(func.distinct(Registration.id)))
        .join(Activity, Activity.sector_id == Sector.id)
        .join(Registration, Registration.organisation_id == Activity.organisation_id)
        .where(*_coming(edition))
    )
    ids = _needs(edition).subquery()
    called_for = _by_group(
        select(Sector.group_id, func.count(func.distinct(NeedSector.need_id)))
        .join(NeedSector, NeedSector.sector_id == Sector.id)
        .where(NeedSector.need_id.in_(select(ids.c.id)))
    )
    busiest = (offered + called_for).most_common(SECTORS_SHOWN)
    groups = select(SectorGroup).where(SectorGroup.id.in_([group for group, _ in busiest]))
    by_id = {group.id: group for group in db.session.scalars(groups)}
    return [Trade(by_id[group], offered[group], called_for[group]) for group, _ in busiest]


def answers(edition: Edition) -> list[tuple[date, int]]:
    """Day → requests answered, by yes or no, until the end of that day; days without are there."""
    answered = select(MeetingRequest.answered_at).where(
        MeetingRequest.edition_id == edition.id,
        MeetingRequest.state.in_([RequestState.ACCEPTED, RequestState.DECLINED]),
        MeetingRequest.answered_at.is_not(None),
    )
    zone = ZoneInfo(edition.timezone)
    by_day = Counter(
        instant.astimezone(zone).date() for instant in db.session.scalars(answered) if instant
    )
    if not by_day:
        return []
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return list(zip(days, accumulate(by_day[day] for day in days), strict=True))


def _by_group(counted: Select[int, int]) -> Counter[int]:
    return Counter(dict(db.session.execute(counted.group_by(Sector.group_id)).all()))


def _coming(edition: Edition) -> tuple[ColumnElement[bool], ...]:
    return (
        Registration.edition_id == edition.id,
        Registration.state == RegistrationState.APPROVED,
    )


def _needs(edition: Edition) -> Select[int]:
    return (
        select(Need.id)
        .join(Registration, Registration.organisation_id == Need.organisation_id)
        .where(*_coming(edition), Need.state == NeedState.PUBLISHED)
    )


def _count(found: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
