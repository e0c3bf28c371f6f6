# SPDX-License-Identifier: EUPL-1.2
"""The rankings that were kept: whether they are up to date, and what they hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select

from app.models import clock
from app.models.base import db
from app.models.companies import Organisation
from app.models.jobs import Job as Job
from app.models.matching import NeedRanking, Proposal
from app.models.needs import Need
from app.rules.companies import Role
from app.rules.jobs import ENDED
from app.rules.needs import NeedState
from app.rules.ranking import month_of

KIND = "rank_needs"
# A ranking of everything is light, but not so light that every keystroke should ask for one.
BETWEEN_RANKINGS = timedelta(minutes=15)


@dataclass(frozen=True)
class Kept:
    """The first companies of a need as they were last ranked. found: how many there were in all."""

    companies: list[int]
    found: int
    aside: dict[str, int]


def kept(need: Need) -> Kept | None:
    """The ranking of a need, None when something it rests on has changed since."""
    ranking = db.session.scalar(select(NeedRanking).where(NeedRanking.need_id == need.id))
    if ranking is None or not _is_current(ranking.ranked_at, need):
        return None
    placed = select(Proposal.organisation_id).where(
        Proposal.need_id == need.id, Proposal.rank.is_not(None)
    )
    companies = list(db.session.scalars(placed.order_by(Proposal.rank)))
    return Kept(companies, ranking.found, ranking.aside)


def open_needs() -> Select[Need]:
    """The needs that companies are proposed for: published, and answers still wanted."""
    return select(Need).where(
        Need.state == NeedState.PUBLISHED,
        or_(Need.answer_by.is_(None), Need.answer_by >= clock.today()),
    )


def is_due() -> bool:
    """Whether everything should be ranked again: something changed, and not a moment ago."""
    last = db.session.scalar(select(func.max(NeedRanking.ranked_at)))
    if last is not None and clock.now() - last < BETWEEN_RANKINGS:
        return False
    return not is_running() and (_some_need_waits() or _some_listing_changed())


def is_running() -> bool:
    """Whether a ranking is asked for or under way."""
    running = select(Job.id).where(Job.kind == KIND, Job.state.not_in(ENDED))
    return db.session.scalar(running.limit(1)) is not None


def latest_job() -> Job | None:
    """The last ranking of everything, ended or not."""
    return db.session.scalar(select(Job).where(Job.kind == KIND).order_by(Job.id.desc()).limit(1))


def ranked_needs() -> list[int]:
    """The needs of which a ranking is kept."""
    return list(db.session.scalars(select(NeedRanking.need_id)))


def ranked_at() -> datetime | None:
    """When the oldest of the rankings was made."""
    return db.session.scalar(select(func.min(NeedRanking.ranked_at)))


def _is_current(at: datetime, need: Need) -> bool:
    same_month = month_of(at.date()) == month_of(clock.today())
    return same_month and need.updated_at <= at and _last_listing_change() <= at


def _last_listing_change() -> datetime:
    changed = select(func.max(Organisation.updated_at)).where(Organisation.role == Role.COMPANY)
    return db.session.scalar(changed) or clock.now()


def _some_need_waits() -> bool:
    ranked = select(NeedRanking.need_id)
    stale = select(NeedRanking.need_id).where(NeedRanking.ranked_at < Need.updated_at)
    waiting = open_needs().where(or_(Need.id.not_in(ranked), Need.id.in_(stale.correlate(Need))))
    return db.session.scalar(waiting.with_only_columns(Need.id).limit(1)) is not None


def _some_listing_changed() -> bool:
    oldest = ranked_at()
    return oldest is not None and _last_listing_change() > oldest
