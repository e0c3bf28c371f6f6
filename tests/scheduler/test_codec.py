# SPDX-License-Identifier: EUPL-1.2
"""Files: what is wrong is said in one sentence with the path of the field."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scheduler import BadInput, event_from_json, problem_from_json, problem_to_json, sample
from scheduler.b2bsp import problem_from_dzn
from scheduler.codec import digest_of, read_problem
from scheduler.validate import schema
from tests.scheduler.fairs import fair, wish

GOOD = problem_to_json(sample(20))
DZN = """nBusiness = 3; nMeetings = 2; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [|1, 2, 1, |1, 3, 3|];
forbidden = [{0}, {}, {1, 4}];
fixed = [0, 3];
precedences = [{}, {1}];"""


def damaged(path: list[Any], value: Any) -> dict[str, Any]:
    document = copy.deepcopy(GOOD)
    target: Any = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (["format"], "other@1", "format"),
        (["wishes", 3, "value"], 0, "wishes[3].value"),
        (["wishes", 3, "value"], "much", "wishes[3].value"),
        (["wishes", 3, "colour"], "red", "wishes[3]"),
        (["wishes", 3, "parties"], ["b1", "nobody"], "wishes[3].parties[1]"),
        (["wishes", 3, "slots"], [1, 999], "wishes[3].slots[1]"),
        (["wishes", 3, "fixed"], {"slot": 999}, "wishes[3].fixed.slot"),
        (["wishes", 3, "after"], ["w999"], "wishes[3].after[0]"),
        (["wishes", 3, "id"], "w1", "wishes[3].id"),
        (["parties", 1, "seats"], [1], "parties[1].seats"),
        (["places", 0, "home_of"], "nobody", "places[0].home_of"),
        (["never"], [["b1", "nobody"]], "never[0]"),
        (["mode"], "fast", "mode"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(path: list[Any], value: Any, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        problem_from_json(damaged(path, value))
    assert caught.value.path == field
    assert "\n" not in str(caught.value)


def test_a_missing_field_is_told() -> None:
    document = {name: items for name, items in GOOD.items() if name != "slots"}
    with pytest.raises(BadInput, match="slots"):
        problem_from_json(document)


def test_the_schemas_are_shipped_with_the_package() -> None:
    assert {schema(name)["title"] for name in ("problem", "solution", "event")} == {
        "A fair to schedule",
        "A schedule for a fair",
        "What happens during the fair",
    }


def test_a_literature_file_is_read_as_its_paper_means_it() -> None:
    problem = problem_from_dzn(DZN)
    assert problem.mode == "all"
    assert [w.id for w in problem.wishes] == [1, 2]
    assert problem.wishes[0].slots == (1, 2)
    assert problem.wishes[1].fixed is not None and problem.wishes[1].fixed.slot == 3
    assert problem.wishes[1].after == (1,)
    assert problem.parties[2].seats == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("nTables = 1", "nTables = one", "nTables"),
        ("|1, 3, 3|", "|1, 9, 3|", "requested[2]"),
        ("[0, 3]", "[0]", "fixed"),
        ("{1, 4}", "", "forbidden"),
    ],
)
def test_a_wrong_literature_file_names_its_entry(old: str, new: str, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        problem_from_dzn(DZN.replace(old, new))
    assert caught.value.path == field


def test_a_file_that_is_not_json_or_not_there_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{not json")
    with pytest.raises(BadInput, match="not JSON"):
        read_problem(bad)
    with pytest.raises(BadInput, match="cannot be read"):
        read_problem(tmp_path / "absent.json")


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "fair.json"
    file.write_text(json.dumps(GOOD))
    assert len(digest_of(read_problem(file))) == 64
    assert digest_of(read_problem(file)) != digest_of(problem_from_json(GOOD))


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"now": 99}, "now"),
        ({"now": 1, "cancel": ["nobody"]}, "cancel[0]"),
        ({"now": 1, "close": [{"place": "T9"}]}, "close[0].place"),
        ({"now": 1, "absent": [{"party": "b1", "from": 99}]}, "absent[0].from"),
        ({"now": 1, "late": [{"id": "new", "seats": [1]}]}, "parties[2].seats"),
        ({"soon": 1}, ""),
    ],
)
def test_a_wrong_event_names_its_field(document: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        event_from_json(document, fair([wish("w1")]))
    assert caught.value.path == field
