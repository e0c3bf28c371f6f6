# SPDX-License-Identifier: EUPL-1.2
"""Carries out imports of listings and of contracts that are too long for a page."""

import time

from app.actions import contract_imports
from app.actions import imports as actions
from app.jobs.progress import Progress
from app.queries import accounts, imports

LINES_AT_ONCE = 100
CONTRACTS_AT_ONCE = 200
# SQLite hands its lock to whoever asks at the right moment, not in turn: others need an opening.
SECONDS_FOR_OTHERS = 0.15


def import_organisations(progress: Progress) -> dict[str, object]:
    """Let the lines of a confirmed table in, a hundred per transaction; stopping keeps those in."""
    an_import = imports.by_id(progress.asked["directory_import"])
    by = accounts.by_id(an_import.user_id) if an_import.user_id else None
    lines = actions.lines_of(an_import)
    actions.begin_again(an_import)
    for start in range(0, len(lines), LINES_AT_ONCE):
        progress.report(start, len(lines))
        actions.carry_out(an_import, lines[start : start + LINES_AT_ONCE], by=by)
        time.sleep(SECONDS_FOR_OTHERS)
    actions.end(an_import)
    progress.report(len(lines), len(lines))
    return {"lines": len(lines)}


def import_contracts(progress: Progress) -> dict[str, object]:
    """Note the contracts of a confirmed file, two hundred per transaction; stopping keeps those."""
    an_import = imports.by_id(progress.asked["directory_import"])
    by = accounts.by_id(an_import.user_id) if an_import.user_id else None
    contracts = contract_imports.contracts_of(an_import)
    actions.begin_again(an_import)
    for start in range(0, len(contracts), CONTRACTS_AT_ONCE):
        progress.report(start, len(contracts))
        part = contracts[start : start + CONTRACTS_AT_ONCE]
        contract_imports.carry_out(an_import, part, by=by)
        time.sleep(SECONDS_FOR_OTHERS)
    actions.end(an_import)
    progress.report(len(contracts), len(contracts))
    return {"contracts": len(contracts)}
