# SPDX-License-Identifier: EUPL-1.2
"""Letters are posted by a job, tried again when the server refuses, and given up in the end."""

from datetime import timedelta

import pytest

from app.actions import letters as actions
from app.actions.base import action
from app.jobs import handlers
from app.jobs.recurring import every_minute
from app.mail.letters import Written
from app.models import clock
from app.models.base import db
from app.models.jobs import Job
from app.models.letters import Letter
from app.queries import jobs
from app.rules.jobs import JobState
from app.rules.letters import MOST_ATTEMPTS, LetterState

WRITTEN = Written("hello", "Bonjour", "Bonjour\n", "<p>Bonjour</p>")


@pytest.fixture
def letter(app, monkeypatch):
    """A letter whose job waits to be carried out."""
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    return actions.put(WRITTEN, to="claire@exemple.fr", name="Claire")


@pytest.fixture
def job(letter) -> Job:
    return db.session.query(Job).one()


def now() -> Letter:
    return db.session.query(Letter).populate_existing().one()


@pytest.fixture
def server_down(monkeypatch):
    def refuse(**_):
        raise OSError("the server is not there")

    monkeypatch.setattr(actions, "post", refuse)


def test_a_letter_is_posted(letter, job):
    handlers.carry_out(job.id)

    assert now().state == LetterState.SENT
    assert jobs.by_id(job.id).state == JobState.DONE


def test_a_refused_letter_is_tried_again_later_and_then_posted(
    app, letter, job, server_down, monkeypatch
):
    handlers.carry_out(job.id)
    assert jobs.by_id(job.id).state == JobState.RETRYING

    monkeypatch.undo()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        every_minute(handlers.carry_out)
    letter = now()
    assert (letter.state, letter.attempts, letter.error) == (LetterState.SENT, 2, "")


def test_after_five_refusals_the_letter_counts_as_not_delivered(letter, job, server_down):
    for number in range(MOST_ATTEMPTS):
        with clock.frozen(clock.now() + timedelta(hours=3 * number)):
            if number:
                every_minute(handlers.carry_out)
            else:
                handlers.carry_out(job.id)

    letter = now()
    assert letter.state == LetterState.FAILED
    assert letter.attempts == MOST_ATTEMPTS
    assert letter.error == "the server is not there"
    assert jobs.by_id(job.id).state == JobState.DONE


def test_a_letter_posted_already_is_not_posted_again(letter, job, monkeypatch):
    handlers.carry_out(job.id)
    monkeypatch.setattr(actions, "post", lambda **_: pytest.fail("it was posted twice"))
    job = jobs.by_id(job.id)
    job.state = JobState.WAITING
    db.session.commit()

    handlers.carry_out(job.id)


def test_the_job_of_a_letter_is_asked_for_in_the_same_transaction(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)

    @action
    def write_and_fall() -> None:
        actions.put(WRITTEN, to="claire@exemple.fr", name="Claire")
        raise ValueError

    with pytest.raises(ValueError):
        write_and_fall()
    assert db.session.query(Job).count() == 0
