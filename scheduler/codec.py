# SPDX-License-Identifier: EUPL-1.2
"""JSON in and out: problems, solutions and events, in the formats passerelle/…@1."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scheduler import b2bsp
from scheduler.event import Absence, Closure, Event
from scheduler.problem import (
    Fixed,
    FixedStart,
    Party,
    Place,
    Problem,
    Room,
    SignUp,
    Slot,
    Wish,
    Workshop,
)
from scheduler.solution import (
    Attendance,
    Change,
    Fairness,
    Held,
    Meeting,
    Solution,
    Unblock,
    Unplaced,
)
from scheduler.validate import BadInput, require_known, require_schema, require_sense

PROBLEM = "passerelle/problem@1"
SOLUTION = "passerelle/solution@1"


def party_from_json(item: Mapping[str, Any]) -> Party:
    """Read one party from its JSON object, already checked against the schema."""
    return Party(**{**item, "seats": tuple(item["seats"]), "busy": tuple(item.get("busy", ()))})


def wish_from_json(item: Mapping[str, Any]) -> Wish:
    """Read one wish from its JSON object, already checked against the schema."""
    fixed = item.get("fixed")
    return Wish(
        **{
            **item,
            "parties": tuple(item["parties"]),
            "slots": _some(item.get("slots")),
            "after": tuple(item.get("after", ())),
            "fixed": Fixed(**fixed) if fixed else None,
        }
    )


def _workshop(item: Mapping[str, Any]) -> Workshop:
    fixed = item.get("fixed")
    return Workshop(
        **{
            **item,
            "starts": _some(item.get("starts")),
            "rooms": _some(item.get("rooms")),
            "speakers": tuple(item.get("speakers", ())),
            "fixed": FixedStart(**fixed) if fixed else None,
        }
    )


def _some(items: Any) -> tuple[Any, ...] | None:
    return None if items is None else tuple(items)


def problem_from_json(document: Any, digest: str = "") -> Problem:
    """Read a problem from its JSON document (already parsed).

    Errors: BadInput with the path of the wrong field.
    """
    require_schema("problem", document)
    problem = Problem(
        name=document.get("name", ""),
        mode=document.get("mode", "optimise"),
        slots=tuple(
            Slot(**{**item, "block": str(item.get("block", "1"))}) for item in document["slots"]
        ),
        places=tuple(
            Place(**{**item, "slots": _some(item.get("slots"))}) for item in document["places"]
        ),
        parties=tuple(party_from_json(item) for item in document["parties"]),
        wishes=tuple(wish_from_json(item) for item in document["wishes"]),
        never=tuple((one, other) for one, other in document.get("never", ())),
        rooms=tuple(
            Room(**{**item, "slots": _some(item.get("slots"))})
            for item in document.get("rooms", ())
        ),
        workshops=tuple(_workshop(item) for item in document.get("workshops", ())),
        sign_ups=tuple(SignUp(**item) for item in document.get("sign_ups", ())),
        floors=dict(document.get("floors", {})),
        digest=digest,
    )
    require_sense(problem)
    return problem


def bare(value: Any) -> Any:
    """A dataclass as JSON values, without the fields that keep their default."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {}
        for field in dataclasses.fields(value):
            content = getattr(value, field.name)
            if content != field.default:
                kept[field.name] = bare(content)
        return kept
    if isinstance(value, list | tuple):
        return [bare(item) for item in value]
    return value


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Write a problem as a JSON document."""
    document: dict[str, Any] = {"format": PROBLEM, "name": problem.name, "mode": problem.mode}
    for name in ("slots", "places", "parties", "wishes", "never", "rooms", "workshops", "sign_ups"):
        items = getattr(problem, name)
        if items or name in ("slots", "places", "parties", "wishes"):
            document[name] = [bare(item) for item in items]
    for slot, item in zip(problem.slots, document["slots"], strict=True):
        item.update(block=slot.block, day=slot.day)
    if problem.floors:
        document["floors"] = dict(problem.floors)
    return document


def digest_of(problem: Problem) -> str:
    """sha256 of the problem's file, or of its canonical JSON when it was made in memory."""
    if problem.digest:
        return problem.digest
    text = json.dumps(
        problem_to_json(problem), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def solution_to_json(solution: Solution) -> dict[str, Any]:
    """Write a solution as a JSON document."""
    document: dict[str, Any] = {"format": SOLUTION}
    for field in dataclasses.fields(solution):
        content = getattr(solution, field.name)
        if content is not None:
            document[field.name] = (
                dataclasses.asdict(content) if field.name == "fairness" else bare(content)
            )
    return document


def solution_from_json(document: Any) -> Solution:
    """Read a solution from its JSON document.

    Errors: BadInput with the path of the wrong field.
    """
    require_schema("solution", document)
    read = {name: content for name, content in document.items() if name != "format"}
    read.setdefault("problem", "")
    read.setdefault("status", "feasible")
    read["meetings"] = tuple(Meeting(**item) for item in document["meetings"])
    read["unplaced"] = tuple(_unplaced(item) for item in document.get("unplaced", ()))
    read["workshops"] = tuple(Held(**item) for item in document.get("workshops", ()))
    read["sign_ups"] = tuple(Attendance(**item) for item in document.get("sign_ups", ()))
    read["uncovered"] = tuple(document.get("uncovered", ()))
    read["explanation"] = tuple(document.get("explanation", ()))
    read["fairness"] = Fairness(**document.get("fairness", {}))
    return Solution(**read)


def _unplaced(item: Mapping[str, Any]) -> Unplaced:
    unblock = item.get("unblock")
    if unblock is not None:
        unblock = Unblock(
            **{**unblock, "changes": tuple(Change(**change) for change in unblock["changes"])}
        )
    return Unplaced(
        item["wish"],
        item["reason"],
        tuple(item.get("parties", ())),
        tuple(item.get("blocking", ())),
        unblock,
    )


def event_from_json(document: Any, problem: Problem) -> Event:
    """Read an event of a fair.

    Errors: BadInput with the path of the wrong field.
    """
    require_schema("event", document)

    def spans(name: str, what: str, kind: Any) -> tuple[Any, ...]:
        return tuple(
            kind(item[what], item.get("from"), item.get("until")) for item in document.get(name, ())
        )

    event = Event(
        now=document["now"],
        cancel=tuple(document.get("cancel", ())),
        close=spans("close", "place", Closure),
        late=tuple(party_from_json(item) for item in document.get("late", ())),
        wishes=tuple(wish_from_json(item) for item in document.get("wishes", ())),
        absent=spans("absent", "party", Absence),
        theta=document.get("theta", 0),
    )
    require_event_sense(event, problem)
    return event


def require_event_sense(event: Event, problem: Problem) -> None:
    """Errors: BadInput where the event speaks of what the fair does not have."""
    require_known("now", event.now, problem.slot_index, "slot")
    for name, field, known in (
        ("close", "place", problem.place_by_id.keys() | problem.room_by_id.keys()),
        ("absent", "party", problem.party_by_id),
    ):
        for number, span in enumerate(getattr(event, name)):
            require_known(f"{name}[{number}].{field}", getattr(span, field), known, field)
            for edge, slot in (("from", span.first), ("until", span.last)):
                if slot is not None:
                    require_known(f"{name}[{number}].{edge}", slot, problem.slot_index, "slot")
    for number, party in enumerate(event.cancel):
        require_known(f"cancel[{number}]", party, problem.party_by_id, "party")
    require_sense(
        dataclasses.replace(
            problem,
            parties=(*problem.parties, *event.late),
            wishes=(*problem.wishes, *event.wishes),
        )
    )


def read_json(path: Path) -> tuple[Any, str]:
    """A JSON file parsed, with its sha256.

    Errors: BadInput when it cannot be opened or is not JSON.
    """
    content = _content(path)
    try:
        return json.loads(content), hashlib.sha256(content).hexdigest()
    except (ValueError, UnicodeDecodeError) as error:
        raise BadInput(path.name, f"this is not JSON in UTF-8 ({error})") from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(str(path), f"cannot be read ({error.strerror})") from error


def read_problem(path: Path) -> Problem:
    """Read a problem file: `.json`, or `.dzn` of the literature.

    Errors: BadInput.
    """
    if path.suffix == ".dzn":
        content = _content(path)
        problem = b2bsp.problem_from_dzn(content.decode("utf-8", "replace"), path.stem)
        return dataclasses.replace(problem, digest=hashlib.sha256(content).hexdigest())
    document, digest = read_json(path)
    return problem_from_json(document, digest)


def read_solution(path: Path) -> Solution:
    """Read a solution file.

    Errors: BadInput.
    """
    return solution_from_json(read_json(path)[0])
