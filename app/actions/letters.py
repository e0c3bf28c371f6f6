# SPDX-License-Identifier: EUPL-1.2
"""Letters are put in the outbox with the change they tell of, and posted by a job."""

from collections.abc import Collection
from typing import Any

from flask import current_app

from app.actions.base import action
from app.mail.bounces import bounces_of
from app.mail.letters import Written
from app.mail.post import lasting_refusal, one_connection, post
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.history import remember
from app.models.jobs import later
from app.models.letters import Letter, SuspendedAddress
from app.queries import outbox
from app.rules.letters import MOST_ATTEMPTS, LetterState, is_invented, same_address


@action
def put(
    written: Written,
    *,
    to: str,
    name: str,
    organiser_id: int | None = None,
    unsubscribe: str = "",
    alone: bool = True,
) -> Letter:
    """Put a letter in the outbox; it is posted after the commit, unless its reader is invented.

    unsubscribe: for a letter to many, where one click ends them; such letters leave out suspended
    addresses. alone: a job of its own posts it; otherwise the caller does, with `deliver_all`.
    """
    letter = Letter(
        kind=written.kind,
        organiser_id=organiser_id,
        to_email=to,
        to_name=name,
        subject=written.subject,
        body_text=written.text,
        body_html=written.html,
        unsubscribe=unsubscribe,
        state=_first_state(to, to_many=bool(unsubscribe)),
        attempts=0,
        error="",
        written_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    if letter.state == LetterState.WAITING and alone:
        later("post_letter", organiser_id=organiser_id, letter=letter.id)
    return letter


def _first_state(address: str, *, to_many: bool) -> LetterState:
    if is_invented(address):
        return LetterState.KEPT
    if to_many and outbox.suspended(address) is not None:
        return LetterState.SUSPENDED
    return LetterState.WAITING


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
def note_refused(letter: Letter, *, error: str, lasting: bool = False) -> None:
    """The server refused; after several attempts, or for good, the letter is not delivered."""
    letter.attempts += 1
    letter.error = error
    given_up = lasting or letter.attempts >= MOST_ATTEMPTS
    letter.state = LetterState.FAILED if given_up else LetterState.WAITING
    if lasting:
        suspend(letter.to_email, reason=error)


@action
def suspend(address: str, *, reason: str) -> SuspendedAddress:
    """Leave an address out of letters to many, since letters to it come back."""
    found = outbox.suspended(address)
    if found is None:
        found = SuspendedAddress(
            address=same_address(address), reason=reason, suspended_at=clock.now()
        )
        db.session.add(found)
        db.session.flush()
    return found


@action
def take_report(report: bytes) -> list[SuspendedAddress]:
    """Suspend the addresses that a returned letter says have failed for good (RFC 3464)."""
    return [suspend(one.address, reason=one.reason) for one in bounces_of(report)]


@action
def lift(suspension: SuspendedAddress, *, by: User | None) -> None:
    """Write to this address again: it was mended, or refused by mistake."""
    remember(by, "address.lifted", suspension, address=suspension.address)
    db.session.delete(suspension)


def deliver_all(letters: Collection[Letter]) -> None:
    """Post letters one after the other through one connection; each keeps its own fate."""
    with one_connection() as connection:
        for letter in letters:
            if letter.state == LetterState.WAITING:
                deliver(letter, connection=connection)


def deliver(letter: Letter, *, connection: Any = None) -> None:
    """Post one letter, outside any transaction, and note what became of it."""
    try:
        post(
            to=(letter.to_name, letter.to_email),
            subject=letter.subject,
            text=letter.body_text,
            html=letter.body_html,
            sender=current_app.config["MAIL_DEFAULT_SENDER"],
            unsubscribe=letter.unsubscribe,
            connection=connection,
        )
    except OSError as refused:  # smtplib.SMTPException is an OSError
        said = lasting_refusal(refused)
        if connection is not None and not said:
            connection.close()  # it may be broken: the next letter opens another
        note_refused(letter, error=said or str(refused), lasting=bool(said))
    else:
        note_posted(letter)
