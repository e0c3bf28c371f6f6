# SPDX-License-Identifier: EUPL-1.2
"""The report of an import: the lines turned down are kept, each fault with its reason."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from app.actions.base import action
from app.models.base import db
from app.models.imports import DirectoryImport, ImportFault
from app.rules.imports import LONGEST, TurnedDown


@action
def keep(an_import: DirectoryImport, found: Iterable[TurnedDown]) -> None:
    """Add these lines to the report of an import, but those that are in it already."""
    turned_down = list(found)
    told = _told(an_import, [line.number for line in turned_down])
    turned_down = [line for line in turned_down if line.number not in told]
    rows = [
        {
            "import_id": an_import.id,
            "number": fault.number,
            "column": fault.column,
            "value": fault.value,
            "key": fault.key,
            "facts": dict(fault.facts),
            "cells": [] if rank else [cell[:LONGEST] for cell in line.cells],
        }
        for line in turned_down
        for rank, fault in enumerate(line.faults)
    ]
    if rows:
        db.session.execute(insert(ImportFault), rows)
    an_import.refused += len(turned_down)


def _told(an_import: DirectoryImport, numbers: list[int]) -> set[int]:
    if not numbers:
        return set()
    between = ImportFault.number.between(min(numbers), max(numbers))
    there = select(ImportFault.number).where(ImportFault.import_id == an_import.id, between)
    return set(db.session.scalars(there))


@action
def forget(an_import: DirectoryImport) -> None:
    """Empty the report, before the table is read again."""
    db.session.execute(delete(ImportFault).where(ImportFault.import_id == an_import.id))
    an_import.refused = 0
