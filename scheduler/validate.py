# SPDX-License-Identifier: EUPL-1.2
"""Refuse a wrong file with one sentence that gives the path of the wrong field and how to mend
it.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from scheduler.problem import Id, Problem
from scheduler.shapes import Test, quick


class BadInput(ValueError):
    """A file that cannot be read as asked: `path` names the field, `reason` says how to mend it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of "problem", "solution" or "event"."""
    text = files("scheduler").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


@cache
def _quick(name: str) -> Test:
    return quick(schema(name))


def require_schema(name: str, document: Any) -> None:
    """Errors: BadInput at the first field that breaks the schema."""
    if _quick(name)([document]):
        return
    error = best_match(_validator(name).iter_errors(document))
    if error is not None:
        raise BadInput(dotted(error.absolute_path), error.message[:200])


def dotted(path: Iterable[str | int]) -> str:
    """`["wishes", 3, "value"]` → `wishes[3].value`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def require_sense(problem: Problem) -> None:
    """Errors: BadInput where an id is unknown or used twice, or a list has the wrong length."""
    for name in ("slots", "places", "parties", "wishes", "rooms", "workshops"):
        _require_unique(name, [item.id for item in getattr(problem, name)])
    _require_parties(problem)
    _require_wishes(problem)
    _require_places(problem)
    _require_workshops(problem)
    for number, pair in enumerate(problem.never):
        for party in pair:
            require_known(f"never[{number}]", party, problem.party_by_id, "party")


def _require_unique(name: str, ids: Sequence[Id]) -> None:
    seen: set[Id] = set()
    for number, key in enumerate(ids):
        if key in seen:
            raise BadInput(f"{name}[{number}].id", f"{key!r} is used twice; give each its own id")
        seen.add(key)


def require_known(path: str, key: Id, known: Iterable[Id], kind: str) -> None:
    """Errors: BadInput where a name is not among those known."""
    if key not in known:
        raise BadInput(path, f"there is no {kind} {key!r}")


def _require_slots(path: str, slots: Iterable[int] | None, problem: Problem) -> None:
    for number, slot in enumerate(slots or ()):
        require_known(f"{path}[{number}]", slot, problem.slot_index, "slot")


def _require_parties(problem: Problem) -> None:
    for number, party in enumerate(problem.parties):
        path = f"parties[{number}]"
        if len(party.seats) != len(problem.slots):
            raise BadInput(
                f"{path}.seats",
                f"has {len(party.seats)} numbers for {len(problem.slots)} slots; give one per slot",
            )
        _require_slots(f"{path}.busy", party.busy, problem)


def _require_wishes(problem: Problem) -> None:
    for number, wish in enumerate(problem.wishes):
        path = f"wishes[{number}]"
        for place, party in enumerate(wish.parties):
            require_known(f"{path}.parties[{place}]", party, problem.party_by_id, "party")
        _require_slots(f"{path}.slots", wish.slots, problem)
        for place, other in enumerate(wish.after):
            require_known(f"{path}.after[{place}]", other, problem.wish_by_id, "wish")
        if wish.fixed is not None:
            require_known(f"{path}.fixed.slot", wish.fixed.slot, problem.slot_index, "slot")
            if wish.fixed.place is not None:
                require_known(f"{path}.fixed.place", wish.fixed.place, problem.place_by_id, "place")


def _require_places(problem: Problem) -> None:
    for name in ("places", "rooms"):
        for number, place in enumerate(getattr(problem, name)):
            _require_slots(f"{name}[{number}].slots", place.slots, problem)
    for number, place in enumerate(problem.places):
        if place.home_of is not None:
            require_known(f"places[{number}].home_of", place.home_of, problem.party_by_id, "party")


def _require_workshops(problem: Problem) -> None:
    for number, workshop in enumerate(problem.workshops):
        path = f"workshops[{number}]"
        _require_slots(f"{path}.starts", workshop.starts, problem)
        for place, room in enumerate(workshop.rooms or ()):
            require_known(f"{path}.rooms[{place}]", room, problem.room_by_id, "room")
        for place, speaker in enumerate(workshop.speakers):
            require_known(f"{path}.speakers[{place}]", speaker, problem.party_by_id, "party")
        if workshop.fixed is not None:
            require_known(f"{path}.fixed.slot", workshop.fixed.slot, problem.slot_index, "slot")
            if workshop.fixed.room is not None:
                require_known(f"{path}.fixed.room", workshop.fixed.room, problem.room_by_id, "room")
    for number, sign_up in enumerate(problem.sign_ups):
        require_known(f"sign_ups[{number}].party", sign_up.party, problem.party_by_id, "party")
        require_known(
            f"sign_ups[{number}].workshop", sign_up.workshop, problem.workshop_by_id, "workshop"
        )
