# SPDX-License-Identifier: EUPL-1.2
"""The quick yes and jsonschema never disagree on a document that is let in."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scheduler import BadInput, problem_from_json, problem_to_json, solution_to_json, solve
from scheduler.shapes import quick
from scheduler.validate import schema
from tests.scheduler.fairs import any_fair, instances, repeatable

NAMES = ("problem", "solution", "event")
scraps = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.floats(allow_nan=True, width=16)
    | st.sampled_from(["", "w1", "table", "seat", "passerelle/problem@1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "slot", "seats", "kind"]), inner, max_size=3)
    ),
    max_leaves=5,
)
AN_EVENT: dict[str, Any] = {
    "now": 2,
    "cancel": ["c1", 7],
    "close": [{"place": "T1", "from": 2}, {"place": "T2"}],
    "late": [{"id": "late", "seats": [1, 0, 2], "role": "buyer", "remote": True}],
    "wishes": [{"id": "x", "parties": ["b1", "late"], "value": 2.5, "fixed": {"slot": 3}}],
    "absent": [{"party": "b2", "from": 2, "until": 3}],
    "theta": 0.5,
}


def places_in(document: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    keys = document.items() if isinstance(document, dict) else enumerate(document)
    found = []
    for key, value in list(keys):
        found.append((document, key))
        if isinstance(value, dict | list):
            found += places_in(value)
    return found


def spoil(draw: st.DrawFn, document: Any) -> Any:
    """The same document with something replaced, taken out or added, once or twice."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 2))):
        where = places_in(document)
        if not where:
            break
        holder, key = draw(st.sampled_from(where))
        deed = draw(st.sampled_from(["replace", "replace", "take out", "add", "twice"]))
        if deed == "replace":
            holder[key] = draw(scraps)
        elif deed == "take out":
            del holder[key]
        elif isinstance(holder, list):
            holder.append(draw(scraps) if deed == "add" else copy.deepcopy(holder[key]))
        else:
            holder[draw(st.sampled_from(["value", "slots", "must", "nonsense"]))] = draw(scraps)
    return document


@st.composite
def any_document(draw: st.DrawFn) -> tuple[str, Any]:
    name = draw(st.sampled_from(NAMES))
    if name == "event":
        return name, AN_EVENT
    problem = draw(any_fair(4, workshops=True))
    if name == "problem":
        return name, problem_to_json(problem)
    return name, solution_to_json(solve(problem, iterations=50))


@st.composite
def any_spoiled_document(draw: st.DrawFn) -> tuple[str, Any]:
    name, document = draw(any_document())
    return name, spoil(draw, json.loads(json.dumps(document)))


@settings(repeatable, max_examples=150)
@given(any_document())
def test_what_the_scheduler_writes_has_a_quick_yes(named: tuple[str, Any]) -> None:
    name, document = named
    assert quick(schema(name))([json.loads(json.dumps(document))])


@settings(repeatable, max_examples=150)
@given(any_spoiled_document())
def test_a_quick_yes_is_never_given_to_what_jsonschema_refuses(named: tuple[str, Any]) -> None:
    name, document = named
    if quick(schema(name))([document]):
        assert Draft202012Validator(schema(name)).is_valid(document)


@pytest.mark.parametrize(
    "rule",
    [{"pattern": "^w"}, {"type": "string", "format": "date"}, {"anyOf": [{"type": "string"}]}],
)
def test_a_rule_it_does_not_know_never_has_a_quick_yes(rule: dict[str, Any]) -> None:
    assert not quick(rule)(["w1"])


def test_a_whole_number_written_as_a_fraction_is_let_in_as_before() -> None:
    """JSON Schema counts 1.0 among the integers: the quick answer is no, the last word is yes."""
    document = {"now": 1.0}
    assert not quick(schema("event"))([document])
    assert Draft202012Validator(schema("event")).is_valid(document)


def test_a_wrong_field_is_still_named() -> None:
    document = json.loads(instances("fairs", "fair-S-1.json").read_text(encoding="utf-8"))
    assert quick(schema("problem"))([document])
    document["wishes"][7]["value"] = 0
    with pytest.raises(BadInput, match=r"wishes\[7\].value"):
        problem_from_json(document)
