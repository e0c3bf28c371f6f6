# SPDX-License-Identifier: EUPL-1.2
"""Named lists of organisations that colleagues keep, and how long they may grow."""

from app.rules.errors import RuleBroken

MOST_LISTS = 50
MOST_KEPT = 500
LONGEST_NOTE = 2000


def require_room_for_list(there: int) -> None:
    """One list more fits. Errors: RuleBroken `lists_full`."""
    if there >= MOST_LISTS:
        raise RuleBroken("lists_full", field="name", most=MOST_LISTS)


def require_room_in_list(there: int, *, name: str) -> None:
    """One organisation more fits into the list. Errors: RuleBroken `list_full`."""
    if there >= MOST_KEPT:
        raise RuleBroken("list_full", field="shortlist", name=name, most=MOST_KEPT)


def require_new_name(name: str, *, others: frozenset[str]) -> None:
    """No other list of the organisation is called so. Errors: RuleBroken `list_there`."""
    if name.casefold() in {other.casefold() for other in others}:
        raise RuleBroken("list_there", field="name", name=name)
