# SPDX-License-Identifier: EUPL-1.2
"""Who wrote each field of a listing, so that no import ever overwrites what people typed."""

from collections.abc import Mapping
from typing import Any

PERSON = "person:"
TYPED = "typed"

Authors = Mapping[str, Mapping[str, Any]]


def person(user_id: int) -> str:
    """The author of what this person typed."""
    return f"{PERSON}{user_id}"


def number_of(author: str) -> int | None:
    """The id of the person who is this author, None when it is a source."""
    return int(author.removeprefix(PERSON)) if author.startswith(PERSON) else None


def author_of(authors: Authors, field: str) -> str:
    """Who wrote a field last: a person, the code of a source, or "" when nobody did."""
    return str(authors.get(field, {}).get("by", ""))


def is_typed(authors: Authors, field: str) -> bool:
    """Whether a person wrote it, known or not yet: no import may touch it then."""
    author = author_of(authors, field)
    return author == TYPED or author.startswith(PERSON)
