# SPDX-License-Identifier: EUPL-1.2
"""Coventis 2027, built step by step through the actions that people use."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.actions import accounts, editions, needs, reference, registrations
from app.actions.base import action
from app.actions.demonstration import (
    demand,
    favourites,
    invented,
    letters,
    official,
    proposals,
    real,
    together,
    trust,
    wishes,
)
from app.actions.demonstration.cast import (
    Guest,
    Person,
    Size,
    Stars,
    Tell,
    Timeline,
    Wanted,
    faker_of,
)
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Sector
from app.models.editions import Edition
from app.models.imports import DirectoryImport
from app.queries import editions as fairs
from app.rules.companies import Role
from app.rules.editions import PlaceKind
from app.rules.needs import NeedKind

PASSWORD = "passerelle-demo"  # noqa: S105 - public on purpose: it opens an invented fair
ORGANISER = "organisateur@demo.invalid"
COMPANY = "entreprise@demo.invalid"
BUYER = "acheteur@demo.invalid"
ZONE = "Europe/Paris"
FIRST_DAY, LAST_DAY = date(2027, 11, 24), date(2027, 11, 25)
PRACTICAL = """Horaires : accueil dès 8 h 30, rendez-vous de 9 h 10 à 12 h, mercredi et jeudi.
Venir : 2 allée des Micocouliers, tramway ligne 1, arrêt Verdanson ; parking à vélos.
Repas : déjeuner compris, à indiquer à l'inscription.
Fauteuil roulant : halle de plain-pied, tables 1 à 12 accessibles.
Langue des signes : interprète sur demande avant le 29 octobre.
Besoin de calme : une salle de repos à côté de l'accueil."""


@dataclass(frozen=True)
class Built:
    """A fair that is ready to be scheduled.

    imports, lists: what came of the real files (see `official.Brought`).
    """

    edition: Edition
    team: User
    imports: tuple[DirectoryImport, ...] = ()
    lists: tuple[tuple[str, int, int], ...] = ()


@action
def build(
    *, seed: int = 2027, size: Size | None = None, folder: Path | None = None, tell: Tell
) -> Built:
    """Build the fair up to its answered requests: invented, or from the files of `folder`.

    One transaction: whoever stops it finds the database as it was. Nothing is dated in the future.
    tell: called with a step, how much of it is done, and how much there is.
    """
    size, chance, faker = size or Size(), Random(seed), faker_of(seed)  # noqa: S311 - repeatable
    times = Timeline(min(clock.now(), _midday(date(2027, 10, 14))))
    with clock.frozen(times.opened()):
        edition, team, sectors = opened(size)
    stars = demonstration_accounts(times)
    if folder is None:
        brought = official.Brought()
        guests = invented.guests(
            size, sectors, stars=stars, times=times, chance=chance, faker=faker, tell=tell
        )
        trust.believed(guests, times=times)
        trust.others(sectors, times=times)
    else:
        brought, guests = real.guests(
            folder, edition, size, sectors, stars=stars, by=team, times=times,
            chance=chance, faker=faker, tell=tell,
        )  # fmt: skip
    write_needs(guests, sectors, times=times, chance=chance, tell=tell)
    register(edition, guests, team, times=times, chance=chance, tell=tell)
    star = next(guest for guest in guests if guest.people[0].email == COMPANY)
    drawn = wishes.pairs(guests, size.requests, star=star, chance=chance)
    made = wishes.ask(drawn, star=star, times=times, chance=chance, tell=tell)
    wishes.answer(made, times=times, chance=chance, tell=tell)
    demand.show(guests, edition, team, sectors, star=star, times=times)
    together.join(guests, star, times=times)
    proposals.follow(edition, guests, star, chance=Random(seed))  # noqa: S311 - repeatable
    letters.write(edition, team, sectors, chance=Random(seed))  # noqa: S311 - repeatable
    claire = next(guest for guest in guests if guest.people[0].email == BUYER)
    favourites.keep(guests, claire, times=times)
    return Built(edition, team, brought.imports, brought.lists)


