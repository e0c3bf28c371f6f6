# SPDX-License-Identifier: EUPL-1.2
"""The queue engines, and a worker in a process of its own."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from huey import MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey

from app.actions import letters
from app.factory import create_app
from app.jobs.queue import engine, init_app
from app.mail.letters import Written
from app.models.base import db
from app.models.letters import Letter
from app.rules.letters import LetterState
from config import read_settings

PROJECT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("immediate", MemoryHuey),
        ("sqlite:///{folder}/queue.db", SqliteHuey),
        ("redis://localhost:6379/0", RedisHuey),
    ],
)
def test_each_address_has_its_engine(url, kind, tmp_path):
    assert isinstance(engine(url.format(folder=tmp_path)), kind)


def test_each_worker_makes_itself_ready_beside_its_first_jobs():
    app, ready = Flask(__name__), threading.Event()
    init_app(app, "immediate", lambda job_id: None, lambda: None, ready.set)
    app.extensions["huey"]._startup["be_ready"]()

    assert ready.wait(5)


@pytest.mark.postgres
def test_processes_that_start_together_on_postgresql_do_not_clash(postgres_url):
    wrong, queues = [], []
    start = threading.Barrier(6)

    def begin() -> None:
        start.wait()
        try:
            queues.append(engine(postgres_url))
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert all(isinstance(queue, PostgresHuey) for queue in queues)
    queues[0].storage.enqueue(b"one")
    assert queues[1].storage.dequeue() == b"one"
    for queue in queues:
        queue.storage.close()


@pytest.mark.slow
def test_a_worker_in_its_own_process_carries_out_what_a_page_asked_for(tmp_path):
    environ = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.db'}",
        "QUEUE_URL": f"sqlite:///{tmp_path / 'queue.db'}",
        "MAIL_URL": f"file:{tmp_path / 'letters'}",
        "SECRET_KEY": "a key that only this test knows, long enough",
    }
    app = create_app(read_settings(environ, instance=tmp_path))
    with app.app_context():
        db.create_all()
        letters.put(Written("hello", "Bonjour", "Bonjour\n", ""), to="a@exemple.fr", name="A")
    command = [sys.executable, "-m", "flask", "--app", "app.factory", "worker"]
    worker = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **environ}, start_new_session=True
    )
    try:
        assert _posted(app)
    finally:
        worker.send_signal(signal.SIGINT)
        worker.wait(20)


def _posted(app) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with app.app_context():
            if db.session.query(Letter).one().state == LetterState.SENT:
                return True
        time.sleep(0.2)
    return False
