# SPDX-License-Identifier: EUPL-1.2
"""Filters of a list live in the address: what of it can be used, the rest is left out."""

from enum import StrEnum
from typing import TypeVar

from flask import request

K = TypeVar("K", bound=StrEnum)


def one_of(kind: type[K], name: str) -> K | None:
    """The member asked for under this name, None when there is none such."""
    asked = request.args.get(name, "")
    return kind(asked) if asked in {member.value for member in kind} else None


def text(name: str = "q") -> str:
    """The words that were typed."""
    return request.args.get(name, "").strip()[:100]


def page_number() -> int:
    """The page asked for, the first when it is no number."""
    asked = request.args.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
