# SPDX-License-Identifier: EUPL-1.2
"""Reading a list in a JSON file element by element: no tree of the whole file is ever held."""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

CHARACTERS_AT_ONCE = 1 << 16
LONGEST_ELEMENT = 1 << 22
LIST_OF_OBJECTS = re.compile(r"\[\s*(?=[{\]])")


class NoList(ValueError):
    """The file holds no list, or stops making sense after so many of its elements."""

    def __init__(self, after: int) -> None:
        super().__init__(f"no list after {after} elements")
        self.after = after


def elements(text: TextIO, opening: re.Pattern[str] = LIST_OF_OBJECTS) -> Iterator[Any]:
    """Each element of the list that `opening` finds, decoded alone. Errors: NoList."""
    decode = json.JSONDecoder().raw_decode
    pending = _from_the_list(text, opening)
    count, ended = 0, False
    while True:
        pending = pending.lstrip(" \t\r\n,")
        if pending.startswith("]"):
            return
        try:
            element, end = decode(pending)
        except (json.JSONDecodeError, RecursionError):
            if ended or len(pending) > LONGEST_ELEMENT:
                raise NoList(count) from None
            more = text.read(CHARACTERS_AT_ONCE)
            pending, ended = pending + more, not more
            continue
        pending = pending[end:]
        count += 1
        yield element


def _from_the_list(text: TextIO, opening: re.Pattern[str]) -> str:
    """What follows the bracket that opens the list."""
    pending = ""
    while more := text.read(CHARACTERS_AT_ONCE):
        pending += more
        if found := opening.search(pending):
            return pending[found.end() :]
        pending = pending if pending.strip()[:1] == "[" else pending[-200:]
    raise NoList(0)
