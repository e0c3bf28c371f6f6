# SPDX-License-Identifier: EUPL-1.2
"""The lists that the invented buyer of the demonstration keeps, with its notes."""

from datetime import timedelta

from app.actions import favourites
from app.actions.base import action
from app.actions.demonstration.cast import Guest, Timeline
from app.models import clock
from app.rules.companies import Role

LISTS = (
    (
        "À rencontrer au salon",
        ("Vue en 2025 : travail soigné, délais tenus.", "Demander un devis pour l'îlot nord.", ""),
    ),
    ("Traiteurs et réceptions", ("Goûté au séminaire : très bien, 14 euros par personne.", "")),
)


@action
def keep(guests: list[Guest], buyer: Guest, *, times: Timeline) -> None:
    """Two lists: who to meet, and who to remember; the first companies of the fair are in them."""
    companies = [one.organisation for one in guests if one.organisation.role == Role.COMPANY]
    left = iter(companies)
    with clock.frozen(times.opened() + timedelta(days=30)):
        for name, notes in LISTS:
            ours = favourites.start_list(buyer.organisation, by=buyer.by, name=name)
            for note, company in zip(notes, left, strict=False):
                favourites.keep(company, buyer.organisation, by=buyer.by, shortlist=ours, note=note)
