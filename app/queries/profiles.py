# SPDX-License-Identifier: EUPL-1.2
"""All that cards, comparisons and spreadsheets say of some listings: a constant number of queries.

Nothing in it is about a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.models import clock
from app.models.base import db
from app.models.companies import Activity as Activity
from app.models.companies import Contract, ContractHolder, Offer
from app.models.companies import Organisation as Organisation
from app.models.listings import NetworkMember, OrganisationLabel
from app.queries import companies, directory, listings
from app.rules.directory import WON_WITHIN_YEARS

AT_ONCE = 400


@dataclass(frozen=True)
class Won:
    """Public contracts won in the last years: how many, their sum in euros, and since when."""

    count: int = 0
    amount: float = 0.0
    since: int = 0


@dataclass(frozen=True)
class Profile:
    """One listing with what it does, sells, holds and won."""

    organisation: Organisation
    activities: Sequence[Activity]
    offers: Sequence[Offer]
    labels: Sequence[OrganisationLabel]
    networks: Sequence[NetworkMember]
    won: Won


def of(organisations: Sequence[Organisation]) -> list[Profile]:
    """The profiles of these listings, in this order."""
    activities, offers = companies.activities_of(organisations), companies.offers_of(organisations)
    labels = listings.labels_of(organisations, on=clock.today())
    networks, won = listings.networks_of(organisations), won_by(organisations)
    return [
        Profile(
            one,
            activities.get(one.id, []),
            offers.get(one.id, []),
            labels.get(one.id, []),
            networks.get(one.id, []),
            won.get((one.siret or "")[:9], Won()),
        )
        for one in organisations
    ]


def by_parts(ids: Sequence[int]) -> Iterator[Profile]:
    """The profiles of many listings, some hundreds at a time, so that memory stays small."""
    for start in range(0, len(ids), AT_ONCE):
        yield from of(directory.in_order(ids[start : start + AT_ONCE]))


def today() -> date:
    """The day on which a spreadsheet is made."""
    return clock.today()


def won_by(organisations: Sequence[Organisation]) -> dict[str, Won]:
    """SIREN → the public contracts that the company won in the last three years."""
    sirens = {one.siret[:9] for one in organisations if one.siret}
    today = clock.today()
    since = today.replace(year=today.year - WON_WITHIN_YEARS, day=min(today.day, 28))
    found = (
        select(ContractHolder.siren, func.count(), func.sum(Contract.amount))
        .join(Contract, Contract.id == ContractHolder.contract_id)
        .where(ContractHolder.siren.in_(sirens), Contract.notified_on >= since)
        .group_by(ContractHolder.siren)
    )
    return {
        siren: Won(count, amount or 0.0, since.year)
        for siren, count, amount in db.session.execute(found)
    }
