# SPDX-License-Identifier: EUPL-1.2
"""The other bank of an edition as one of its registrations looks at it: who suits it, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select

from app.models.base import db
from app.models.companies import Activity, Organisation, Sector, SectorGroup
from app.models.needs import Need, NeedSector
from app.models.registrations import Registration
from app.queries import suggestions
from app.queries.pages import Page, page_of_list
from app.queries.suggestions import Suggestion
from app.rules.companies import Role
from app.rules.needs import NeedState
from app.rules.registrations import RegistrationState
from app.rules.search import words_of

ON_A_PAGE = 20


@dataclass(frozen=True)
class Others:
    """A page of registrations of the other bank, those that suit first.

    fitting: organisation id → the suggestion. sectors: id → sector, to name the trades.
    suiting: how many of all found are suggested.
    """

    page: Page[Registration]
    fitting: Mapping[int, Suggestion]
    sectors: Mapping[int, Sector]
    suiting: int


def search(
    registration: Registration,
    *,
    text: str = "",
    group: str = "",
    department: str = "",
    suiting: bool = False,
    page: int = 1,
) -> Others:
    """Those of the other bank who were approved; a constant number of queries.

    text: words of name, city or trade. group: slug of a family of trades. department: of the seat.
    suiting: only those that something speaks for.
    """
    proposed = suggestions.other_side(registration)
    fitting = {one.organisation.id: one for one in proposed.found}
    ranks = {organisation: rank for rank, organisation in enumerate(fitting)}
    found = [
        one
        for one in db.session.scalars(_others(registration, text, group, department))
        if not suiting or one.organisation_id in fitting
    ]
    found.sort(key=lambda one: (ranks.get(one.organisation_id, len(ranks)), one.id))
    liked = sum(one.organisation_id in fitting for one in found)
    return Others(page_of_list(found, page, ON_A_PAGE), fitting, proposed.sectors, liked)


def _others(
    registration: Registration, text: str, group: str, department: str
) -> Select[Registration]:
    bank = Role.BUYER if registration.role == Role.COMPANY else Role.COMPANY
    where: list[ColumnElement[bool]] = [
        Registration.edition_id == registration.edition_id,
        Registration.role == bank,
        Registration.state == RegistrationState.APPROVED,
    ]
    where += [Organisation.search.contains(word, autoescape=True) for word in words_of(text)]
    if department:
        where.append(Organisation.department == department)
    if group:
        where.append(Organisation.id.in_(_trading_in(bank, group)))
    found = select(Registration).join(Registration.organisation).where(*where)
    return found.order_by(Organisation.name, Registration.id)


def _trading_in(bank: Role, group: str) -> Select[int]:
    """Companies active in this family of trades, or buyers with a published need in it."""
    if bank == Role.COMPANY:
        trading = select(Activity.organisation_id).join(Activity.sector).join(Sector.group)
        return trading.where(SectorGroup.slug == group)
    wanting = select(Need.organisation_id).join(NeedSector, NeedSector.need_id == Need.id)
    return (
        wanting.join(NeedSector.sector)
        .join(Sector.group)
        .where(
            SectorGroup.slug == group,
            Need.state == NeedState.PUBLISHED,
            Need.is_anonymous.is_(False),  # a filter must not tell whose they are
        )
    )
