# SPDX-License-Identifier: EUPL-1.2
"""Every kind of job and who carries it out."""

from app.jobs import imports, letters, papers, pricing, repairing, solving, telling
from app.jobs.progress import Handler, carry

HANDLERS: dict[str, Handler] = {
    "import_contracts": imports.import_contracts,
    "import_organisations": imports.import_organisations,
    "post_letter": letters.post_letter,
    "price_extras": pricing.price_extras,
    "print_agendas": papers.print_agendas,
    "print_badges": papers.print_badges,
    "print_tables": papers.print_tables,
    "repair_schedule": repairing.repair_schedule,
    "solve_schedule": solving.solve_schedule,
    "tell_agendas": telling.tell_agendas,
}


def carry_out(job_id: int) -> None:
    """Carry out one job: find its handler, report its progress, and record what came of it."""
    carry(job_id, HANDLERS)
