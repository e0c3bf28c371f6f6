# SPDX-License-Identifier: EUPL-1.2
"""What can be printed for a whole edition, and when."""

from enum import StrEnum

from app.rules.errors import RuleBroken


class PaperKind(StrEnum):
    """The batches of paper of an edition; each value is the kind of the job that prints it."""

    BADGES = "print_badges"
    AGENDAS = "print_agendas"
    TABLES = "print_tables"


def require_published(version: int) -> None:
    """Errors: RuleBroken `nothing_published` before the first version of the schedule."""
    if version < 1:
        raise RuleBroken("nothing_published")


def require_people(count: int) -> None:
    """Errors: RuleBroken `nobody_to_print` when no approved registration has a delegate."""
    if count < 1:
        raise RuleBroken("nobody_to_print")