@action
def opened(size: Size) -> tuple[Edition, User, dict[str, Sector]]:
    """The team, the edition with its two half-days and its tables, and the trades (by slug)."""
    reference.load_sectors()
    reference.load_labels()
    reference.load_networks()
    organiser = accounts.found_organiser(
        name="Équipe du salon", email="equipe@demo.invalid", demonstration=True
    )
    team = accounts.sign_up(
        email=ORGANISER, name="Équipe du salon", language="fr", password=PASSWORD
    )
    accounts.verify(team)
    accounts.join_organiser(organiser, user=team)
    edition = editions.open_edition(
        organiser,
        by=team,
        series_name="Coventis",
        name="Coventis 2027",
        slug="coventis-2027",
        theme="Acheter près, acheter juste.",
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
        venue="Halle du Verdanson",
        city="Montpellier",
        practical=PRACTICAL,
        timezone=ZONE,
        registration_closes_at=_evening(date(2027, 10, 15)),
        requests_close_at=_evening(date(2027, 10, 29)),
        answers_close_at=_evening(date(2027, 11, 5)),
        demonstration=True,
    )
    for name, day in (("Matin", FIRST_DAY), ("Matin", LAST_DAY)):
        editions.add_block(edition, by=team, name=name, day=day, starts=time(9, 10), count=7)
    step_free = max(1, size.tables * 12 // 38)
    tables: dict[str, Any] = {"by": team, "kind": PlaceKind.TABLE}
    editions.add_places(edition, first=1, count=step_free, accessible=True, **tables)
    editions.add_places(
        edition, first=step_free + 1, count=size.tables - step_free, accessible=False, **tables
    )
    editions.announce(edition, by=team)
    sectors = {sector.slug: sector for sector in db.session.scalars(select(Sector))}
    return edition, team, sectors


@action
def demonstration_accounts(times: Timeline) -> Stars:
    """The accounts that visitors may use, one on each bank."""
    found = {}
    for role, email, person in (
        (Role.COMPANY, COMPANY, ("Amélie", "Sarda", "Encadrante technique")),
        (Role.BUYER, BUYER, ("Claire", "Vasseur", "Acheteuse")),
    ):
        with clock.frozen(times.opened() + timedelta(days=2)):
            who = Person(*person, email)
            user = accounts.sign_up(email=email, name=who.name, language="fr", password=PASSWORD)
            accounts.verify(user)
        found[role] = (user, who)
    return found


@action
def write_needs(
    guests: list[Guest], sectors: dict[str, Sector], *, times: Timeline, chance: Random, tell: Tell
) -> None:
    """Draft and publish what the buyers want."""
    dated = [(times.needed(chance), guest, one) for guest in guests for one in guest.wanted]
    dated.sort(key=lambda one: one[0])
    seen: set[str] = set()
    for number, (at, guest, wanted) in enumerate(dated):
        tell("needs", number, len(dated))
        facts = _need(guest, wanted, sectors, chance)
        if wanted.title in seen and guest.organisation.city:
            facts["title"] = f"{wanted.title}, {guest.organisation.city}"
        seen.add(wanted.title)
        with clock.frozen(at):
            need = needs.draft(guest.organisation, by=guest.by, **facts)
            needs.publish(need, by=guest.by)
        guest.needs.append(need)
        guest.sought[need.id] = {sectors[trade].group.slug for trade in wanted.trades}


@action
def register(
    edition: Edition,
    guests: list[Guest],
    team: User,
    *,
    times: Timeline,
    chance: Random,
    tell: Tell,
) -> None:
    """Register the guests with their delegates, some away for a while, and approve them."""
    slots = [slot.id for slot in fairs.slots(edition)]
    dated = [
        (times.on(chance.randint(1, 4), chance) if guest.waits else times.registered(chance), guest)
        for guest in guests
    ]
    dated.sort(key=lambda one: one[0])
    for number, (at, guest) in enumerate(dated):
        tell("registrations", number, len(dated))
        with clock.frozen(at):
            guest.registration = registrations.register(
                edition, guest.organisation, by=guest.by, needs_accessible=number % 29 == 7
            )
            for rank, person in enumerate(guest.people):
                delegate = registrations.add_delegate(
                    guest.registration,
                    by=guest.by,
                    first_name=person.first_name,
                    last_name=person.last_name,
                    function=person.function,
                    email=person.email,
                    user=guest.by if rank == 0 and person.email == guest.by.email else None,
                )
                if number % 9:  # the others forget to say when they are free
                    away = _away(slots, guest, chance)
                    registrations.set_availability(delegate, by=guest.by, away=away)
        if not guest.waits:
            with clock.frozen(at + timedelta(hours=chance.randint(3, 60))):
                registrations.approve(guest.registration, by=team)


def _need(
    guest: Guest, wanted: Wanted, sectors: dict[str, Sector], chance: Random
) -> dict[str, Any]:
    return {
        "title": wanted.title,
        "text": wanted.text,
        "kind": chance.choices(tuple(NeedKind), (5, 3, 2))[0],
        "sectors": [sectors[trade] for trade in wanted.trades],
        "cpv": wanted.cpv,
        "amount_band": wanted.band,
        "set_aside": wanted.set_aside,
        "departments": [guest.organisation.department],
        "starts_on": wanted.starts_on,
        "contract": wanted.contract,
    }


def _away(slots: list[int], guest: Guest, chance: Random) -> set[int]:
    """One in six comes for a single half-day, one in five misses a slot or two."""
    if guest.people[0].email in (COMPANY, BUYER):
        return set()
    luck, half = chance.random(), len(slots) // 2
    if luck < 0.16:
        return set(slots[:half] if chance.random() < 0.5 else slots[half:])
    return set(chance.sample(slots, chance.randint(1, 2))) if luck < 0.36 else set()


def _midday(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18), ZoneInfo(ZONE))
