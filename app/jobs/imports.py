# SPDX-License-Identifier: EUPL-1.2
"""Looks at tables, and carries them out, when they are too long for a page."""

import time

from app.actions import import_runs
from app.actions import imports as actions
from app.jobs.progress import Progress
from app.queries import accounts, imports
from app.rules.errors import RuleBroken

# SQLite hands its lock to whoever asks at the right moment, not in turn: others need an opening.
SECONDS_FOR_OTHERS = 0.1


def look_at_import(progress: Progress) -> dict[str, object]:
    """Say what a long table would do; a file that makes no sense after all says why on its page."""
    an_import = imports.by_id(progress.asked["directory_import"])
    try:
        actions.look(an_import, tell=lambda done, total: _tell(progress, done, total))
    except RuleBroken as fault:
        actions.give_up(an_import, fault)
    return {"lines": an_import.total}


def carry_out_import(progress: Progress) -> dict[str, object]:
    """Let a confirmed table in, part by part; stopping keeps what is in."""
    an_import = imports.by_id(progress.asked["directory_import"])
    by = accounts.by_id(an_import.user_id) if an_import.user_id else None
    import_runs.carry_out(an_import, by=by, tell=lambda done, total: _tell(progress, done, total))
    return {"lines": an_import.done}


def _tell(progress: Progress, done: int, total: int) -> None:
    progress.report(done, total)
    if done < total:
        time.sleep(SECONDS_FOR_OTHERS)
