# SPDX-License-Identifier: EUPL-1.2
"""Needs: one of them, those of a buyer, the public list, and who may know whose they are."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, func, or_, select

from app.models.base import db
from app.models.companies import Organisation, Sector, SectorGroup
from app.models.meetings import MeetingRequest
from app.models.needs import Need as Need
from app.models.needs import NeedInterest, NeedSector
from app.queries.rows import one_of
from app.rules.companies import GeoRange
from app.rules.needs import InterestState, NeedState, SetAside
from app.rules.search import folded

ON_A_PAGE = 20


@dataclass(frozen=True)
class Published:
    """One page of the public list: needs, the trades of each, and how many there are in all."""

    needs: list[Need]
    sectors: dict[int, list[Sector]]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))


def by_id(need_id: int) -> Need:
    """The need of this number. Errors: NotFound."""
    return one_of(Need, need_id)


def sectors(need: Need) -> list[Sector]:
    """The trades that a need calls for, by name."""
    return sectors_of([need]).get(need.id, [])


def sectors_of(needs: Collection[Need]) -> dict[int, list[Sector]]:
    """Need id → the trades it calls for, by name; one query for all."""
    found: dict[int, list[Sector]] = {}
    called_for = select(NeedSector).join(NeedSector.sector)
    called_for = called_for.where(NeedSector.need_id.in_([need.id for need in needs]))
    for line in db.session.scalars(called_for.order_by(Sector.name_fr)):
        found.setdefault(line.need_id, []).append(line.sector)
    return found


def of_organisation(organisation: Organisation, *, state: NeedState | None = None) -> list[Need]:
    """The needs of a buyer, the latest change first."""
    theirs = select(Need).where(Need.organisation_id == organisation.id)
    if state is not None:
        theirs = theirs.where(Need.state == state)
    return list(db.session.scalars(theirs.order_by(Need.updated_at.desc(), Need.id.desc())))


def named_of(organisation: Organisation, *, readers: Collection[int] = frozenset()) -> list[Need]:
    """The published needs of a buyer that may be shown beside its name, to these organisations.

    An anonymous need is left out, unless its buyer was revealed to one of the readers.
    """
    known = told(readers) if readers else set()
    return [
        need
        for need in of_organisation(organisation, state=NeedState.PUBLISHED)
        if not need.is_anonymous or need.id in known or organisation.id in readers
    ]


def told(organisations: Collection[int]) -> set[int]:
    """The needs whose buyer is known to one of these companies, anonymous as they may be.

    The buyer accepted their interest, or asked them itself for a meeting about the need.
    """
    accepted = select(NeedInterest.need_id).where(
        NeedInterest.company_id.in_(organisations), NeedInterest.state == InterestState.ACCEPTED
    )
    asked = select(MeetingRequest.need_id).where(
        MeetingRequest.to_organisation_id.in_(organisations), MeetingRequest.need_id.is_not(None)
    )
    return {number for number in db.session.scalars(accepted.union(asked)) if number}


def published(
    text: str = "",
    *,
    group: str = "",
    department: str = "",
    set_aside: SetAside | None = None,
    page: int = 1,
) -> Published:
    """The public list, newest first: words all found, a family of trades (its slug), a department
    where the work is done, to whom it is reserved.
    """
    found = _found(text, group, department, set_aside)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    newest = found.order_by(Need.updated_at.desc(), Need.id.desc())
    on_page = newest.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)
    needs = list(db.session.scalars(on_page))
    return Published(needs, sectors_of(needs), total, page)


def _found(text: str, group: str, department: str, set_aside: SetAside | None) -> Select[Need]:
    found = select(Need).where(Need.state == NeedState.PUBLISHED)
    for word in folded(text).split():
        found = found.where(Need.search.contains(word, autoescape=True))
    if group:
        called_for = select(NeedSector.need_id).join(NeedSector.sector).join(Sector.group)
        found = found.where(Need.id.in_(called_for.where(SectorGroup.slug == group)))
    if department:
        # A JSON list of codes, read as text: codes are quoted, so that "3" is not in "34".
        codes = cast(Need.departments, String)
        there = codes.contains(f'"{department}"', autoescape=True)
        found = found.where(or_(there, Need.geo_range == GeoRange.COUNTRY))
    return found if set_aside is None else found.where(Need.set_aside == set_aside)
