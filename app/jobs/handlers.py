# SPDX-License-Identifier: EUPL-1.2
"""Every kind of job and who carries it out."""

from collections.abc import Callable

from app.jobs import letters
from app.jobs.progress import Progress, carry

HANDLERS: dict[str, Callable[[Progress], dict[str, object]]] = {
    "post_letter": letters.post_letter,
}


def carry_out(job_id: int) -> None:
    """Carry out one job: find its handler, report its progress, and record what came of it."""
    carry(job_id, HANDLERS)
