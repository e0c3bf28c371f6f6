# SPDX-License-Identifier: EUPL-1.2
"""Reasons, unblocks and prices."""

from typing import Any

import pytest

from scheduler import Meeting, Party, Place, Unplaced, explain, solve, what_if
from scheduler.problem import Problem
from tests.scheduler.fairs import fair, wish

CROWD = [wish(f"w{n}", "b1", f"c{n}", value=5 - n) for n in range(3)]
LAST = wish("w2", "b2", "c9")


def reason(problem: Problem, name: str) -> Unplaced:
    found = explain(problem, solve(problem, iterations=1000), name)
    assert isinstance(found, Unplaced)
    return found


@pytest.mark.parametrize(
    ("problem", "cause", "change"),
    [
        (fair(CROWD, count=2), "party_full", "seat"),
        (fair(CROWD, people={"b1": Party("b1", (1, 1, 1), max_meetings=2)}), "quota", "quota"),
        (fair([*CROWD[:2], LAST], count=2, tables=1, floors={"": 0}), "no_place", "drop"),
        (fair([wish("w2")], never=(("b1", "c1"),)), "never", "never"),
        (fair([wish("w2")], people={"b1": Party("b1", (0, 0, 0))}), "no_common_slot", "seat"),
        (fair([wish("w2")], places=(Place("T1", home_of="c1"), Place("S", home_of="x"))), "", ""),
    ],
)
def test_each_cause_is_told_with_its_cheapest_change(
    problem: Problem, cause: str, change: str
) -> None:
    found: Any = explain(problem, solve(problem, iterations=1000), "w2")
    if not cause:
        assert isinstance(found, Meeting)
        return
    assert found.reason == cause
    assert found.unblock is not None
    assert change in {item.kind for item in found.unblock.changes} | {"drop"}


def test_a_full_party_names_the_wishes_in_the_way() -> None:
    found = reason(fair(CROWD, count=2), "w2")
    assert found.parties == ("b1",)
    assert set(found.blocking) == {"w0", "w1"}


def test_a_wish_that_is_outranked_is_told_by_whom() -> None:
    wishes = [
        wish("w1", "b1", "c1", value=5, slots=(1,)),
        wish("w2", "b2", "c2", value=5, slots=(2,)),
        wish("w3", "b1", "c2"),
    ]
    found = reason(fair(wishes, count=2), "w3")
    assert found.reason == "outranked"
    assert set(found.blocking) == {"w1", "w2"}


def test_a_placed_wish_is_shown_where_it_is() -> None:
    problem = fair([wish("w1")], count=1, tables=1)
    assert explain(problem, solve(problem, iterations=10), "w1") == Meeting("w1", 1, "T1")
    with pytest.raises(KeyError):
        explain(problem, solve(problem, iterations=10), "w9")


def test_one_more_table_or_slot_has_its_proven_price() -> None:
    wishes = [wish(f"w{n}", f"b{n}", f"c{n}", value=n + 1) for n in range(4)]
    problem = fair(wishes, count=1, tables=2)
    assert what_if(problem).gain == 0
    assert what_if(problem, extra_places=1).gain == 2
    assert what_if(problem, extra_slots=1).gain == 3
    assert what_if(problem, extra_places=2, extra_slots=1).value_bound == 10
