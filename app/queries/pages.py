# SPDX-License-Identifier: EUPL-1.2
"""A long list, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func

from app.models.base import db

T = TypeVar("T")
LINES = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some lines of a list. number: from 1. total: lines in the whole list."""

    lines: Sequence[T]
    number: int
    total: int
    size: int = LINES

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))


def page_of_list(lines: Sequence[T], number: int, size: int = LINES) -> Page[T]:
    """One page of what was read already."""
    start = (number - 1) * size
    return Page(lines[start : start + size], number, len(lines), size)


def page_of(statement: Select[T], number: int, size: int = LINES) -> Page[T]:
    """One page of what a statement finds; two queries."""
    counted: Select[Any] = statement.order_by(None).with_only_columns(
        func.count(), maintain_column_froms=True
    )
    total = db.session.scalar(counted) or 0
    lines = db.session.scalars(statement.limit(size).offset((number - 1) * size)).all()
    return Page(lines, number, total, size)
