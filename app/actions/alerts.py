# SPDX-License-Identifier: EUPL-1.2
"""Alerts of new needs: asked for, ended by one click, and sent, never the same need twice."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from app.actions import letters, links
from app.actions.base import action
from app.mail import matching as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.history import remember
from app.models.jobs import later
from app.models.matching import Alert, AlertedNeed
from app.queries import alerts
from app.queries.suggestions import Suggestion
from app.rules.alerts import MOST_TOLD, Rhythm, wish_of
from app.rules.dismissals import require_company


@dataclass(frozen=True)
class Told:
    """A need in a letter: what speaks for it, its buyer unless kept, and its address."""

    suggestion: Suggestion
    buyer: str
    link: str


@action
def ask_for(
    organisation: Organisation,
    *,
    by: User,
    rhythm: Rhythm,
    families: Collection[str] = (),
    departments: Collection[str] = (),
    distance_km: int | None = None,
    most_euros: int | None = None,
) -> Alert:
    """Ask for the new needs that suit a company, or change what one asked for; it runs from now.

    families: slugs. departments: codes. distance_km: from its seat. most_euros: of the contract.
    Errors: RuleBroken `proposal_not_a_company`, or on the field that is wrong.
    """
    require_company(organisation.role)
    wish = wish_of(
        families=families, departments=departments, distance_km=distance_km, most_euros=most_euros
    )
    alert = alerts.of(organisation, by)
    if alert is None:
        alert = Alert(
            organisation_id=organisation.id, user_id=by.id, token=secrets.token_urlsafe(24),
            created_at=clock.now(), sent_on=None,
        )  # fmt: skip
        db.session.add(alert)
    alert.families, alert.departments = sorted(wish.families), sorted(wish.departments)
    alert.distance_km, alert.most_euros = wish.distance_km, wish.most_euros
    alert.rhythm, alert.paused_at = rhythm, None
    db.session.flush()
    remember(by, "alert.asked", alert)
    return alert


@action
def end(alert: Alert) -> None:
    """No more letters of this alert; ending it twice does no harm."""
    if alert.paused_at is None:
        alert.paused_at = clock.now()
        remember(alert.user, "alert.ended", alert)


@action
def ask_for_letters() -> None:
    """Have the letters that are due written, unless somebody is at it already."""
    if not alerts.is_sending():
        later("send_alerts")


@action
def send(alert: Alert) -> int:
    """Write one letter with all that is new for this alert. Returns how many needs it tells.

    The needs are noted with the letter: should two do so at once, the second one is undone.
    """
    alert.sent_on = clock.today(alerts.ZONE)
    fitting = alerts.to_tell(alert)
    chosen = fitting.suggestions[:MOST_TOLD]
    if not chosen:
        return 0
    for one in chosen:
        db.session.add(
            AlertedNeed(
                user_id=alert.user_id, need_id=one.need.id, alert_id=alert.id, told_at=clock.now()
            )
        )
    db.session.flush()
    company = alert.organisation
    exit = links.page("member.alerts.leave", alert=alert.token)
    written = mail.new_needs(
        language=alert.user.language, name=alert.user.name, company=company.display_name,
        told=[_told(one, fitting.told) for one in chosen], sectors=fitting.proposed.sectors,
        more=len(fitting.suggestions) - len(chosen), exit=exit,
        link=links.page("member.needs.for_us", organisation=company.id),
    )  # fmt: skip
    letters.put(written, to=alert.user.email, name=alert.user.name, unsubscribe=exit)
    return len(chosen)


def _told(one: Suggestion, known: Collection[int]) -> Told:
    named = not one.need.is_anonymous or one.need.id in known
    buyer = one.organisation.display_name if named else ""
    return Told(one, buyer, links.page("public.needs.need", need=one.need.id))
