# SPDX-License-Identifier: EUPL-1.2
"""Posts the letters of the outbox."""

from typing import Any

from app.actions import letters as actions
from app.jobs.progress import Progress, TryAgain
from app.models.base import db
from app.models.letters import Letter
from app.rules.letters import LetterState


def post_letter(progress: Progress) -> dict[str, Any]:
    """Post the letter named in the job, unless it was posted already.

    Errors: TryAgain when the server refused it and some attempts are left.
    """
    letter = db.session.get(Letter, progress.asked["letter"])
    if letter is None or letter.state != LetterState.WAITING:
        return {}
    db.session.commit()  # the mail server may take its time: no transaction waits for it
    actions.deliver(letter)
    if letter.state == LetterState.WAITING:
        raise TryAgain(letter.error)
    return {"letter": letter.id, "state": letter.state}
