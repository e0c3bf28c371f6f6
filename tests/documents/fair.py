# SPDX-License-Identifier: EUPL-1.2
"""One agenda written by hand, for the papers and calendars made of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.queries.agendas import Agenda, Fair
from app.queries.days import Day, Entry, Gap, GapKind, Someone
from app.rules.companies import Role
from app.rules.editions import PlaceKind
from app.rules.meetings import MeetingState

NINE = datetime(2027, 11, 24, 8, tzinfo=UTC)  # 9:00 in Paris
PRINTED = datetime(2027, 11, 22, 8, tzinfo=UTC)


def a_fair(**facts: Any) -> Fair:
    usual = {
        "name": "Coventis 2027",
        "slug": "coventis-2027",
        "venue": "Halle du Verdanson",
        "city": "Montpellier",
        "zone": "Europe/Paris",
        "starts_on": date(2027, 11, 24),
        "ends_on": date(2027, 11, 25),
        "version": 1,
        "is_demonstration": True,
    }
    return Fair(**{**usual, **facts})


def an_entry(**facts: Any) -> Entry:
    usual = {
        "start": NINE,
        "end": NINE + timedelta(minutes=20),
        "partner": "Ville de Saint-Aurèle",
        "partner_role": Role.BUYER,
        "people": (Someone("Hélène Marty", "voirie et paysages"),),
        "subject": "Berges de la Lère",
        "place": "7",
        "place_kind": PlaceKind.TABLE,
        "accessible": True,
        "link": "",
        "state": MeetingState.SCHEDULED,
        "version": 1,
        "is_changed": False,
        "uid": "5e0c6a6e-7c0e-4c63-9b39-1f1b8a3c0d11",
        "sequence": 0,
        "updated_at": datetime(2027, 11, 10, 9, 30, tzinfo=UTC),
    }
    return Entry(**{**usual, **facts})


def an_agenda(*entries: Entry, cancelled: tuple[Entry, ...] = (), **facts: Any) -> Agenda:
    """The meetings given, all on the first day, then a gap; one meeting by default."""
    entries = entries or (() if cancelled else (an_entry(),))
    end = entries[-1].end if entries else NINE
    lines: list[Entry | Gap] = [*entries, Gap(end, end + timedelta(minutes=20), GapKind.FREE)]
    usual = {
        "delegate": 12,
        "registration": 3,
        "first_name": "Amélie",
        "last_name": "Sarda",
        "function": "Encadrante technique",
        "organisation": "Les Jardins de la Cesse",
        "role": Role.COMPANY,
        "buys_for_the_public": False,
        "remote": False,
        "needs_accessible": False,
        "language": "fr",
        "badge_code": "k3Yw9_aB-7Qe",
        "fair": a_fair(),
        "days": (Day(date(2027, 11, 24), tuple(lines)),),
        "cancelled": cancelled,
    }
    return Agenda(**{**usual, **facts})


def other(agenda: Agenda, **facts: Any) -> Agenda:
    """The same agenda with other facts."""
    return replace(agenda, **facts)
