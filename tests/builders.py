# SPDX-License-Identifier: EUPL-1.2
"""Invented people and fairs for tests: `a_company()`, `an_edition()`, `a_registration()`…"""

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask.testing import FlaskClient

from app.models import clock
from app.models.accounts import Organiser, OrganiserMember, User
from app.models.base import db
from app.models.companies import Activity, Membership, Offer, Organisation, Sector, SectorGroup
from app.models.editions import Edition, MeetingBlock, Place, Series, Slot
from app.models.meetings import Attendance, Meeting, MeetingRequest, pair_of
from app.models.needs import Need, NeedSector
from app.models.registrations import Delegate, Registration
from app.models.schedules import ScheduleRun
from app.rules.companies import BuyerKind, CompanyKind, GeoRange, MembershipState, Role
from app.rules.editions import BlockOfSlots, EditionState, Mode, PlaceKind
from app.rules.meetings import MeetingState, RequestState
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside
from app.rules.registrations import RegistrationState
from app.rules.schedules import RunMode, RunState

_numbers = itertools.count(1)


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def a_user(**facts: Any) -> User:
    number = next(_numbers)
    return _kept(
        User(
            **{
                "email": f"personne{number}@exemple.test",
                "name": f"Personne {number}",
                "language": "fr",
                "password_hash": None,
                "verified_at": clock.now(),
                "last_login_at": None,
                "stamp": 1,
                "created_at": clock.now(),
                **facts,
            }
        )
    )


def an_organiser(**facts: Any) -> Organiser:
    number = next(_numbers)
    usual = {"name": f"Chambre {number}", "email": f"equipe{number}@exemple.test"}
    return _kept(Organiser(**{**usual, "is_demonstration": False, **facts}))


def an_organiser_member(organiser: Organiser, user: User | None = None) -> User:
    user = user or a_user()
    _kept(OrganiserMember(organiser_id=organiser.id, user_id=user.id))
    return user


def a_sector(name: str = "Espaces verts") -> Sector:
    number = next(_numbers)
    group = _kept(SectorGroup(slug=f"groupe-{number}", name_fr=name, name_en=name))
    return _kept(Sector(slug=f"secteur-{number}", name_fr=name, name_en=name, group_id=group.id))


