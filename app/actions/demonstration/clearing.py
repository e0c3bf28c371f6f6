# SPDX-License-Identifier: EUPL-1.2
"""Clears a database that holds nothing but a demonstration, so that another can be built."""

from app.actions.base import action
from app.models.base import db
from app.queries import editions
from app.rules.errors import RuleBroken


@action
def clear() -> None:
    """Empty every table. Errors: RuleBroken `real_fair_there` when a fair is no demonstration."""
    if editions.any_real():
        raise RuleBroken("real_fair_there")
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
