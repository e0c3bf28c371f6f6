# SPDX-License-Identifier: EUPL-1.2
"""Clears a database that holds nothing but a demonstration, so that another can be built."""

from app.actions.base import action
from app.models.base import db
from app.models.directory import ListingChange
from app.queries import editions
from app.rules.errors import RuleBroken


@action
def clear() -> None:
    """Empty every table of the fair.

    Errors: RuleBroken `real_fair_there` when a fair is no demonstration.
    """
    if editions.any_real():
        raise RuleBroken("real_fair_there")
    for table in reversed(db.metadata.sorted_tables):
        if table is not ListingChange.__table__:  # it tells the search what was emptied
            db.session.execute(table.delete())
