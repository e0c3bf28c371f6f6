# SPDX-License-Identifier: EUPL-1.2
"""What the invented guests made of their proposals: some put aside, some invited, one alert."""

from random import Random

from app.actions import alerts, matching
from app.actions.base import action
from app.actions.demonstration.cast import Guest
from app.models.editions import Edition
from app.queries import questions, suggestions
from app.rules.alerts import Rhythm
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.needs import NeedState

INVITED, ASIDE = 2, 12
SMALL = 90_000


@action
def follow(edition: Edition, guests: list[Guest], star: Guest, *, chance: Random) -> None:
    """The first buyer invites, others put aside, the star company has an alert; all is ranked."""
    here = [guest for guest in guests if not guest.waits]
    buyers = [guest for guest in here if guest.organisation.role == Role.BUYER]
    companies = [guest for guest in here if guest.organisation.role == Role.COMPANY]
    _invite(buyers[0], edition)
    for company in companies[1 : ASIDE + 1]:
        _put_aside(company, edition, chance)
    alerts.ask_for(
        star.organisation, by=star.by, rhythm=Rhythm.WEEKLY, most_euros=SMALL,
        families=sorted(star.families),
    )  # fmt: skip
    matching.ask_for_ranking()


def _invite(buyer: Guest, edition: Edition) -> None:
    for need in buyer.needs[:1]:
        if need.state != NeedState.PUBLISHED:
            continue
        found = suggestions.companies_for(need, edition=edition).found
        read = [one for one in found if questions.readers([one.organisation.id])]
        for one in read[-INVITED:]:
            matching.invite(need, one.organisation, by=buyer.by, edition=edition)


def _put_aside(company: Guest, edition: Edition, chance: Random) -> None:
    found = suggestions.needs_for(company.organisation, edition=edition).found
    for one in found[-1:]:
        matching.dismiss(
            one.need, company.organisation, by=company.by, role=Role.COMPANY,
            reason=chance.choice(list(DismissalReason)),
        )  # fmt: skip
