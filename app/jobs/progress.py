# SPDX-License-Identifier: EUPL-1.2
"""How a job tells how far it is, hears that it was cancelled, and ends."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import current_app

from app.actions import jobs as actions
from app.models import clock
from app.models.base import db

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_REPORTS = 0.5
SECONDS_BETWEEN_BEATS = 10.0

Handler = Callable[["Progress"], dict[str, Any]]


class Cancelled(Exception):
    """Somebody asked for this job to stop; `kept` is what it had found by then."""

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        super().__init__("cancelled")
        self.kept = kept


class TryAgain(Exception):
    """The job failed for a reason that may pass (a mail server that does not answer)."""


@dataclass
class Progress:
    """What a handler holds: what was asked, and how to say how far it is."""

    job_id: int
    asked: dict[str, Any]
    _told_at: float = field(default=float("-inf"), repr=False)

    def report(
        self, done: int, total: int, message: str = "", *, so_far: dict[str, Any] | None = None
    ) -> None:
        """Show `done` of `total`, and stop here if somebody cancelled; it may be called often.

        At most two reports a second reach the database, and always the last one.
        so_far: figures that the page of this kind of job shows. Errors: Cancelled.
        """
        if done < total and clock.ticks() - self._told_at < SECONDS_BETWEEN_REPORTS:
            return
        self._told_at = clock.ticks()
        if actions.report(self.job_id, done=done, total=total, message=message, result=so_far):
            raise Cancelled


@contextmanager
def every(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Do `act` again and again beside the block, in a thread with its own database session."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(seconds):
            with app.app_context():
                try:
                    act()
                except Exception:  # a busy database must not end the work itself
                    log.exception("no sign of life could be written")

    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def carry(job_id: int, handlers: dict[str, Handler]) -> None:
    """Start, carry out and end one job; a failure is written on its row, never lost."""
    job = actions.start(job_id)
    if job is None:
        return
    kind, progress = job.kind, Progress(job.id, dict(job.asked))
    db.session.remove()  # the handler opens its own transactions, as short as it can
    try:
        with every(SECONDS_BETWEEN_BEATS, lambda: actions.beat(job_id)):
            result = handlers[kind](progress)
    except Cancelled as stopped:
        db.session.rollback()
        actions.end_cancelled(job_id, result=stopped.kept)
    except TryAgain as failure:
        actions.end_for_now(job_id, error=str(failure))
    except Exception as failure:
        log.exception("job failed", job=job_id, kind=kind)
        db.session.rollback()
        actions.end_failed(job_id, error=str(failure) or type(failure).__name__)
    else:
        actions.end_done(job_id, result=result)
