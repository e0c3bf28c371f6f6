# SPDX-License-Identifier: EUPL-1.2
"""The worker beside the site: started again when it falls, gone when the site goes."""

import runpy
import sys
import threading
import time

import pytest

from config import PROJECT

SLEEPER = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    names = runpy.run_path(str(PROJECT / "gunicorn.conf.py"))
    scope = names["EmbeddedWorker"].keep_running.__globals__
    scope["SECONDS_BEFORE_AGAIN"] = 0
    yield scope
    scope["embedded"].stop()


def child_of(worker, *, other_than=None):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        child = worker.child
        if child is not None and child is not other_than and child.poll() is None:
            return child
        time.sleep(0.01)
    raise AssertionError("the worker did not start")


def begin(server, program):
    server["WORKER"] = [sys.executable, "-c", program]
    worker = server["embedded"]
    threading.Thread(target=worker.keep_running, daemon=True).start()
    return worker, child_of(worker)


def test_a_worker_that_falls_is_started_again(server):
    worker, first = begin(server, SLEEPER)
    first.kill()
    assert child_of(worker, other_than=first).pid != first.pid


def test_closing_the_site_ends_the_worker_for_good(server):
    worker, child = begin(server, SLEEPER)
    worker.stop()
    assert child.poll() is not None
    time.sleep(0.1)
    assert worker.child is child


def test_a_worker_that_does_not_listen_is_ended(server):
    server["SECONDS_TO_FINISH"] = 0.3
    worker, child = begin(server, DEAF)
    time.sleep(0.3)
    worker.stop()
    assert child.wait(5) is not None


def test_the_site_is_served_where_the_settings_say(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.setenv("HOST", "::1")
    monkeypatch.setenv("PORT", "8123")
    names = runpy.run_path(str(PROJECT / "gunicorn.conf.py"))
    assert names["bind"] == "[::1]:8123"
    assert names["wsgi_app"] == "app.factory:create_app()"
