# SPDX-License-Identifier: EUPL-1.2
"""A quick yes for documents that keep a JSON Schema: whole columns of values are looked at
together, where a validator visits them one by one.

Only a yes counts. Whatever else it says, jsonschema has to be asked, and names the fault.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any

Column = list[Any]  # the values of one field, in every object of the document that has it
Test = Callable[[Column], bool]

TYPES: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,  # 1.0 is one too for JSON Schema: that is left to jsonschema
    "boolean": bool,
    "null": type(None),
}
TOLD = {"$schema", "title", "description"}  # for people: nothing to test


def quick(schema: dict[str, Any]) -> Test:
    """The test of a column: True only if every value in it keeps the schema."""
    tests = [_KEYWORDS.get(word, _never)(schema) for word in schema if word not in TOLD]
    return lambda column: all(test(column) for test in tests)


def _never(_: dict[str, Any]) -> Test:
    """A keyword we do not know: no quick yes."""
    return lambda _: False


def _of_type(column: Column, *types: type) -> Column:
    return [value for value in column if type(value) in types]


def _type(schema: dict[str, Any]) -> Test:
    names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    known = {TYPES[name] for name in names if name in TYPES}
    known |= {int, float} if "number" in names else set()
    return lambda column: known.issuperset(map(type, column))


def _one_of(words: list[Any]) -> Test:
    known = {word for word in words if isinstance(word, str)}
    return lambda column: {str}.issuperset(map(type, column)) and known.issuperset(column)


def _least(schema: dict[str, Any]) -> Test:
    least = schema["minimum"]
    return lambda column: min(_of_type(column, int, float), default=least) >= least


def _above(schema: dict[str, Any]) -> Test:
    edge = schema["exclusiveMinimum"]
    return lambda column: min(_of_type(column, int, float), default=edge + 1) > edge


def _shortest(schema: dict[str, Any]) -> Test:
    least = schema["minItems"]
    return lambda column: min(map(len, _of_type(column, list)), default=least) >= least


def _longest(schema: dict[str, Any]) -> Test:
    most = schema["maxItems"]
    return lambda column: max(map(len, _of_type(column, list)), default=most) <= most


def _items(schema: dict[str, Any]) -> Test:
    test = quick(schema["items"])
    return lambda column: test(list(chain.from_iterable(_of_type(column, list))))


def _unique(schema: dict[str, Any]) -> Test:
    """No twice the same in a list, of words and whole numbers only."""

    def test(column: Column) -> bool:
        lists = _of_type(column, list)
        plain = {str, int}.issuperset(map(type, chain.from_iterable(lists)))
        return plain and all(len(set(items)) == len(items) for items in lists)

    return test if schema["uniqueItems"] is True else lambda _: False


def _required(schema: dict[str, Any]) -> Test:
    def test(column: Column) -> bool:
        objects = _of_type(column, dict)
        return all(all(name in item for item in objects) for name in schema["required"])

    return test


def _properties(schema: dict[str, Any]) -> Test:
    tests = {name: quick(inner) for name, inner in schema["properties"].items()}

    def test(column: Column) -> bool:
        objects = _of_type(column, dict)
        return all(
            inner([item[name] for item in objects if name in item]) for name, inner in tests.items()
        )

    return test


def _others(schema: dict[str, Any]) -> Test:
    named, others = set(schema.get("properties", ())), schema["additionalProperties"]
    if others is False:
        return lambda column: named.issuperset(chain.from_iterable(_of_type(column, dict)))
    inner = quick(others) if isinstance(others, dict) else _never(schema)
    return lambda column: inner(
        [
            value
            for item in _of_type(column, dict)
            for name, value in item.items()
            if name not in named
        ]
    )


_KEYWORDS: dict[str, Callable[[dict[str, Any]], Test]] = {
    "type": _type,
    "enum": lambda schema: _one_of(schema["enum"]),
    "const": lambda schema: _one_of([schema["const"]]),
    "minimum": _least,
    "exclusiveMinimum": _above,
    "minItems": _shortest,
    "maxItems": _longest,
    "uniqueItems": _unique,
    "items": _items,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _others,
}
