# SPDX-License-Identifier: EUPL-1.2
"""How a job tells how far it is, hears that it was cancelled, and ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from app.actions import jobs as actions

log = structlog.get_logger(__name__)


class Cancelled(Exception):
    """Somebody asked for this job to stop."""


@dataclass
class Progress:
    """What a handler holds: what was asked, and how to say how far it is."""

    job_id: int
    asked: dict[str, Any]

    def report(self, done: int, total: int, message: str = "") -> None:
        """Show `done` of `total`, and stop here if somebody cancelled. Errors: Cancelled."""
        if actions.report(self.job_id, done=done, total=total, message=message):
            raise Cancelled


def carry(job_id: int, handlers: dict[str, Callable[[Progress], dict[str, object]]]) -> None:
    """Start, carry out and end one job; a failure is written on its row, never lost."""
    job = actions.start(job_id)
    if job is None:
        return
    try:
        result = handlers[job.kind](Progress(job.id, dict(job.asked)))
    except Cancelled:
        actions.end_cancelled(job_id)
    except Exception as failure:
        log.exception("job failed", job=job_id, kind=job.kind)
        actions.end_failed(job_id, error=str(failure) or type(failure).__name__)
    else:
        actions.end_done(job_id, result=result)
