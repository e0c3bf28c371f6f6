# SPDX-License-Identifier: EUPL-1.2
"""What an edition, its deadlines, its blocks and its places may be."""

from datetime import UTC, date, datetime, time

import pytest

from app.rules import editions as rules
from app.rules.editions import BlockOfSlots, EditionState, PlaceKind
from app.rules.errors import RuleBroken

PARIS = "Europe/Paris"
FIRST, LAST = date(2027, 11, 24), date(2027, 11, 25)


def a_morning(**facts):
    usual = {"day": FIRST, "starts": time(9), "slot_minutes": 20, "changeover_minutes": 5}
    return BlockOfSlots(**{**usual, "count": 7, **facts})


def deadlines(registration=None, requests=None, answers=None):
    return {
        "registration_closes_at": registration,
        "requests_close_at": requests,
        "answers_close_at": answers,
    }


def test_a_block_counts_talk_and_change_over():
    first, second = a_morning(count=2).slots(PARIS)

    assert (second[0] - first[0]).total_seconds() == 25 * 60
    assert (first[1] - first[0]).total_seconds() == 20 * 60


def test_an_overlapping_block_names_the_other_one():
    with pytest.raises(RuleBroken) as refused:
        rules.require_free(a_morning(starts=time(11)), [a_morning()], PARIS)

    assert refused.value.key == "block_overlaps"
    assert refused.value.field == "starts"
    assert refused.value.facts["starts"] == time(9)


def test_a_block_may_begin_when_the_other_ends():
    rules.require_free(a_morning(starts=time(11, 50)), [a_morning()], PARIS)


def test_the_last_day_never_comes_before_the_first():
    rules.require_dates(FIRST, FIRST)

    with pytest.raises(RuleBroken, match="ends_before_start") as refused:
        rules.require_dates(LAST, FIRST)
    assert refused.value.field == "ends_on"


def test_a_deadline_that_comes_before_the_previous_one_is_refused_on_its_own_field():
    early, late = datetime(2027, 10, 1, tzinfo=UTC), datetime(2027, 10, 15, tzinfo=UTC)

    with pytest.raises(RuleBroken, match="deadline_order") as refused:
        rules.require_deadlines(deadlines(late, None, early), FIRST, PARIS)
    assert refused.value.field == "answers_close_at"
    assert refused.value.facts["earlier"] == late


def test_deadlines_may_be_the_same_or_absent():
    same = datetime(2027, 10, 1, tzinfo=UTC)

    rules.require_deadlines(deadlines(same, same, None), FIRST, PARIS)
    rules.require_deadlines(deadlines(), FIRST, PARIS)


def test_a_deadline_may_be_on_the_first_day_where_the_fair_takes_place_and_not_after():
    still_the_24th_in_paris = datetime(2027, 11, 24, 22, 30, tzinfo=UTC)
    already_the_25th_in_paris = datetime(2027, 11, 24, 23, 30, tzinfo=UTC)

    rules.require_deadlines(deadlines(still_the_24th_in_paris), FIRST, PARIS)
    with pytest.raises(RuleBroken, match="deadline_late"):
        rules.require_deadlines(deadlines(already_the_25th_in_paris), FIRST, PARIS)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"slot_minutes": 4}, "slot_minutes"),
        ({"slot_minutes": 121}, "slot_minutes"),
        ({"changeover_minutes": -1}, "changeover_minutes"),
        ({"count": 0}, "count"),
        ({"count": 41}, "count"),
    ],
)
def test_sizes_of_a_block_are_kept_within_reason(facts, field):
    with pytest.raises(RuleBroken, match="number_out") as refused:
        rules.require_sizes(a_morning(**facts))
    assert refused.value.field == field


def test_a_block_lies_within_the_days_of_the_fair():
    rules.require_within(a_morning(day=LAST), FIRST, LAST, PARIS)

    with pytest.raises(RuleBroken, match="block_outside"):
        rules.require_within(a_morning(day=date(2027, 11, 26)), FIRST, LAST, PARIS)


def test_a_block_ends_on_the_day_on_which_it_began():
    with pytest.raises(RuleBroken, match="block_past_midnight") as refused:
        rules.require_within(a_morning(starts=time(22)), FIRST, LAST, PARIS)
    assert refused.value.field == "count"


@pytest.mark.parametrize(
    ("now", "wanted", "may"),
    [
        (EditionState.DRAFT, EditionState.OPEN, True),
        (EditionState.DRAFT, EditionState.CLOSED, False),
        (EditionState.OPEN, EditionState.CLOSED, True),
        (EditionState.OPEN, EditionState.DRAFT, False),
        (EditionState.CLOSED, EditionState.OPEN, True),
    ],
)
def test_an_edition_goes_from_draft_to_open_to_closed(now, wanted, may):
    if may:
        rules.require_step(now, wanted)
    else:
        with pytest.raises(RuleBroken, match="edition_step"):
            rules.require_step(now, wanted)


def test_only_time_zones_of_the_world_are_known():
    rules.require_zone("Indian/Reunion")
    with pytest.raises(RuleBroken, match="zone_unknown"):
        rules.require_zone("Europe/Montpellier")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Coventis 2027", "coventis-2027"),
        ("  Rencontres de l'Œuvre – été  ", "rencontres-de-l-oeuvre-ete"),
        ("!!!", "salon"),
    ],
)
def test_a_name_becomes_an_address(name, slug):
    assert rules.slug_of(name) == slug


def test_an_address_that_is_taken_gets_the_next_free_number():
    assert rules.free_slug("salon", []) == "salon"
    assert rules.free_slug("salon", ["salon", "salon-2"]) == "salon-3"


def test_tables_carry_their_number_and_video_rooms_their_word():
    assert rules.signs(PlaceKind.TABLE, 11, 3) == ["11", "12", "13"]
    assert rules.signs(PlaceKind.VIDEO, 1, 1) == ["Visio 1"]


@pytest.mark.parametrize(("first", "count"), [(0, 3), (1, 0), (1, 201), (1000, 1)])
def test_nobody_adds_an_absurd_number_of_places(first, count):
    with pytest.raises(RuleBroken, match="number_out"):
        rules.signs(PlaceKind.TABLE, first, count)


def test_each_video_room_has_its_own_address():
    links = rules.video_links("https://visio.exemple.fr/salon-{n}", 3, 2)

    assert links == ["https://visio.exemple.fr/salon-3", "https://visio.exemple.fr/salon-4"]


@pytest.mark.parametrize(
    ("template", "count", "key"),
    [
        ("", 1, "link_missing"),
        ("http://visio.exemple.fr/{n}", 1, "link_unsafe"),
        ("javascript:alert({n})", 1, "link_unsafe"),
        ("https://visio.exemple.fr/a b", 1, "link_unsafe"),
        ("https://visio.exemple.fr/salon", 2, "link_same"),
    ],
)
def test_a_bad_address_of_video_rooms_is_refused(template, count, key):
    with pytest.raises(RuleBroken, match=key) as refused:
        rules.video_links(template, 1, count)
    assert refused.value.field == "link"


def test_a_place_is_never_there_twice():
    rules.require_no_doubles(["3", "4"], ["1", "2"])
    with pytest.raises(RuleBroken, match="place_taken") as refused:
        rules.require_no_doubles(["2", "3"], ["1", "2"])
    assert refused.value.facts["code"] == "2"
