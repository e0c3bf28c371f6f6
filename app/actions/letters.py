# SPDX-License-Identifier: EUPL-1.2
"""Letters are put in the outbox with the change they tell of, and posted by a job."""

from collections.abc import Collection

from flask import current_app

from app.actions.base import action
from app.mail.letters import Written
from app.mail.post import post
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.history import remember
from app.models.jobs import later
from app.models.letters import Letter
from app.rules.letters import MOST_ATTEMPTS, LetterState, is_invented


@action
def put(written: Written, *, to: str, name: str, organiser_id: int | None = None) -> Letter:
    """Put a letter in the outbox; it is posted after the commit, unless its reader is invented."""
    letter = Letter(
        kind=written.kind,
        organiser_id=organiser_id,
        to_email=to,
        to_name=name,
        subject=written.subject,
        body_text=written.text,
        body_html=written.html,
        state=LetterState.KEPT if is_invented(to) else LetterState.WAITING,
        attempts=0,
        error="",
        written_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    if letter.state == LetterState.WAITING:
        later("post_letter", organiser_id=organiser_id, letter=letter.id)
    return letter


@action
def send_again(letters: Collection[Letter], *, by: User | None) -> int:
    """Try the letters that were not delivered once more, from the start. Returns how many."""
    failed = [letter for letter in letters if letter.state == LetterState.FAILED]
    for letter in failed:
        letter.state, letter.attempts = LetterState.WAITING, 0
        later("post_letter", organiser_id=letter.organiser_id, letter=letter.id)
        remember(by, "letter.sent_again", letter)
    return len(failed)


@action
def note_posted(letter: Letter) -> None:
    """The server took the letter."""
    letter.state, letter.error, letter.posted_at = LetterState.SENT, "", clock.now()
    letter.attempts += 1


@action
def note_refused(letter: Letter, *, error: str) -> None:
    """The server refused; after several attempts the letter counts as not delivered."""
    letter.attempts += 1
    letter.error = error
    letter.state = LetterState.FAILED if letter.attempts >= MOST_ATTEMPTS else LetterState.WAITING


def deliver(letter: Letter) -> None:
    """Post one letter, outside any transaction, and note what became of it."""
    try:
        post(
            to=(letter.to_name, letter.to_email),
            subject=letter.subject,
            text=letter.body_text,
            html=letter.body_html,
            sender=current_app.config["MAIL_DEFAULT_SENDER"],
        )
    except OSError as refused:  # smtplib.SMTPException is an OSError
        note_refused(letter, error=str(refused))
    else:
        note_posted(letter)
