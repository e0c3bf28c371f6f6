# SPDX-License-Identifier: EUPL-1.2
"""Sends an issue of the newsletter in batches; stopped or fallen, it goes on where it was."""

from typing import Any

from app.actions import letters
from app.actions import newsletters as actions
from app.jobs.progress import Progress, TryAgain
from app.mail.letters import Written
from app.models.base import db
from app.queries import newsletters
from app.rules.newsletters import BATCH, Reader


def send_issue(progress: Progress) -> dict[str, Any]:
    """Write and post the issue to those who have not had it; between batches one may stop it.

    Each batch is written in one transaction, then posted through one connection, so that a fall
    loses no reader and nobody is written to twice. Errors: TryAgain when the server went away.
    """
    number = progress.asked["issue"]
    issue = newsletters.by_id(number)
    left, contents = newsletters.readers_left(issue), newsletters.contents(issue)
    behind = newsletters.left_waiting(issue)
    db.session.commit()  # the mail server may take its time: no transaction waits for it
    letters.deliver_all(behind)
    words: dict[Reader, Written] = {}
    for done in range(0, len(left), BATCH):
        progress.report(done, len(left))
        batch = actions.write_batch(issue, left[done : done + BATCH], contents, words)
        letters.deliver_all(batch)
    if newsletters.left_waiting(newsletters.by_id(number)):
        raise TryAgain("the mail server did not take all letters")
    actions.note_sent(newsletters.by_id(number))
    progress.report(len(left), len(left))
    states = newsletters.letters_of(newsletters.by_id(number))
    return {"issue": number, **{state.value: count for state, count in states.items()}}