def an_organisation(role: Role, **facts: Any) -> Organisation:
    number = next(_numbers)
    usual = {
        "role": role,
        "siret": f"{number:014}",
        "vat_number": None,
        "name": f"Organisation {number}",
        "brand": "",
        "naf": "",
        "address": "",
        "post_code": "34000",
        "city": "Montpellier",
        "department": "34",
        "lat": 43.6,
        "lon": 3.88,
        "website": "",
        "description": "",
        "logo": None,
        "company_kind": CompanyKind.ACI if role == Role.COMPANY else None,
        "headcount": None,
        "buyer_kind": BuyerKind.PUBLIC if role == Role.BUYER else None,
        "is_demonstration": False,
        "source": "test",
        "search": "",
        "claimed_at": None,
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    return _kept(Organisation(**{**usual, **facts}))


def a_company(**facts: Any) -> Organisation:
    return an_organisation(Role.COMPANY, **facts)


def a_buyer(**facts: Any) -> Organisation:
    return an_organisation(Role.BUYER, **facts)


def a_member(organisation: Organisation, user: User | None = None) -> User:
    user = user or a_user()
    _kept(
        Membership(
            organisation_id=organisation.id,
            user_id=user.id,
            state=MembershipState.ACTIVE,
            asked_at=clock.now(),
        )
    )
    return user


def an_activity(company: Organisation, sector: Sector, **facts: Any) -> Activity:
    usual = {"presta_types": ["PREST"], "geo_range": GeoRange.COUNTRY, "zones": []}
    return _kept(
        Activity(
            organisation_id=company.id,
            sector_id=sector.id,
            **{**usual, "distance_km": None, **facts},
        )
    )


def an_offer(company: Organisation, name: str = "Tonte et taille") -> Offer:
    return _kept(Offer(organisation_id=company.id, name=name, description=""))


def a_need(buyer: Organisation, *sectors: Sector, **facts: Any) -> Need:
    usual = {
        "kind": NeedKind.SOURCING,
        "title": "Entretien des espaces verts",
        "text": "",
        "cpv": "77",
        "amount_band": AmountBand.UNKNOWN,
        "set_aside": SetAside.NONE,
        "departments": ["34"],
        "starts_on": None,
        "state": NeedState.PUBLISHED,
        "contract_id": None,
        "search": "",
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    need = _kept(Need(organisation_id=buyer.id, **{**usual, **facts}))
    for sector in sectors:
        _kept(NeedSector(need_id=need.id, sector_id=sector.id))
    return need


def an_edition(organiser: Organiser | None = None, **facts: Any) -> Edition:
    organiser = organiser or an_organiser()
    number = next(_numbers)
    series = _kept(Series(organiser_id=organiser.id, slug=f"salon-{number}", name="Salon"))
    usual = {
        "slug": f"salon-{number}-2027",
        "name": "Salon 2027",
        "theme": "",
        "mode": Mode.IN_PERSON,
        "state": EditionState.OPEN,
        "starts_on": date(2027, 11, 24),
        "ends_on": date(2027, 11, 25),
        "venue": "Halle du Verdanson",
        "city": "Montpellier",
        "practical": "",
        "timezone": "Europe/Paris",
        "registration_closes_at": datetime(2027, 10, 15, 16, tzinfo=UTC),
        "requests_close_at": datetime(2027, 10, 29, 16, tzinfo=UTC),
        "answers_close_at": datetime(2027, 11, 5, 17, tzinfo=UTC),
        "version": 0,
        "is_demonstration": False,
        "created_at": clock.now(),
    }
    return _kept(Edition(series_id=series.id, organiser_id=organiser.id, **{**usual, **facts}))


def a_block(edition: Edition, *, day: date | None = None, starts: time = time(9), count: int = 3):
    """A half-day and its slots. Returns the slots."""
    day = day or edition.starts_on
    block = _kept(
        MeetingBlock(
            edition_id=edition.id,
            name="Matin",
            day=day,
            starts=starts,
            slot_minutes=20,
            changeover_minutes=5,
            slots_count=count,
        )
    )
    times = BlockOfSlots(day, starts, 20, 5, count).slots(edition.timezone)
    return [
        _kept(Slot(edition_id=edition.id, block_id=block.id, starts_at=start, ends_at=end))
        for start, end in times
    ]


def a_table(edition: Edition, code: str = "1", **facts: Any) -> Place:
    usual = {"kind": PlaceKind.TABLE, "position": next(_numbers), "accessible": True}
    return _kept(
        Place(edition_id=edition.id, code=code, **{**usual, "screen": False, "link": "", **facts})
    )


def a_registration(edition: Edition, organisation: Organisation, **facts: Any) -> Registration:
    usual = {
        "state": RegistrationState.APPROVED,
        "needs_accessible": False,
        "max_meetings": None,
        "home_place_id": None,
        "message": "",
        "reason": "",
        "created_at": clock.now(),
        "decided_at": None,
    }
    return _kept(
        Registration(
            edition_id=edition.id,
            organiser_id=edition.organiser_id,
            organisation_id=organisation.id,
            role=organisation.role,
            **{**usual, **facts},
        )
    )


def a_delegate(registration: Registration, first_name: str = "Claire", **facts: Any) -> Delegate:
    usual = {
        "user_id": None,
        "last_name": "Vasseur",
        "function": "",
        "email": "claire@exemple.test",
        "phone": "",
        "badge_code": secrets.token_urlsafe(12),
        "feed_token": secrets.token_urlsafe(24),
        "remote": False,
        "rank": 0,
    }
    return _kept(
        Delegate(
            registration_id=registration.id,
            organisation_id=registration.organisation_id,
            organiser_id=registration.organiser_id,
            first_name=first_name,
            **{**usual, **facts},
        )
    )


def a_request(asking: Registration, asked: Registration, **facts: Any) -> MeetingRequest:
    usual = {
        "need_id": None,
        "offer_id": None,
        "message": "Nous entretenons déjà deux parcs à 10 km de chez vous.",
        "priority": 3,
        "answer_priority": 3,
        "state": RequestState.PENDING,
        "decline_reason": None,
        "answer": "",
        "created_at": clock.now(),
        "answered_at": None,
    }
    return _kept(
        MeetingRequest(
            edition_id=asking.edition_id,
            organiser_id=asking.organiser_id,
            pair=pair_of(asking, asked),
            from_id=asking.id,
            to_id=asked.id,
            from_organisation_id=asking.organisation_id,
            to_organisation_id=asked.organisation_id,
            **{**usual, **facts},
        )
    )


def a_meeting(
    request: MeetingRequest, slot: Slot, place: Place | None, *delegates: Delegate, **facts: Any
) -> Meeting:
    """A published meeting and the people who go to it."""
    usual = {
        "state": MeetingState.SCHEDULED,
        "uid": f"meeting-{next(_numbers)}@exemple.test",
        "sequence": 0,
        "version": 1,
        "updated_at": clock.now(),
    }
    meeting = _kept(
        Meeting(
            edition_id=request.edition_id,
            request_id=request.id,
            slot_id=slot.id,
            place_id=place.id if place else None,
            **{**usual, **facts},
        )
    )
    for delegate in delegates:
        _kept(Attendance(meeting_id=meeting.id, delegate_id=delegate.id, slot_id=slot.id))
    return meeting


def log_in_as(client: FlaskClient, user: User) -> None:
    """Open a session for this person, as a log-in would."""
    with client.session_transaction() as session:
        session["_user_id"] = f"{user.id}:{user.stamp}"
        session["_fresh"] = True


def a_run(edition: Edition, **facts: Any) -> ScheduleRun:
    """A run of the scheduler, done unless said otherwise, with an empty problem."""
    number = next(_numbers)
    usual = {
        "number": number,
        "state": RunState.DONE,
        "mode": RunMode.BEST,
        "question": {},
        "answers": {},
        "seed": 1,
        "seconds_allowed": 1,
        "problem": {"slots": [], "places": [], "parties": [], "wishes": []},
        "solution": {},
        "asked": 0,
        "placed": 0,
        "value": 0,
        "bound": 0,
        "idle": 0,
        "seconds": 0.0,
        "note": {},
        "version": None,
        "created_at": clock.now(),
        "published_at": None,
    }
    return _kept(
        ScheduleRun(edition_id=edition.id, organiser_id=edition.organiser_id, **{**usual, **facts})
    )


@dataclass
class Fair:
    """A tiny fair, ready to be scheduled: everybody asked everybody of the other bank."""

    edition: Edition
    slots: list[Slot]
    tables: list[Place]
    companies: list[Registration]
    buyers: list[Registration]
    delegates: dict[int, list[Delegate]]
    requests: list[MeetingRequest]


def a_fair(
    organiser: Organiser | None = None,
    *,
    companies: int = 3,
    buyers: int = 2,
    slots: int = 3,
    tables: int = 2,
) -> Fair:
    """A fair whose requests are all accepted; one delegate for each registration."""
    edition = an_edition(organiser)
    half_day = a_block(edition, count=slots)
    places = [a_table(edition, str(number + 1)) for number in range(tables)]
    ours = [a_registration(edition, a_company()) for _ in range(companies)]
    theirs = [a_registration(edition, a_buyer()) for _ in range(buyers)]
    delegates = {
        one.id: [a_delegate(one, email=f"delegue{one.id}@exemple.test")] for one in ours + theirs
    }
    requests = [
        a_request(company, buyer, state=RequestState.ACCEPTED, priority=1 + number % 5)
        for number, (company, buyer) in enumerate(itertools.product(ours, theirs))
    ]
    return Fair(edition, half_day, places, ours, theirs, delegates, requests)
