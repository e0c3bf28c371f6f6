# SPDX-License-Identifier: EUPL-1.2
"""Blocks of slots and places are added, and taken away as long as nobody counts on them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.actions import slots as actions
from app.models import clock
from app.models.base import db
from app.models.editions import MeetingBlock, Slot
from app.models.meetings import Meeting
from app.models.registrations import Unavailability
from app.queries import editions
from app.rules.editions import PlaceKind
from app.rules.errors import NotFound, RuleBroken
from app.rules.meetings import MeetingState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_registration,
    a_request,
    a_table,
    an_edition,
)

FIRST = date(2027, 11, 24)


def a_meeting(edition, slot, place=None):
    request = a_request(a_registration(edition, a_company()), a_registration(edition, a_buyer()))
    meeting = Meeting(
        edition_id=edition.id,
        request_id=request.id,
        slot_id=slot.id,
        place_id=place.id if place else None,
        state=MeetingState.SCHEDULED,
        uid=f"meeting-{request.id}",
        sequence=0,
        version=1,
        updated_at=clock.now(),
    )
    db.session.add(meeting)
    db.session.flush()


def test_a_block_makes_its_slots_at_the_hour_of_the_fair(app):
    edition = an_edition(timezone="Indian/Reunion")

    actions.add_block(edition, by=None, name="Matin", day=FIRST, starts=time(9), count=2)

    first, second = editions.slots(edition)
    assert first.starts_at == datetime(2027, 11, 24, 5, tzinfo=UTC)
    assert second.starts_at.astimezone(ZoneInfo("Indian/Reunion")).time() == time(9, 25)
    assert (first.ends_at - first.starts_at).total_seconds() == 20 * 60


def test_an_overlapping_block_is_refused_and_leaves_no_slot(app):
    edition = an_edition()
    actions.add_block(edition, by=None, name="Matin", day=FIRST, starts=time(9), count=7)

    with pytest.raises(RuleBroken, match="block_overlaps"):
        actions.add_block(edition, by=None, name="Midi", day=FIRST, starts=time(11, 30), count=2)

    assert db.session.scalar(select(func.count(Slot.id))) == 7
    assert [block.name for block in editions.blocks(edition)] == ["Matin"]


def test_the_same_hours_on_another_day_or_at_another_fair_do_not_overlap(app):
    edition, elsewhere = an_edition(), an_edition()
    for where, day in ((edition, 24), (edition, 25), (elsewhere, 24)):
        actions.add_block(where, by=None, name="Matin", day=date(2027, 11, day), starts=time(9))

    assert len(editions.blocks(edition)) == 2


def test_a_block_outside_the_fair_is_refused(app):
    with pytest.raises(RuleBroken, match="block_outside"):
        actions.add_block(
            an_edition(), by=None, name="Matin", day=date(2027, 12, 1), starts=time(9)
        )


def test_a_block_that_nobody_counts_on_goes_with_its_slots(app):
    edition = an_edition()
    block = actions.add_block(edition, by=None, name="Matin", day=FIRST, starts=time(9))

    actions.remove_block(block, by=None)

    assert editions.blocks(edition) == []
    assert editions.slots(edition) == []


def test_a_block_with_meetings_and_absences_stays_and_says_how_many(app):
    edition = an_edition()
    first, second, third = a_block(edition)
    a_meeting(edition, first)
    a_meeting(edition, second)
    delegate = a_delegate(a_registration(edition, a_company()))
    db.session.add(Unavailability(delegate_id=delegate.id, slot_id=third.id))
    db.session.flush()

    with pytest.raises(RuleBroken, match="block_in_use") as refused:
        actions.remove_block(first.block, by=None)

    assert refused.value.facts["meetings"] == 2
    assert refused.value.facts["absences"] == 1
    assert db.session.get(MeetingBlock, first.block_id) is not None


def test_tables_are_added_after_those_that_stand_already(app):
    edition = an_edition()
    actions.add_places(edition, by=None, kind=PlaceKind.TABLE, first=1, count=38)
    actions.add_places(
        edition, by=None, kind=PlaceKind.VIDEO, count=2, link="https://visio.exemple.fr/{n}"
    )

    places = editions.places(edition)
    assert [place.code for place in places[:2]] == ["1", "2"]
    assert [(place.code, place.link) for place in places[-2:]] == [
        ("Visio 1", "https://visio.exemple.fr/1"),
        ("Visio 2", "https://visio.exemple.fr/2"),
    ]


def test_a_table_number_that_exists_adds_nothing_at_all(app):
    edition = an_edition()
    actions.add_places(edition, by=None, first=5, count=1)

    with pytest.raises(RuleBroken, match="place_taken"):
        actions.add_places(edition, by=None, first=1, count=10)

    assert [place.code for place in editions.places(edition)] == ["5"]


def test_a_place_with_meetings_stays(app):
    edition = an_edition()
    slot, *_ = a_block(edition)
    table = a_table(edition)
    a_meeting(edition, slot, table)

    with pytest.raises(RuleBroken, match="place_in_use"):
        actions.remove_place(table, by=None)


def test_the_home_of_somebody_stays(app):
    edition = an_edition()
    table = a_table(edition)
    a_registration(edition, a_buyer(name="Mairie de Sète"), home_place_id=table.id)

    with pytest.raises(RuleBroken, match="place_is_home") as refused:
        actions.remove_place(table, by=None)
    assert refused.value.facts["name"] == "Mairie de Sète"


def test_a_place_that_nobody_uses_goes(app):
    edition = an_edition()
    actions.remove_place(a_table(edition), by=None)

    assert editions.places(edition) == []


def test_parts_of_another_edition_are_not_found(app):
    edition, elsewhere = an_edition(), an_edition()
    slot, *_ = a_block(elsewhere)
    table = a_table(elsewhere)

    with pytest.raises(NotFound):
        editions.block_of(edition, slot.block_id)
    with pytest.raises(NotFound):
        editions.place_of(edition, table.id)
