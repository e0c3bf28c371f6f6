# SPDX-License-Identifier: EUPL-1.2
"""Every kind of job and who carries it out."""

from app.jobs import (
    campaigns,
    files,
    imports,
    letters,
    matching,
    newsletters,
    papers,
    pricing,
    repairing,
    solving,
    telling,
)
from app.jobs.progress import Handler, carry

HANDLERS: dict[str, Handler] = {
    "forget_file": files.forget_file,
    "carry_out_import": imports.carry_out_import,
    "look_at_import": imports.look_at_import,
    "post_letter": letters.post_letter,
    "price_extras": pricing.price_extras,
    "print_agendas": papers.print_agendas,
    "print_badges": papers.print_badges,
    "print_tables": papers.print_tables,
    "rank_needs": matching.rank_needs,
    "repair_schedule": repairing.repair_schedule,
    "send_alerts": matching.send_alerts,
    "send_issue": newsletters.send_issue,
    "solve_schedule": solving.solve_schedule,
    "tell_agendas": telling.tell_agendas,
    "write_campaign": campaigns.write_campaign,
}


def carry_out(job_id: int) -> None:
    """Carry out one job: find its handler, report its progress, and record what came of it."""
    carry(job_id, HANDLERS)
