# SPDX-License-Identifier: EUPL-1.2
"""One row by its number, as addresses name it."""

from typing import TypeVar

from app.models.base import Base, db
from app.rules.errors import NotFound

R = TypeVar("R", bound=Base)


def one_of(table: type[R], number: int) -> R:
    """The row of this number. Errors: NotFound."""
    row = db.session.get(table, number)
    if row is None:
        raise NotFound
    return row
