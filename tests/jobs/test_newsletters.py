# SPDX-License-Identifier: EUPL-1.2
"""An issue reaches each reader once, through a real mail server, whatever happens in between."""

import email
import socket
from collections import Counter
from email import policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from app.actions import jobs as job_actions
from app.actions import letters as outbox
from app.actions import newsletters as actions
from app.jobs import handlers
from app.models import clock
from app.models.base import db
from app.models.jobs import Job
from app.models.letters import Letter, SuspendedAddress
from app.models.newsletters import Issue, IssueSending, Subscription
from app.queries import jobs, newsletters
from app.rules.errors import RuleBroken
from app.rules.jobs import JobState
from app.rules.letters import LetterState
from app.rules.newsletters import BATCH, Audience, IssueState, Part, SubscriptionState
from tests.builders import a_user, an_organiser, an_organiser_member

READERS = 2 * BATCH + 7


class Server:
    """Takes every letter but those to addresses that begin with `gone`, refused for good."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, email.message.EmailMessage]] = []
        self.connections = 0
        self.after_each = lambda: None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], message))
        self.after_each()
        return "250 OK"

    @property
    def readers(self) -> Counter[str]:
        return Counter(address for address, _ in self.letters)


@pytest.fixture
def server(app, monkeypatch):
    taken = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    mailman = app.extensions["mailman"]
    for name, value in {"backend": "smtp", "server": "127.0.0.1", "port": port}.items():
        monkeypatch.setattr(mailman, name, value)
    yield taken
    controller.stop()


def a_subscription(organiser, address, **facts):
    row = Subscription(
        **{
            "organiser_id": organiser.id,
            "email": address,
            "language": "fr",
            "audience": Audience.COMPANY,
            "departments": [],
            "state": SubscriptionState.CONFIRMED,
            "code": f"code-{address}",
            "asked_at": clock.now(),
            "confirmed_at": clock.now(),
            "left_at": None,
            **facts,
        }
    )
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def team(app):
    return an_organiser()


@pytest.fixture
def person(team):
    return an_organiser_member(team, a_user(email="equipe@exemple.fr"))


@pytest.fixture
def issue(team, person, monkeypatch, app):
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    for number in range(READERS):
        a_subscription(team, f"lecteur{number}@exemple.fr")
    draft = actions.compose(team, by=person)
    actions.arrange(
        draft, by=person, titles={"fr": "Novembre", "en": ""},
        intros={"fr": "Un **mot**.", "en": ""}, chosen={Part.NEEDS: []},
    )  # fmt: skip
    return draft


def carry(job) -> None:
    handlers.carry_out(job.id)
    db.session.rollback()


def now(issue) -> Issue:
    return db.session.get_one(Issue, issue.id, populate_existing=True)


def test_every_reader_gets_one_letter_and_a_way_out_in_one_click(server, issue, person):
    job = actions.send(issue, by=person)
    carry(job)

    assert set(server.readers.values()) == {1}
    assert len(server.readers) == READERS
    assert server.connections <= 4  # one a batch, and the test server's own
    for address, message in server.letters:
        out = f"/lettre-d-information/quitter/code-{address}"
        assert message["List-Unsubscribe"].endswith(f"{out}>")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        text = message.get_body(("plain",)).get_content()
        assert out in text and "Un mot." in text and "\x02" not in text
        assert out in message.get_body(("html",)).get_content()
    assert now(issue).state == IssueState.SENT
    assert jobs.by_id(job.id).result["sent"] == READERS


def test_those_who_did_not_confirm_or_left_get_nothing(server, issue, team, person):
    a_subscription(team, "demande@exemple.fr", state=SubscriptionState.ASKED)
    a_subscription(team, "partie@exemple.fr", state=SubscriptionState.LEFT)
    a_subscription(an_organiser(), "autre@exemple.fr")
    carry(actions.send(issue, by=person))

    assert len(server.readers) == READERS


def test_stopped_in_the_middle_it_goes_on_without_writing_to_anybody_twice(server, issue, person):
    job = actions.send(issue, by=person)

    def stop_after_the_first_batch() -> None:
        if len(server.letters) == BATCH:
            stopping.append(True)

    stopping: list[bool] = []
    server.after_each = stop_after_the_first_batch
    written = actions.write_batch

    def write_and_stop(*asked):
        if stopping:
            job_actions.cancel(jobs.by_id(job.id), by=None)
        return written(*asked)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.jobs.newsletters.actions.write_batch", write_and_stop)
        patched.setattr("app.jobs.progress.SECONDS_BETWEEN_REPORTS", 0)
        carry(job)

    assert jobs.by_id(job.id).state == JobState.CANCELLED
    assert BATCH <= len(server.letters) < READERS
    assert now(issue).state == IssueState.SENDING
    with pytest.raises(RuleBroken):
        actions.send(now(issue), by=person)

    carry(actions.resume(now(issue), by=person))
    assert set(server.readers.values()) == {1} and len(server.readers) == READERS
    assert now(issue).state == IssueState.SENT


def test_a_worker_that_fell_between_writing_and_posting_loses_no_reader(server, issue, person):
    job = actions.send(issue, by=person)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(outbox, "deliver", lambda *_, **__: (_ for _ in ()).throw(KeyError("fell")))
        carry(job)
    assert jobs.by_id(job.id).state == JobState.FAILED and not server.letters

    carry(actions.resume(now(issue), by=person))
    assert set(server.readers.values()) == {1} and len(server.readers) == READERS


def test_an_address_refused_for_good_is_left_out_of_the_next_issue(server, issue, team, person):
    a_subscription(team, "Gone@exemple.fr".lower())
    carry(actions.send(issue, by=person))

    suspended = db.session.scalars(select(SuspendedAddress)).one()
    assert (suspended.address, "550" in suspended.reason) == ("gone@exemple.fr", True)
    letter = db.session.scalars(select(Letter).where(Letter.to_email == "gone@exemple.fr")).one()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, 1)

    second = actions.compose(team, by=person)
    actions.arrange(
        second, by=person, titles={"fr": "Décembre", "en": ""}, intros={"fr": "Encore.", "en": ""},
        chosen={},
    )  # fmt: skip
    carry(actions.send(second, by=person))
    assert newsletters.letters_of(second)[LetterState.SUSPENDED] == 1
    (found,) = newsletters.suspensions(team.id)
    assert found.address == "gone@exemple.fr"

    outbox.lift(found, by=person)
    assert newsletters.suspensions(team.id) == []


def test_the_database_refuses_a_second_letter_to_the_same_reader(issue, team):
    reader = newsletters.readers_left(issue)[0]
    rows = [IssueSending(issue_id=issue.id, subscription_id=reader, letter_id=None) for _ in "12"]
    db.session.add_all(rows)
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()


def test_a_sending_that_runs_is_not_begun_again(issue, person):
    actions.send(issue, by=person)
    with pytest.raises(RuleBroken) as refused:
        actions.resume(issue, by=person)
    assert refused.value.key == "issue_not_stopped"
    assert db.session.query(Job).filter_by(kind="send_issue").count() == 1


def test_a_server_that_goes_away_is_tried_again_and_nobody_is_forgotten(server, issue, person):
    job = actions.send(issue, by=person)
    with pytest.MonkeyPatch.context() as patched:

        def refuse(**_):
            raise ConnectionResetError("the server went away")

        patched.setattr(outbox, "post", refuse)
        carry(job)
    assert jobs.by_id(job.id).state == JobState.RETRYING
    assert now(issue).state == IssueState.SENDING

    carry(job)
    assert set(server.readers.values()) == {1} and len(server.readers) == READERS
    assert now(issue).state == IssueState.SENT
