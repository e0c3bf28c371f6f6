# SPDX-License-Identifier: EUPL-1.2
"""The alerts of companies: whose they are, which are due, and the needs that they tell."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.jobs import Job
from app.models.matching import Alert as Alert
from app.models.matching import AlertedNeed
from app.models.needs import Need
from app.queries import needs as need_queries
from app.queries import suggestions
from app.queries.suggestions import Suggestion, Suggestions
from app.queries.supplies import departments_of, point_of
from app.rules.alerts import Wish, is_due
from app.rules.errors import NotFound
from app.rules.jobs import ENDED
from app.rules.prefectures import PREFECTURES
from app.rules.territories import chord_km, on_sphere, within

KIND = "send_alerts"
ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Fitting:
    """The needs that an alert has still to tell, best first. told: needs whose buyer it knows."""

    suggestions: list[Suggestion]
    proposed: Suggestions
    told: frozenset[int]


def by_token(token: str) -> Alert:
    """The alert that this secret opens. Errors: NotFound."""
    found = db.session.scalar(select(Alert).where(Alert.token == token))
    if found is None:
        raise NotFound
    return found


def of(organisation: Organisation, user: User) -> Alert | None:
    """What this person asked for, on behalf of this company."""
    return db.session.scalar(
        select(Alert).where(Alert.organisation_id == organisation.id, Alert.user_id == user.id)
    )


def wish_of(alert: Alert) -> Wish:
    """An alert as the rules see it."""
    return Wish(
        frozenset(alert.families), frozenset(alert.departments), alert.distance_km,
        alert.most_euros,
    )  # fmt: skip


def due() -> list[int]:
    """The ids of the alerts of which a letter may be written now."""
    here = clock.now().astimezone(ZoneInfo(ZONE))
    today = clock.today(ZONE)
    waiting = select(Alert.id, Alert.rhythm, Alert.sent_on).where(
        Alert.paused_at.is_(None), or_(Alert.sent_on.is_(None), Alert.sent_on < today)
    )
    return [
        key
        for key, rhythm, sent_on in db.session.execute(waiting.order_by(Alert.id))
        if is_due(rhythm, today=today, sent_on=sent_on, hour=here.hour)
    ]


def is_sending() -> bool:
    """Whether a job is at it."""
    running = select(Job.id).where(Job.kind == KIND, Job.state.not_in(ENDED))
    return db.session.scalar(running.limit(1)) is not None


def to_tell(alert: Alert) -> Fitting:
    """The needs that fit, came after the alert was made, and were never told to this person."""
    wish, company = wish_of(alert), alert.organisation
    known = set(
        db.session.scalars(select(AlertedNeed.need_id).where(AlertedNeed.user_id == alert.user_id))
    )
    proposed = suggestions.needs_for(company)
    since = alert.created_at.astimezone(ZoneInfo(ZONE)).date()
    new = [
        one
        for one in proposed.found
        if one.need.id not in known and one.need.published_on and one.need.published_on >= since
    ]
    families = _families([one.need for one in new])
    fitting = [one for one in new if _fits(wish, company, one.need, families[one.need.id])]
    return Fitting(fitting, proposed, frozenset(need_queries.told([company.id])))


def _fits(wish: Wish, company: Organisation, need: Need, families: set[str]) -> bool:
    return wish.fits(
        families=families,
        departments=within(departments_of(need)),
        km=_km(company, need),
        amount=need.amount_band,
    )


def _families(needs: list[Need]) -> dict[int, set[str]]:
    sectors = need_queries.sectors_of(needs)
    return {need.id: {one.group.slug for one in sectors.get(need.id, [])} for need in needs}


def _km(company: Organisation, need: Need) -> float | None:
    """From the company to the nearest of the prefectures where the need is, and of its buyer.

    The seat of a buyer whose name is kept does not count: its need is near in every place of its
    departments.
    """
    departments = within(departments_of(need))
    if need.is_anonymous and company.department in departments:
        return 0.0
    here, buyer = point_of(company), point_of(need.organisation)
    if here is None:
        return None
    places = [PREFECTURES[code] for code in departments if code in PREFECTURES]
    if buyer is not None and not need.is_anonymous:
        places.append(buyer)
    origin = on_sphere(here)
    return min((chord_km(origin, on_sphere(place)) for place in places), default=None)
