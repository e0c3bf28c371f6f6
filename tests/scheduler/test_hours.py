# SPDX-License-Identifier: EUPL-1.2
"""One more hour of somebody: its proven price, and who is worth it most."""

import dataclasses
import json
from pathlib import Path

import pytest

from scheduler import Party, Problem, dearest_hours, price_of_hour, problem_to_json, solve
from scheduler.commands import main
from scheduler.hours import turns_of_an_hour, with_hour
from tests.scheduler.fairs import fair, slots, wish


def a_buyer_in_demand() -> Problem:
    """b1 is there for one slot and wanted by three; b2 has time to spare."""
    wishes = [wish(f"w{n}", "b1", f"c{n}", value=n) for n in (1, 2, 3)]
    people = {"b1": Party("b1", (0, 0, 0, 1))}
    return fair([*wishes, wish("w4", "b2", "c1")], count=4, tables=4, people=people)


def test_the_buyer_in_demand_is_named_first_with_what_an_hour_brings() -> None:
    found = dearest_hours(a_buyer_in_demand())
    assert [(one.party, one.gain) for one in found] == [("b1", 3)]
    assert price_of_hour(a_buyer_in_demand(), "b1") == found[0]


def test_an_hour_of_somebody_with_time_to_spare_is_worth_nothing() -> None:
    assert price_of_hour(a_buyer_in_demand(), "b2").gain == 0
    with pytest.raises(KeyError):
        price_of_hour(a_buyer_in_demand(), "nobody")


def test_the_price_is_a_limit_that_the_solver_can_reach() -> None:
    problem = a_buyer_in_demand()
    price = price_of_hour(problem, "b1")
    answer = solve(with_hour(problem, "b1", price.slots), iterations=500)
    assert answer.value == price.value_bound


def test_an_hour_holds_as_many_slots_as_their_length_says() -> None:
    problem = a_buyer_in_demand()
    assert turns_of_an_hour(problem) == 3
    timed = dataclasses.replace(slots(1)[0], start="2027-11-25T09:00", end="2027-11-25T09:30")
    assert turns_of_an_hour(dataclasses.replace(problem, slots=(timed, *problem.slots[1:]))) == 2


def test_the_command_tells_one_hour_or_the_dearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fair.json"
    file.write_text(json.dumps(problem_to_json(a_buyer_in_demand())))
    assert main(["what-if", str(file), "--hour", "b1"]) == 0
    assert "one more hour of b1 (slots 1-3)" in capsys.readouterr().out
    assert main(["what-if", str(file), "--hours", "2"]) == 0
    assert "worth at most 3" in capsys.readouterr().out
    assert main(["what-if", str(file), "--hour", "b9"]) == 2
    assert "no party 'b9'" in capsys.readouterr().err
