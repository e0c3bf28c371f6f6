# SPDX-License-Identifier: EUPL-1.2
"""The two sides of requests by name, a company and a buyer, for pages that list many."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.base import db
from app.models.companies import Organisation
from app.models.consortia import Consortium
from app.models.meetings import MeetingRequest
from app.models.registrations import Registration
from app.rules.companies import Role


@dataclass(frozen=True)
class Side:
    """One side of a request."""

    registration_id: int
    role: Role
    name: str


@dataclass(frozen=True)
class Pair:
    """Who would meet: the company, the buyer, and the two priorities (1 is a first choice)."""

    request_id: int
    company: Side
    buyer: Side
    priorities: tuple[int, int]

    def side_of(self, registration_id: int) -> Side:
        """The side of this registration (the buyer's for any other)."""
        return self.company if self.company.registration_id == registration_id else self.buyer


def of_requests(requests: Collection[int]) -> dict[int, Pair]:
    """Request → its pair, in one query."""
    asking, asked = aliased(Registration), aliased(Registration)
    one, other = aliased(Organisation), aliased(Organisation)
    rows = (
        select(
            MeetingRequest.id, MeetingRequest.priority, MeetingRequest.answer_priority,
            asking.id.label("asking"), asking.role.label("asking_role"),
            one.name.label("asking_name"), one.brand.label("asking_brand"),
            asked.id.label("asked"), asked.role.label("asked_role"),
            other.name.label("asked_name"), other.brand.label("asked_brand"),
            Consortium.name.label("consortium"),
        )
        .join(asking, asking.id == MeetingRequest.from_id)
        .join(asked, asked.id == MeetingRequest.to_id)
        .join(one, one.id == asking.organisation_id)
        .join(other, other.id == asked.organisation_id)
        .outerjoin(Consortium, Consortium.id == MeetingRequest.consortium_id)
        .where(MeetingRequest.id.in_(requests))
    )  # fmt: skip
    found = {}
    for row in db.session.execute(rows):
        sides = (
            _side(row.asking, row.asking_role, row.asking_brand or row.asking_name, row.consortium),
            _side(row.asked, row.asked_role, row.asked_brand or row.asked_name, row.consortium),
        )
        company, buyer = sides if sides[0].role == Role.COMPANY else sides[::-1]
        found[row.id] = Pair(row.id, company, buyer, (row.priority, row.answer_priority))
    return found


def _side(registration: int, role: Role, name: str, consortium: str | None) -> Side:
    return Side(registration, role, consortium if consortium and role == Role.COMPANY else name)


def sides(registrations: Collection[int]) -> dict[int, Side]:
    """Registration → its side by name, in one query."""
    rows = (
        select(Registration.id, Registration.role, Organisation.name, Organisation.brand)
        .join(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.id.in_(registrations))
    )
    return {
        row.id: Side(row.id, row.role, row.brand or row.name) for row in db.session.execute(rows)
    }
