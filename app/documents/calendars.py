# SPDX-License-Identifier: EUPL-1.2
"""The agenda as a calendar that phones and mail programs read, once or again and again."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import icalendar
from flask import current_app, url_for
from icalendar import Alarm, Calendar, Conference, Event, Timezone

from app.language import phrases
from app.language.translate import gettext, use_language
from app.queries.agendas import Agenda
from app.queries.days import Entry

PARIS = "Europe/Paris"

# Written by rule and not by list of dates: readers that know only the first date of a list were
# an hour late each summer. Source: RFC 5545 §3.6.5.
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
WARNING = timedelta(minutes=10)
REFRESH = timedelta(minutes=15)


def of_agenda(agenda: Agenda) -> bytes:
    """All the meetings of one person, cancelled ones too, in the person's language.

    The same agenda gives the same bytes: nothing in it is the time of asking. No attendee is named
    as such, since a calendar is easily shared. Source: RFC 5545, RFC 7986.
    """
    with use_language(agenda.language):
        calendar = _calendar(agenda)
        for entry in (*agenda.meetings, *agenda.cancelled):
            calendar.add_component(_event(entry, agenda))
        return bytes(calendar.to_ical())


def _calendar(agenda: Agenda) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Passerelle//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, agenda.fair.name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    if agenda.fair.zone == PARIS:
        calendar.add_component(Timezone.from_ical(VTIMEZONE))
    return calendar


def _event(entry: Entry, agenda: Agenda) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.updated_at.astimezone(UTC))
    event.add("last-modified", entry.updated_at.astimezone(UTC))
    event.add("dtstart", _local(entry.start, agenda.fair.zone))
    event.add("dtend", _local(entry.end, agenda.fair.zone))
    event.add("summary", entry.partner)
    event.add("description", _description(entry))
    event.add("location", _location(entry, agenda))
    event.add("url", _page(agenda))
    if entry.link:
        video = Conference(entry.link, feature="VIDEO", label=gettext("Rejoindre la visio"))
        event.add("conference", video.to_uri())
    event.add("status", "CANCELLED" if entry in agenda.cancelled else "CONFIRMED")
    if entry not in agenda.cancelled:
        event.add_component(_alarm(entry))
    return event


def _local(instant: datetime, zone: str) -> datetime:
    """Paris by its rule; anywhere else in UTC, which every reader knows."""
    return instant.astimezone(ZoneInfo(PARIS) if zone == PARIS else UTC)


def _location(entry: Entry, agenda: Agenda) -> str:
    if entry.link:
        return entry.link
    seat = _seat(entry)
    return ", ".join(part for part in (seat, agenda.fair.venue, agenda.fair.city) if part)


def _seat(entry: Entry) -> str:
    if entry.place_kind is None:
        return ""
    kind = phrases.word(entry.place_kind)
    return f"{kind[:1].upper()}{kind[1:]} {entry.place}"


def _description(entry: Entry) -> str:
    people = (f"{one.name}, {one.function}" if one.function else one.name for one in entry.people)
    return "\n".join(line for line in (*people, entry.subject, _seat(entry), entry.link) if line)


def _page(agenda: Agenda) -> str:
    path = url_for(
        "member.agendas.mine",
        registration=agenda.registration,
        personne=agenda.delegate,
        _external=False,
    )
    return urljoin(current_app.config["BASE_URL"] + "/", path)


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -WARNING)
    alarm.add("description", ", ".join(part for part in (entry.partner, _seat(entry)) if part))
    return alarm
