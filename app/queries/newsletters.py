# SPDX-License-Identifier: EUPL-1.2
"""The newsletter of a team: its subscribers, its issues, and what each reader finds in one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.models import clock
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.guidance import Sheet
from app.models.letters import Letter
from app.models.letters import SuspendedAddress as SuspendedAddress
from app.models.needs import Need
from app.models.newsletters import Issue as Issue
from app.models.newsletters import IssueSending
from app.models.newsletters import Subscription as Subscription
from app.queries import guidance
from app.queries.guidance import Shown
from app.queries.rows import one_of
from app.rules.companies import Role
from app.rules.editions import EditionState
from app.rules.errors import NotFound
from app.rules.guidance import SheetState
from app.rules.letters import LetterState
from app.rules.needs import NeedState
from app.rules.newsletters import ORDER, Part, Reader, SubscriptionState, concerns

MOST_OF_A_PART = 12
R = TypeVar("R", Need, Organisation)


@dataclass(frozen=True)
class Contents:
    """All that an issue may tell of; each reader gets the share that concerns it."""

    needs: list[Need] = field(default_factory=list)
    companies: list[Organisation] = field(default_factory=list)
    sheets: list[Shown] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)

    def for_reader(self, reader: Reader) -> list[tuple[Part, list[object]]]:
        """The parts in the reader's order, without those that hold nothing for it."""
        theirs: dict[Part, Sequence[object]] = {
            Part.NEEDS: [one for one in self.needs if concerns(one.departments, reader)],
            Part.COMPANIES: [one for one in self.companies if concerns([one.department], reader)],
            Part.SHEETS: self.sheets,
            Part.EDITIONS: self.editions,
        }
        kept = ((part, list(theirs[part][:MOST_OF_A_PART])) for part in ORDER[reader.audience])
        return [(part, lines) for part, lines in kept if lines]


@dataclass(frozen=True)
class Audiences:
    """How many confirmed readers, by what they come for and by state."""

    by_audience: Counter[str]
    by_state: Counter[str]

    @property
    def confirmed(self) -> int:
        return self.by_state[SubscriptionState.CONFIRMED]


def by_id(issue_id: int) -> Issue:
    """The issue of this number. Errors: NotFound."""
    return one_of(Issue, issue_id)


def subscription(code: str) -> Subscription:
    """The subscription whose links carry this secret. Errors: NotFound."""
    found = db.session.scalar(select(Subscription).where(Subscription.code == code))
    if found is None:
        raise NotFound
    return found


def of_address(organiser_id: int, email: str) -> Subscription | None:
    """What this address asked of this team, if it did."""
    theirs = select(Subscription).where(
        Subscription.organiser_id == organiser_id, Subscription.email == email
    )
    return db.session.scalar(theirs)


def of_team(organiser_id: int) -> list[Issue]:
    """The issues of a team, the latest first."""
    theirs = select(Issue).where(Issue.organiser_id == organiser_id)
    return list(db.session.scalars(theirs.order_by(Issue.created_at.desc(), Issue.id.desc())))


def last_day_told(organiser_id: int) -> date | None:
    """The day up to which the last issue told, if there was one."""
    return db.session.scalar(
        select(func.max(Issue.until)).where(Issue.organiser_id == organiser_id)
    )


def audiences(organiser_id: int) -> Audiences:
    """Who reads the newsletter of a team; one query."""
    counted = db.session.execute(
        select(Subscription.state, Subscription.audience, func.count())
        .where(Subscription.organiser_id == organiser_id)
        .group_by(Subscription.state, Subscription.audience)
    )
    by_audience: Counter[str] = Counter()
    by_state: Counter[str] = Counter()
    for state, audience, count in counted:
        by_state[state] += count
        if state == SubscriptionState.CONFIRMED:
            by_audience[audience] += count
    return Audiences(by_audience, by_state)


def news(since: date, until: date) -> Contents:
    """All that is new between two days, both included; four queries."""
    first, last = _begin(since), _end(until)
    needs = (
        select(Need)
        .where(Need.state == NeedState.PUBLISHED, Need.published_on.between(since, until))
        .order_by(Need.published_on.desc(), Need.id.desc())
    )
    companies = (
        select(Organisation)
        .where(Organisation.role == Role.COMPANY, Organisation.claimed_at.between(first, last))
        .order_by(Organisation.claimed_at.desc(), Organisation.id.desc())
    )
    published = Sheet.published_at.between(first, last)
    sheets = select(Sheet.id).where(Sheet.state == SheetState.PUBLISHED, published)
    return Contents(
        list(db.session.scalars(needs)),
        list(db.session.scalars(companies)),
        guidance.shown(list(db.session.scalars(sheets))),
        list(
            db.session.scalars(select(Edition).where(_to_come(until)).order_by(Edition.starts_on))
        ),
    )


