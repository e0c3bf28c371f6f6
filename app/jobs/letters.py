# SPDX-License-Identifier: EUPL-1.2
"""Posts the letters of the outbox."""

from app.actions import letters as actions
from app.jobs.progress import Progress
from app.models.base import db
from app.models.letters import Letter
from app.rules.letters import LetterState


def post_letter(progress: Progress) -> dict[str, object]:
    """Post the letter named in the job, unless it was posted already."""
    letter = db.session.get(Letter, progress.asked["letter"])
    if letter is None or letter.state != LetterState.WAITING:
        return {}
    db.session.commit()
    actions.deliver(letter)
    return {"letter": letter.id, "state": letter.state}
