# SPDX-License-Identifier: EUPL-1.2
"""Small fairs for the tests of the scheduler: built by hand, and drawn at random with every
optional field.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from scheduler import (
    Fixed,
    Meeting,
    Party,
    Place,
    Problem,
    Room,
    SignUp,
    Slot,
    Solution,
    Wish,
    Workshop,
)

repeatable = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def slots(count: int, blocks: int = 1, days: int = 1) -> tuple[Slot, ...]:
    """Some slots in equal half-days of some days."""
    size = -(-count // (blocks * days))
    return tuple(
        Slot(t + 1, block=f"half {t // size}", day=t // (size * blocks) + 1) for t in range(count)
    )


def fair(wishes: list[Wish], count: int = 3, tables: int = 2, **fields: Any) -> Problem:
    """A fair whose parties are those named in the wishes, one seat each, unless said otherwise."""
    people = fields.pop("people", {})
    names = dict.fromkeys(party for wish in wishes for party in wish.parties)
    parties = tuple(people.get(name) or Party(name, (1,) * count) for name in names)
    fields.setdefault("slots", slots(count))
    fields.setdefault("places", tuple(Place(f"T{n + 1}") for n in range(tables)))
    return Problem(parties=parties, wishes=tuple(wishes), **fields)


def wish(name: str, *parties: str, **fields: Any) -> Wish:
    return Wish(name, parties or ("b1", "c1"), **fields)


def answer(*meetings: tuple[str, int, str | None], **fields: Any) -> Solution:
    """A solution from (wish, slot, place) triples."""
    return Solution("", "feasible", meetings=tuple(Meeting(*m) for m in meetings), **fields)


def instances(*names: str) -> Path:
    """A file of the shared instances, or a skipped test."""
    root = os.environ.get("PASSERELLE_INSTANCES")
    folder = Path(root) if root else Path(__file__).parents[3] / "shared" / "instances"
    if not folder.exists():
        pytest.skip("the shared instances are not beside the project")
    return folder.joinpath(*names)


def now_and_then(
    rare: st.SearchStrategy[Any], usual: Any, *, one_in: int
) -> st.SearchStrategy[Any]:
    """Mostly the usual thing, so that most fairs can be held."""
    return st.integers(1, one_in).flatmap(lambda n: rare if n == one_in else st.just(usual))


@st.composite
def any_party(draw: st.DrawFn, name: str, count: int) -> Party:
    """A party with any of its optional fields in play."""
    seats = draw(st.lists(st.sampled_from([1, 1, 1, 2, 0]), min_size=count, max_size=count))
    busy = draw(now_and_then(st.just((draw(st.integers(1, count)),)), (), one_in=4))
    return Party(
        name,
        tuple(seats),
        role=draw(st.sampled_from(["buyer", "company"])),
        busy=busy,
        max_meetings=draw(now_and_then(st.integers(1, 3), None, one_in=3)),
        max_per_day=draw(now_and_then(st.integers(1, 3), None, one_in=4)),
        max_run=draw(now_and_then(st.integers(1, 3), None, one_in=4)),
        gap=draw(now_and_then(st.just(1), 0, one_in=5)),
        remote=draw(now_and_then(st.just(True), False, one_in=5)),
        needs_accessible=draw(now_and_then(st.just(True), False, one_in=5)),
    )


@st.composite
def any_place(draw: st.DrawFn, name: str, count: int, parties: list[str]) -> Place:
    some = st.lists(st.integers(1, count), min_size=1, unique=True).map(tuple)
    return Place(
        name,
        kind=draw(st.sampled_from(["table", "table", "stand", "room", "video"])),
        slots=draw(now_and_then(some, None, one_in=4)),
        home_of=draw(now_and_then(st.sampled_from(parties), None, one_in=5)),
        accessible=draw(st.booleans()),
        screen=draw(st.booleans()),
    )


@st.composite
def any_wish(draw: st.DrawFn, name: str, count: int, parties: list[str], before: list[Any]) -> Wish:
    size = draw(now_and_then(st.just(3), 2, one_in=5))
    some = st.lists(st.integers(1, count), min_size=1, unique=True).map(tuple)
    return Wish(
        name,
        tuple(draw(st.permutations(parties))[:size]),
        value=draw(st.sampled_from([1, 1, 2, 3, 5, 0.5])),
        slots=draw(now_and_then(some, None, one_in=3)),
        fixed=draw(now_and_then(st.integers(1, count).map(Fixed), None, one_in=25)),
        must=draw(now_and_then(st.just(True), False, one_in=25)),
        after=draw(
            now_and_then(
                st.sampled_from([(v,) for v in before]) if before else st.just(()), (), one_in=5
            )
        ),
    )


@st.composite
def any_fair(draw: st.DrawFn, largest: int = 12, workshops: bool = False) -> Problem:
    """A small fair with every optional field in play."""
    count = draw(st.integers(2, 6))
    names = [f"p{n}" for n in range(draw(st.integers(3, 6)))]
    wishes: list[Wish] = []
    for number in range(draw(st.integers(1, largest))):
        before = [item.id for item in wishes]
        wishes.append(draw(any_wish(f"w{number}", count, names, before)))
    pair = st.permutations(names).map(lambda p: ((p[0], p[1]),))
    never = draw(now_and_then(pair, (), one_in=4))
    fields: dict[str, Any] = {}
    if workshops:
        fields = {
            "rooms": (Room("R1", draw(st.integers(0, 3))),),
            "workshops": tuple(
                Workshop(
                    f"a{n}",
                    length=draw(st.integers(1, 2)),
                    seats=draw(st.none() | st.integers(1, 3)),
                    speakers=tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
                    copies=draw(st.integers(1, 2)),
                )
                for n in range(draw(st.integers(1, 2)))
            ),
            "sign_ups": tuple(
                SignUp(draw(st.sampled_from(names)), "a0", draw(st.integers(1, 4)))
                for _ in range(draw(st.integers(0, 5)))
            ),
        }
    return Problem(
        slots=slots(count, draw(st.integers(1, 2)), draw(st.integers(1, 2))),
        places=tuple(
            draw(any_place(f"T{n}", count, names)) for n in range(draw(st.integers(1, 4)))
        ),
        parties=tuple(draw(any_party(name, count)) for name in names),
        wishes=tuple(wishes),
        never=tuple(never),
        **fields,
    )