def contents(issue: Issue) -> Contents:
    """What the team chose for an issue, and what has not been taken back since; four queries."""
    chosen = {part: list(issue.chosen.get(part.value, [])) for part in Part}
    needs = select(Need).where(
        Need.id.in_(chosen[Part.NEEDS]), Need.state.in_([NeedState.PUBLISHED, NeedState.CLOSED])
    )
    companies = select(Organisation).where(Organisation.id.in_(chosen[Part.COMPANIES]))
    editions = select(Edition).where(
        Edition.id.in_(chosen[Part.EDITIONS]), Edition.state != EditionState.DRAFT
    )
    return Contents(
        _as_chosen(db.session.scalars(needs), chosen[Part.NEEDS]),
        _as_chosen(db.session.scalars(companies), chosen[Part.COMPANIES]),
        guidance.shown(chosen[Part.SHEETS]),
        list(db.session.scalars(editions.order_by(Edition.starts_on))),
    )


def readers_left(issue: Issue) -> list[int]:
    """The confirmed subscriptions that this issue was not written to yet, suspended ones too."""
    written = select(IssueSending.subscription_id).where(IssueSending.issue_id == issue.id)
    waiting = select(Subscription.id).where(
        Subscription.organiser_id == issue.organiser_id,
        Subscription.state == SubscriptionState.CONFIRMED,
        Subscription.id.not_in(written),
    )
    return list(db.session.scalars(waiting.order_by(Subscription.id)))


def subscriptions(numbers: list[int]) -> list[Subscription]:
    """These subscriptions, if they are still confirmed."""
    found = select(Subscription).where(
        Subscription.id.in_(numbers), Subscription.state == SubscriptionState.CONFIRMED
    )
    return list(db.session.scalars(found.order_by(Subscription.id)))


def letters_of(issue: Issue) -> Counter[LetterState]:
    """How many letters of an issue are in each state."""
    counted = db.session.execute(
        select(Letter.state, func.count())
        .join(IssueSending, IssueSending.letter_id == Letter.id)
        .where(IssueSending.issue_id == issue.id)
        .group_by(Letter.state)
    )
    return Counter(dict(counted.all()))


def left_waiting(issue: Issue) -> list[Letter]:
    """Letters of an issue that were written but not posted: the worker fell between the two."""
    waiting = (
        select(Letter)
        .join(IssueSending, IssueSending.letter_id == Letter.id)
        .where(IssueSending.issue_id == issue.id, Letter.state == LetterState.WAITING)
    )
    return list(db.session.scalars(waiting.order_by(Letter.id)))


def suspensions(organiser_id: int) -> list[SuspendedAddress]:
    """The readers of a team whose address was refused for good, the latest first."""
    theirs = _suspended(organiser_id).order_by(SuspendedAddress.suspended_at.desc())
    return list(db.session.scalars(theirs))


def suspension_of(organiser_id: int, number: int) -> SuspendedAddress:
    """One of them. Errors: NotFound."""
    found = _suspended(organiser_id).where(SuspendedAddress.id == number)
    suspension = db.session.scalar(found)
    if suspension is None:
        raise NotFound
    return suspension


def reader_of(subscription: Subscription) -> Reader:
    """What decides the content of this subscriber's letter."""
    return Reader(subscription.audience, frozenset(subscription.departments), subscription.language)


def _suspended(organiser_id: int) -> Select[SuspendedAddress]:
    readers = select(Subscription.email).where(Subscription.organiser_id == organiser_id)
    return select(SuspendedAddress).where(SuspendedAddress.address.in_(readers))


def _as_chosen(found: Iterable[R], numbers: list[int]) -> list[R]:
    rank = {number: place for place, number in enumerate(numbers)}
    return sorted(found, key=lambda one: rank[one.id])


def _to_come(day: date) -> ColumnElement[bool]:
    return (Edition.state == EditionState.OPEN) & or_(
        Edition.starts_on >= day, Edition.starts_on >= clock.today()
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)
