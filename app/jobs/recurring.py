# SPDX-License-Identifier: EUPL-1.2
"""What is done every minute: jobs that never reached the queue are sent again, lost ones noted."""

from collections.abc import Callable

from app.actions import jobs as actions
from app.queries import jobs


def every_minute(send: Callable[[int], None]) -> None:
    """Send forgotten jobs to the queue, and mark those whose worker died."""
    for job_id in jobs.forgotten():
        send(job_id)
    for job_id in jobs.silent():
        actions.end_lost(job_id)
