# SPDX-License-Identifier: EUPL-1.2
"""The server: the site, and beside it the worker that carries out long work."""

import ctypes
import gc
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

# gunicorn reads this file without putting its folder on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from config import settings_or_exit

PR_SET_PDEATHSIG = 1
WORKER = [sys.executable, "-m", "flask", "--app", "app.factory", "worker"]
SECONDS_TO_FINISH = 15
SECONDS_BEFORE_AGAIN = 2

settings = settings_or_exit()

wsgi_app = "app.factory:create_app()"
host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{host}:{settings.port}"
worker_class = "gthread"
workers = settings.web_workers
threads = settings.web_threads
preload_app = True
control_socket_disable = True
loglevel = "warning"


class EmbeddedWorker:
    """The worker as a child of the server: started again if it falls, gone when the server goes."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self.child: subprocess.Popen[bytes] | None = None
        self.closing = threading.Event()

    def keep_running(self) -> None:
        """Start the worker, wait for its end, and start it again until the server closes."""
        while not self.closing.is_set():
            self.child = subprocess.Popen(
                WORKER, start_new_session=True, preexec_fn=_die_with_the_server
            )
            self.child.wait()
            self.closing.wait(SECONDS_BEFORE_AGAIN)

    def stop(self) -> None:
        """Ask the worker to finish its job, and end it when that lasts too long."""
        self.closing.set()
        if self.child is None or self.child.poll() is not None:
            return
        self.child.send_signal(signal.SIGINT)
        try:
            self.child.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            self.child.kill()


def _die_with_the_server() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


embedded = EmbeddedWorker()


def when_ready(server: Any) -> None:
    """Start the worker once the site listens."""
    if settings.embedded_worker:
        threading.Thread(target=embedded.keep_running, daemon=True).start()


def pre_fork(server: Any, worker: Any) -> None:
    """What is loaded lives as long as the process: the collector, which would look at it again
    and again for a fifth of a second, leaves it alone, and processes go on sharing its memory.
    """
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Let each process read the directory beside its first answers, not before them."""
    threading.Thread(target=worker.wsgi.extensions["warm_up_search"], daemon=True).start()


def on_exit(server: Any) -> None:
    """Stop the worker with the site."""
    embedded.stop()
