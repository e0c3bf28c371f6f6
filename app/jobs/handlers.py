# SPDX-License-Identifier: EUPL-1.2
"""Every kind of job and who carries it out."""

from app.jobs import imports, letters, solving
from app.jobs.progress import Handler, carry

HANDLERS: dict[str, Handler] = {
    "import_organisations": imports.import_organisations,
    "post_letter": letters.post_letter,
    "solve_schedule": solving.solve_schedule,
}


def carry_out(job_id: int) -> None:
    """Carry out one job: find its handler, report its progress, and record what came of it."""
    carry(job_id, HANDLERS)
