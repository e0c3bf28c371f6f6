# SPDX-License-Identifier: EUPL-1.2
"""How long 2,500 newsletters take to a local mail server: `python -m tests.benchmarks.newsletters`.

Beside it, the naive way: words rendered for each reader, a connection for each letter.
"""

import tempfile
import time
from pathlib import Path

from aiosmtpd.controller import Controller

from app.actions import letters as outbox
from app.actions import newsletters as actions
from app.factory import create_app
from app.jobs import handlers
from app.mail import newsletters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.newsletters import Issue, Subscription
from app.queries import newsletters
from app.rules.newsletters import Audience, Part, SubscriptionState
from app.rules.territories import DEPARTMENTS
from config import read_settings
from tests.builders import a_user, an_organiser

READERS = 2_500
PORT = 8925
NAIVE_SHARE = 10  # the naive way is measured on a tenth, and multiplied


class Sink:
    """Takes every letter and counts."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, server, session, envelope):
        self.taken += envelope.rcpt_tos
        return "250 OK"


def an_issue(readers: int) -> tuple[Issue, User]:
    team, person = an_organiser(), a_user()
    codes = list(DEPARTMENTS)
    for number in range(readers):
        db.session.add(
            Subscription(
                organiser_id=team.id, email=f"lecteur{number}@exemple.fr",
                language="en" if number % 5 == 0 else "fr",
                audience=list(Audience)[number % 3],
                departments=[codes[number % 13]] if number % 2 else [],
                state=SubscriptionState.CONFIRMED, code=f"code{number}", asked_at=clock.now(),
                confirmed_at=clock.now(), left_at=None,
            )
        )  # fmt: skip
    issue = actions.compose(team, by=person)
    intro = "Un **mot** de l'équipe. " * 20
    actions.arrange(
        issue, by=person, titles={"fr": "Novembre", "en": ""}, intros={"fr": intro, "en": ""},
        chosen=dict.fromkeys(Part, ()),
    )  # fmt: skip
    return issue, person


def in_batches(sink: Sink, app) -> float:
    issue, person = an_issue(READERS)
    app.extensions["send_job"] = lambda job_id: None
    began = time.perf_counter()
    handlers.carry_out(actions.send(issue, by=person).id)
    seconds = time.perf_counter() - began
    assert len(sink.taken) == len(set(sink.taken)) == READERS
    return seconds


def one_by_one(app) -> float:
    issue, _ = an_issue(READERS // NAIVE_SHARE)
    app.extensions["send_job"] = handlers.carry_out
    number, began = issue.id, time.perf_counter()
    for reader in newsletters.readers_left(issue):
        issue, (subscription,) = newsletters.by_id(number), newsletters.subscriptions([reader])
        contents = newsletters.contents(issue)
        words = actions.words_for(issue, newsletters.reader_of(subscription), contents)
        outbox.put(
            mail.addressed(words, "https://exemple.fr/quitter"), to=subscription.email, name="",
            unsubscribe="https://exemple.fr/quitter",
        )  # fmt: skip
    return (time.perf_counter() - began) * NAIVE_SHARE


def main() -> None:
    """Print the two times and the letters a second."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=PORT)
    controller.start()
    for name, measured in (
        ("batches", lambda app: in_batches(sink, app)),
        ("one by one", one_by_one),
    ):
        with tempfile.TemporaryDirectory() as folder:
            settings = read_settings(
                {
                    "DATABASE_URL": f"sqlite:///{folder}/letters.db",
                    "QUEUE_URL": "immediate",
                    "MAIL_URL": f"smtp://127.0.0.1:{PORT}",
                    "SECRET_KEY": "a key for measuring only, long enough",
                },
                instance=Path(folder),
            )
            app = create_app(settings)
            with app.app_context():
                db.create_all()
                seconds = measured(app)
                db.engine.dispose()
        print(f"{name}: {seconds:.1f} s, {READERS / seconds:.0f} letters a second")
    controller.stop()


if __name__ == "__main__":
    main()
