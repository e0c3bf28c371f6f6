# SPDX-License-Identifier: EUPL-1.2
"""Workshops after an event: what cannot be held as published moves a little, or falls."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import (
    Absence,
    Attendance,
    BadInput,
    Closure,
    Event,
    FixedStart,
    Held,
    Party,
    Problem,
    Repair,
    Room,
    SignUp,
    Solution,
    Workshop,
    check,
    repair,
    solve,
)
from scheduler.codec import event_from_json
from scheduler.commands import repair_summary
from tests.scheduler.fairs import answer, any_fair, fair, repeatable, wish

WISHES = [*(wish(f"w{n}", "b1", f"c{n}") for n in range(3)), wish("v", "s", "c0")]


def programme(rooms: int = 2, **fields: Any) -> Problem:
    """Four slots; "a1", given by s, is signed up for by c1 and c2."""
    workshop = Workshop("a1", **{"speakers": ("s",), "seats": 5, **fields})
    return fair(
        WISHES,
        count=4,
        rooms=tuple(Room(f"R{n}", 5) for n in range(rooms)),
        workshops=(workshop,),
        sign_ups=(SignUp("c1", "a1", 2), SignUp("c2", "a1", 2)),
    )


def published(problem: Problem, slot: int = 2, **fields: Any) -> Solution:
    """b1 meets c0, c1, c2 in slots 1, 3, 4; s meets c0 in 3; the workshop begins in slot 2."""
    meetings = [("w0", 1, "T1"), ("w1", 3, "T1"), ("w2", 4, "T1"), ("v", 3, "T2")]
    said = {
        "workshops": (Held("a1", 1, slot, "R0"),),
        "sign_ups": (Attendance("c1", "a1", 1), Attendance("c2", "a1", 1)),
        "value": 8,
        **fields,
    }
    found = answer(*meetings, **said)
    assert check(problem, found) == []
    return found


def mended(problem: Problem, event: Event, **fields: Any) -> Repair:
    found = repair(problem, published(problem, **fields), event)
    for choice in found.answers:
        assert check(found.problem, choice.solution) == []
    return found


def test_a_workshop_nobody_touches_stays_and_is_told_as_before() -> None:
    found = mended(programme(), Event(2, cancel=("c0",)))
    assert found.workshops == ()
    assert found.answers[1].solution.workshops == (Held("a1", 1, 2, "R0"),)
    assert len(found.answers[1].solution.sign_ups) == 2
    assert found.answers[1].solution.value == 4 + 3 == found.value_bound


def test_when_its_room_closes_it_goes_next_door_at_the_same_hour() -> None:
    found = mended(programme(), Event(2, close=(Closure("R0", 2),)))
    (change,) = found.workshops
    assert (change.reason, change.after) == ("room_closed", Held("a1", 1, 2, "R1"))
    assert found.answers[1].moves == 0
    assert len(found.answers[1].solution.sign_ups) == 2


def test_with_no_other_room_it_goes_where_it_disturbs_fewest_meetings() -> None:
    """In slot 3 s and c1 meet, in slot 4 only c2 does: one meeting moves rather than two."""
    found = mended(programme(rooms=1), Event(2, close=(Closure("R0", 2, 2),)))
    (change,) = found.workshops
    assert change.after == Held("a1", 1, 4, "R0")
    assert found.answers[1].moves == 1
    assert found.answers[1].solution.value == 8


def test_when_the_speaker_leaves_it_falls_and_says_why() -> None:
    found = mended(programme(), Event(2, cancel=("s",)))
    (change,) = found.workshops
    assert (change.reason, change.after) == ("speaker_absent", None)
    assert found.answers[1].solution.sign_ups == ()
    assert "workshop a1, copy 1 (its speaker is away): falls" in repair_summary(found)


def test_a_speaker_away_for_an_hour_gives_it_later() -> None:
    found = mended(programme(), Event(2, absent=(Absence("s", 2, 2),)))
    (change,) = found.workshops
    assert change.reason == "speaker_absent"
    assert change.after is not None and change.after.slot > 2
    assert f"slot {change.after.slot} in R" in repair_summary(found)


def test_whoever_is_away_loses_the_workshop_and_nobody_else() -> None:
    found = mended(programme(), Event(2, absent=(Absence("c1", 2, 2),)))
    assert found.workshops == ()
    assert found.answers[1].solution.sign_ups == (Attendance("c2", "a1", 1),)


def test_those_of_a_copy_that_falls_go_to_another_copy_where_they_are_free() -> None:
    """Copy 2 in slot 3: c2 is free then, c1 has a meeting."""
    problem = programme(copies=2, starts=(2, 3))
    twice = (Held("a1", 1, 2, "R0"), Held("a1", 2, 3, "R1"))
    event = Event(2, close=(Closure("R0"), Closure("R1", 2, 2)))
    meetings = [("w0", 1, "T1"), ("w1", 3, "T1"), ("w2", 4, "T1")]
    goers = (Attendance("c1", "a1", 1), Attendance("c2", "a1", 1))
    before = answer(*meetings, workshops=twice, sign_ups=goers, value=7)
    assert check(problem, before) == []
    found = repair(problem, before, event)
    assert [change.after for change in found.workshops] == [None]
    for choice in found.answers:
        assert check(found.problem, choice.solution) == []
        assert choice.solution.sign_ups == (Attendance("c2", "a1", 2),)


def test_what_has_begun_stays_in_the_past() -> None:
    found = mended(programme(), Event(3, cancel=("s",), close=(Closure("R0"),)))
    assert found.workshops == ()
    assert found.answers[1].solution.workshops == (Held("a1", 1, 2, "R0"),)


def test_a_promise_that_can_no_longer_hold_is_let_go() -> None:
    problem = programme(fixed=FixedStart(2, "R0"))
    found = mended(problem, Event(2, close=(Closure("R0"),)))
    assert found.workshops[0].after == Held("a1", 1, 2, "R1")
    assert found.problem.workshops[0].fixed is None


def test_a_smaller_room_takes_as_many_as_it_can() -> None:
    problem = fair(
        WISHES,
        count=4,
        rooms=(Room("R0", 5), Room("R1", 1)),
        workshops=(Workshop("a1", speakers=("s",), starts=(2,)),),
        sign_ups=(SignUp("c1", "a1", 2), SignUp("c2", "a1", 2)),
    )
    found = mended(problem, Event(2, close=(Closure("R0"),)))
    assert found.workshops[0].after == Held("a1", 1, 2, "R1")
    assert len(found.answers[1].solution.sign_ups) == 1
    assert found.answers[1].solution.value == 6


def test_a_room_may_be_named_where_something_closes_and_a_stranger_may_not() -> None:
    problem = programme()
    event = event_from_json({"now": 2, "close": [{"place": "R0", "from": 2}]}, problem)
    assert event.close == (Closure("R0", 2),)
    with pytest.raises(BadInput, match=r"close\[0\].place"):
        event_from_json({"now": 2, "close": [{"place": "R9"}]}, problem)


@settings(repeatable, max_examples=80)
@given(any_fair(6, workshops=True), st.data())
def test_every_answer_keeps_every_rule_whatever_happens_to_the_workshops(
    problem: Problem, data: st.DataObject
) -> None:
    before = solve(problem, iterations=300)
    if before.status not in ("optimal", "feasible"):
        return
    parties = [party.id for party in problem.parties]
    doors = [*(p.id for p in problem.places), *(r.id for r in problem.rooms)]
    now = data.draw(st.sampled_from([slot.id for slot in problem.slots]))
    gone = data.draw(st.lists(st.sampled_from(parties), max_size=1))
    away = data.draw(st.lists(st.sampled_from(parties), max_size=2))
    shut = data.draw(st.lists(st.sampled_from(doors), max_size=2))
    event = Event(
        now,
        cancel=tuple(gone),
        close=tuple(Closure(door, now) for door in shut),
        absent=tuple(Absence(party, now, now) for party in away),
    )
    found = repair(problem, before, event)
    for choice in found.answers:
        assert check(found.problem, choice.solution) == []
        assert choice.solution.value <= found.value_bound
    told = {(change.before.workshop, change.before.copy) for change in found.workshops}
    for held in before.workshops:
        stays = held in found.answers[1].solution.workshops
        assert stays != ((held.workshop, held.copy) in told)


def test_a_party_of_two_speaks_and_meets_at_once() -> None:
    people = {"s": Party("s", (2, 2, 2, 2))}
    problem = fair(
        WISHES,
        count=4,
        people=people,
        rooms=(Room("R0", 5),),
        workshops=(Workshop("a1", speakers=("s",)),),
        sign_ups=(),
    )
    before = answer(("v", 3, "T2"), workshops=(Held("a1", 1, 2, "R0"),), value=1)
    found = repair(problem, before, Event(2, close=(Closure("R0", 2, 2),)))
    assert found.workshops[0].after == Held("a1", 1, 3, "R0")
    assert found.answers[1].moves == 0
