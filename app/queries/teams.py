# SPDX-License-Identifier: EUPL-1.2
"""Teams of organisers."""

from sqlalchemy import select

from app.models.accounts import Organiser as Organiser
from app.models.base import db
from app.models.companies import Organisation


def chosen(number: int | None) -> Organiser | None:
    """The team of this number, or the first one that was founded; None when there is none."""
    if number is not None:
        return db.session.get(Organiser, number)
    return db.session.scalars(select(Organiser).order_by(Organiser.id).limit(1)).first()


def all_of(organisation: Organisation) -> list[Organiser]:
    """Every team that may answer for a listing: invented teams answer for invented listings."""
    told = Organiser.is_demonstration == organisation.is_demonstration
    return list(db.session.scalars(select(Organiser).where(told).order_by(Organiser.id)))
