# SPDX-License-Identifier: EUPL-1.2
"""The literature's `.dzn` files in and out of a Problem.

Source: B2BSP, Bofill et al., JAIR 74 (2022) 263-301.
"""

import re

from scheduler.problem import Fixed, Party, Place, Problem, Slot, Wish
from scheduler.validate import BadInput

_ENTRY = re.compile(r"(\w+)\s*=\s*([^;]*);")
_NUMBER = re.compile(r"-?\d+")
_SET = re.compile(r"\{([^}]*)\}|(-?\d+)\s*\.\.\s*(-?\d+)")
MORNING, AFTERNOON = 1, 2


def problem_from_dzn(text: str, name: str = "") -> Problem:
    """Read a `.dzn` instance: wishes numbered from 1 in the file's order, slots from 1, mode "all".

    Errors: BadInput naming the wrong entry.
    """
    entries = dict(_ENTRY.findall(re.sub(r"%[^\n]*", "", text)))
    sizes = {
        key: _size(entries, key) for key in ("nBusiness", "nMeetings", "nTables", "nTotalSlots")
    }
    total = sizes["nTotalSlots"]
    morning = _size(entries, "nMorningSlots") if "nMorningSlots" in entries else total
    forbidden = _sets(entries, "forbidden", sizes["nBusiness"])
    return Problem(
        name=name,
        mode="all",
        slots=tuple(Slot(t, block="am" if t <= morning else "pm") for t in range(1, total + 1)),
        places=tuple(Place(number) for number in range(1, sizes["nTables"] + 1)),
        parties=tuple(
            Party(number, tuple(int(t not in away) for t in range(1, total + 1)))
            for number, away in enumerate(forbidden, start=1)
        ),
        wishes=tuple(_wishes(entries, sizes, morning)),
    )


def _size(entries: dict[str, str], key: str) -> int:
    if not re.fullmatch(r"\s*\d+\s*", entries.get(key, "")):
        raise BadInput(key, "a whole number is needed")
    return int(entries[key])


def _sets(entries: dict[str, str], key: str, count: int) -> list[set[int]]:
    if key not in entries:
        return [set() for _ in range(count)]
    found = []
    for braces, first, last in _SET.findall(entries[key]):
        found.append(
            set(range(int(first), int(last) + 1))
            if first
            else {int(n) for n in _NUMBER.findall(braces)}
        )
    if len(found) != count:
        raise BadInput(key, f"has {len(found)} sets, {count} are needed")
    return found


def _wishes(entries: dict[str, str], sizes: dict[str, int], morning: int) -> list[Wish]:
    meetings, total = sizes["nMeetings"], sizes["nTotalSlots"]
    numbers = [int(n) for n in _NUMBER.findall(entries.get("requested", ""))]
    if len(numbers) != 3 * meetings:
        raise BadInput("requested", f"has {len(numbers)} numbers, 3 x {meetings} are needed")
    fixed = [int(n) for n in _NUMBER.findall(entries.get("fixed", ""))] or [0] * meetings
    if len(fixed) != meetings:
        raise BadInput("fixed", f"has {len(fixed)} numbers, {meetings} are needed")
    earlier = _sets(entries, "precedences", meetings)
    halves = {
        MORNING: tuple(range(1, morning + 1)),
        AFTERNOON: tuple(range(morning + 1, total + 1)),
    }
    wishes = []
    for number in range(meetings):
        one, other, session = numbers[3 * number : 3 * number + 3]
        for party in (one, other):
            if not 1 <= party <= sizes["nBusiness"]:
                raise BadInput(f"requested[{number + 1}]", f"there is no participant {party}")
        wishes.append(
            Wish(
                number + 1,
                (one, other),
                slots=halves.get(session),
                fixed=Fixed(fixed[number]) if 1 <= fixed[number] <= total else None,
                after=tuple(sorted(m for m in earlier[number] if 1 <= m <= meetings)),
            )
        )
    return wishes
