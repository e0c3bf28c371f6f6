# SPDX-License-Identifier: EUPL-1.2
"""What an agenda says, and what it costs to read."""

from datetime import UTC, date, datetime, time

import pytest

from app.models import clock
from app.models.base import db
from app.models.registrations import Unavailability
from app.queries import agendas
from app.queries.days import Entry, Gap, GapKind
from app.rules.errors import NotFound
from app.rules.meetings import MeetingState, RequestState
from app.rules.registrations import RegistrationState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_meeting,
    a_need,
    a_registration,
    a_request,
    a_table,
    a_user,
    an_edition,
)


def a_pair(edition, slot, table, **facts):
    """A company that meets a buyer. Returns both delegates and the meeting."""
    buyer = a_registration(edition, a_buyer(name="VILLE DE SAINT-AURELE", brand="Saint-Aurèle"))
    company = a_registration(edition, a_company(name="Les Jardins de la Cesse"))
    need = a_need(buyer.organisation, title="Espaces verts de 12 collèges")
    one = a_delegate(company, "Amélie", last_name="Sarda")
    other = a_delegate(buyer, "Hélène", last_name="Marty", function="Voirie")
    asked = a_request(company, buyer, need_id=need.id, state=RequestState.ACCEPTED)
    cancelled = facts.get("state") == MeetingState.CANCELLED
    people = () if cancelled else (one, other)
    return one, other, a_meeting(asked, slot, None if cancelled else table, *people, **facts)


def test_a_meeting_says_when_where_with_whom_and_what_for(app):
    edition = an_edition(version=1)
    slots = a_block(edition)
    delegate, _, meeting = a_pair(edition, slots[1], a_table(edition, "7"))

    agenda = agendas.of_delegate(delegate)

    [entry] = agenda.meetings
    assert (entry.start, entry.end) == (slots[1].starts_at, slots[1].ends_at)
    assert entry.partner == "Saint-Aurèle"
    assert [(one.name, one.function) for one in entry.people] == [("Hélène Marty", "Voirie")]
    assert (entry.subject, entry.place) == ("Espaces verts de 12 collèges", "7")
    assert (entry.uid, entry.sequence) == (meeting.uid, 0)
    assert agenda.name == "Amélie Sarda"


def test_gaps_are_free_closed_or_a_pause_and_run_together(app):
    edition = an_edition(version=1)
    morning = a_block(edition, count=4)
    a_block(edition, starts=time(14), count=1)
    delegate, _, _ = a_pair(edition, morning[2], a_table(edition))
    db.session.add(Unavailability(delegate_id=delegate.id, slot_id=morning[3].id))

    [day] = agendas.of_delegate(delegate).days

    found = [line.kind if isinstance(line, Gap) else "meeting" for line in day.lines]
    assert found == [GapKind.FREE, "meeting", GapKind.CLOSED, GapKind.PAUSE, GapKind.FREE]
    first, pause = day.lines[0], day.lines[3]
    assert isinstance(first, Gap) and first.minutes == 45
    assert isinstance(pause, Gap) and pause.start == morning[3].ends_at


def test_days_are_those_of_the_place_of_the_fair(app):
    edition = an_edition(timezone="Indian/Reunion", version=1)
    slots = a_block(edition, starts=time(1), count=1)  # 21:00 the day before in UTC
    delegate, _, _ = a_pair(edition, slots[0], a_table(edition))

    assert [day.day for day in agendas.of_delegate(delegate).days] == [date(2027, 11, 24)]


def test_a_cancelled_meeting_leaves_the_days_but_stays_for_the_calendar(app):
    edition = an_edition(version=2)
    slots = a_block(edition)
    cancelled = {"state": MeetingState.CANCELLED, "version": 2, "sequence": 1}
    delegate, other, _ = a_pair(edition, slots[0], a_table(edition), **cancelled)

    for agenda in (agendas.of_delegate(delegate), agendas.of_delegate(other)):
        assert agenda.meetings == ()
        [entry] = agenda.cancelled
        assert (entry.state, entry.sequence) == (MeetingState.CANCELLED, 1)


@pytest.mark.parametrize(
    ("meeting_version", "edition_version", "is_changed"),
    [(1, 1, False), (1, 2, False), (2, 2, True)],
)
def test_only_what_a_later_version_moved_is_marked_as_changed(
    app, meeting_version, edition_version, is_changed
):
    edition = an_edition(version=edition_version)
    slots = a_block(edition)
    delegate, _, _ = a_pair(edition, slots[0], a_table(edition), version=meeting_version)

    [entry] = agendas.of_delegate(delegate).meetings
    assert entry.is_changed is is_changed


def test_now_and_next(app):
    edition = an_edition(version=1)
    slots = a_block(edition)  # from 8:00 UTC
    delegate, _, _ = a_pair(edition, slots[0], a_table(edition))
    agenda = agendas.of_delegate(delegate)
    [entry] = agenda.meetings

    def at(hour, minute):
        with clock.frozen(datetime(2027, 11, 24, hour, minute, tzinfo=UTC)):
            moment = agendas.right_now(agenda)
        return moment.current, moment.following

    assert at(7, 59) == (None, entry)
    assert at(8, 0) == (entry, None)
    assert at(8, 20) == (None, None)


def test_all_agendas_are_those_of_approved_registrations_in_the_order_of_names(app):
    edition = an_edition(version=1)
    a_pair(edition, a_block(edition)[0], a_table(edition))
    refused = a_registration(edition, a_company(), state=RegistrationState.REFUSED)
    a_delegate(refused, "Zoé", last_name="Absente")
    reader = a_user(language="en")
    late = a_registration(edition, a_company())
    a_delegate(late, "Éric", last_name="Élan", user_id=reader.id)
    a_delegate(a_registration(an_edition(), a_company()), "Ailleurs")

    found = agendas.of_edition(edition)

    assert [one.last_name for one in found] == ["Élan", "Marty", "Sarda"]
    assert [one.language for one in found] == ["en", "fr", "fr"]
    assert [len(one.meetings) for one in found] == [0, 1, 1]


def test_one_agenda_reads_the_same_alone_and_among_all(app):
    edition = an_edition(version=1)
    delegate, other, _ = a_pair(edition, a_block(edition)[0], a_table(edition))

    together = {one.delegate: one for one in agendas.of_edition(edition)}
    assert together[delegate.id] == agendas.of_delegate(delegate)
    assert together[other.id] == agendas.of_delegate(other)


@pytest.mark.parametrize("pairs", [1, 50])
def test_fifty_meetings_cost_no_more_queries_than_one(app, count_queries, pairs):
    edition = an_edition(version=1)
    [slot] = a_block(edition, count=1)
    for number in range(pairs):
        delegate, _, _ = a_pair(edition, slot, a_table(edition, str(number)))
    db.session.commit()
    db.session.expire_all()
    assert edition.slug and delegate.registration.edition_id

    with count_queries:
        found = agendas.of_edition(edition)
    assert (len(found), len(count_queries)) == (2 * pairs, 6)
    with count_queries:
        alone = agendas.of_delegate(delegate)
    assert isinstance(alone.meetings[0], Entry)
    assert len(count_queries) == 6


def test_a_calendar_is_found_by_its_secret_only(app):
    delegate = a_delegate(a_registration(an_edition(), a_company()), feed_token="a secret")

    assert agendas.delegate_by_feed("a secret") is delegate
    with pytest.raises(NotFound):
        agendas.delegate_by_feed(str(delegate.id))
