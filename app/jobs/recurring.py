# SPDX-License-Identifier: EUPL-1.2
"""What is done every minute: jobs that never reached the queue are sent again, lost ones noted."""

from collections.abc import Callable

from app.actions import alerts as alert_actions
from app.actions import jobs as actions
from app.actions import matching, schedules
from app.actions import meetings as requests
from app.models import clock
from app.queries import alerts, jobs, meetings, rankings
from app.queries import schedules as runs


def every_minute(send: Callable[[int], None]) -> None:
    """Send forgotten jobs and those due again, note those whose worker died, close what is over."""
    for job_id in jobs.forgotten() + jobs.due_again():
        if actions.take_to_send(job_id):
            send(job_id)
    for job_id in jobs.silent():
        actions.end_lost(job_id)
    if runs.abandoned():
        schedules.close_abandoned()
    if meetings.unanswered(clock.now()):
        requests.expire()
    if rankings.is_due():
        matching.ask_for_ranking()
    if alerts.due():
        alert_actions.ask_for_letters()
