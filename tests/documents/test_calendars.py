# SPDX-License-Identifier: EUPL-1.2
"""Calendars: what is written, byte for byte, as a meeting is made, moved, cancelled, restored."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from app.documents import calendars
from app.rules.editions import PlaceKind
from app.rules.meetings import MeetingState
from tests.documents.fair import NINE, a_fair, an_agenda, an_entry

GOLDEN = Path(__file__).parent / "golden"
LATER = datetime(2027, 11, 20, 16, 5, tzinfo=UTC)

MADE = an_entry()
MOVED = replace(
    MADE,
    start=NINE + timedelta(minutes=50),
    end=NINE + timedelta(minutes=70),
    sequence=1,
    updated_at=LATER,
)
SWAPPED = replace(MADE, place="21", sequence=1, updated_at=LATER)
CANCELLED = replace(MADE, state=MeetingState.CANCELLED, people=(), sequence=1, updated_at=LATER)
RESTORED = replace(MADE, sequence=2, updated_at=LATER + timedelta(hours=1))
STORY = {
    "made": an_agenda(MADE),
    "moved": an_agenda(MOVED),
    "table_swapped": an_agenda(SWAPPED),
    "cancelled": an_agenda(cancelled=(CANCELLED,)),
    "restored": an_agenda(RESTORED),
}


def events(content: bytes):
    return Calendar.from_ical(content).walk("VEVENT")


@pytest.mark.parametrize("step", STORY)
def test_each_step_of_the_story_of_a_meeting_is_written_as_agreed(app, step):
    """To renew the files after a wanted change: RENEW_GOLDEN=1 pytest, then read the difference."""
    content = calendars.of_agenda(STORY[step])
    file = GOLDEN / f"{step}.ics"
    if os.environ.get("RENEW_GOLDEN"):
        file.write_bytes(content)
    assert content == file.read_bytes()


def test_the_story_of_a_meeting_is_one_event_that_only_grows(app):
    told = [events(calendars.of_agenda(agenda))[0] for agenda in STORY.values()]

    assert len({event["UID"] for event in told}) == 1
    assert [event["SEQUENCE"] for event in told] == [0, 1, 1, 1, 2]
    states = [str(event["STATUS"]) for event in told]
    assert states == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [bool(event.walk("VALARM")) for event in told] == [True, True, True, False, True]


def test_the_same_agenda_gives_the_same_bytes_whenever_it_is_asked_for(app):
    agenda = an_agenda()
    assert calendars.of_agenda(agenda) == calendars.of_agenda(agenda)
    [event] = events(calendars.of_agenda(agenda))
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == MADE.updated_at


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2027, 7, 1, 8, tzinfo=UTC),
        datetime(2027, 11, 24, 8, tzinfo=UTC),
        datetime(2028, 1, 31, 15, 40, tzinfo=UTC),
        datetime(2029, 6, 15, 6, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),  # a minute before summer time
        datetime(2027, 3, 28, 1, 1, tzinfo=UTC),
        datetime(2027, 10, 31, 2, 1, tzinfo=UTC),  # the hour after winter time came back
    ],
)
def test_summer_and_winter_are_read_as_the_same_instants(app, instant):
    """Read by the rule that is in the file, not by what this machine knows of Paris."""
    content = calendars.of_agenda(an_agenda(an_entry(start=instant, end=instant)))
    foreign = content.replace(b"Europe/Paris", b"Only/InThisFile")

    [event] = events(foreign)
    assert event["DTSTART"].params["TZID"] == "Only/InThisFile"
    assert event["DTSTART"].dt.astimezone(UTC) == instant


def test_the_zone_is_written_by_rule(app):
    content = calendars.of_agenda(an_agenda())
    assert b"RDATE" not in content
    assert content.count(b"RRULE:FREQ=YEARLY") == 2


@pytest.mark.parametrize("zone", ["Indian/Reunion", "America/Guadeloupe"])
def test_elsewhere_than_in_paris_instants_are_in_utc(app, zone):
    content = calendars.of_agenda(an_agenda(fair=a_fair(zone=zone)))
    assert b"VTIMEZONE" not in content
    assert b"DTSTART:20271124T080000Z" in content


def test_a_video_meeting_has_its_link_where_any_reader_looks(app):
    link = "https://visio.exemple.test/salle-3"
    entry = an_entry(place="Visio 3", place_kind=PlaceKind.VIDEO, link=link)
    [event] = events(calendars.of_agenda(an_agenda(entry)))

    assert event["LOCATION"] == link
    assert link in event["DESCRIPTION"]
    assert event["CONFERENCE"] == link
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    assert event["CONFERENCE"].params["FEATURE"] == "VIDEO"


def test_a_table_is_named_with_its_hall(app):
    [event] = events(calendars.of_agenda(an_agenda()))
    assert event["LOCATION"] == "Table 7, Halle du Verdanson, Montpellier"
    assert events(calendars.of_agenda(an_agenda(language="en")))[0]["LOCATION"].startswith("Table")


def test_nobody_is_named_as_attendee_and_no_secret_is_inside(app):
    content = calendars.of_agenda(an_agenda())
    for word in (b"ATTENDEE", b"ORGANIZER", b"mailto:", b"k3Yw9_aB-7Qe"):
        assert word not in content


def test_lines_are_short_and_end_as_they_must(app):
    long = an_entry(subject="Entretien des espaces verts, éclairage, « berges »; et places " * 9)
    content = calendars.of_agenda(an_agenda(long))

    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    [event] = events(content)
    assert long.subject in event["DESCRIPTION"]


def test_an_alarm_rings_ten_minutes_before(app):
    [event] = events(calendars.of_agenda(an_agenda()))
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(minutes=10)
