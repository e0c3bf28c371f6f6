# SPDX-License-Identifier: EUPL-1.2
"""`./run`: brings the database up to date, builds the demonstration fair if need be, serves.

Python starts once for all three; a server of one's own needs only gunicorn.conf.py.
"""

import multiprocessing
import sys

from flask.cli import cli
from gunicorn.app import wsgiapp
from sqlalchemy.exc import OperationalError

import app.factory  # noqa: F401  read before the steps fork, so that the site need not read it again
from config import PROJECT, Settings, settings_or_exit

NOT_READY = (
    "La base n'est pas prête\u00a0: voyez ci-dessus, et DATABASE_URL.\n"
    "The database is not ready: see above, and DATABASE_URL."
)


def steps(settings: Settings) -> list[list[str]]:
    """The Flask commands that come before the first page."""
    demo = [["demo", "--if-empty"]] if settings.demo else []
    return [["db", "upgrade"], *demo]


def carry_out(commands: list[list[str]]) -> bool:
    """Run Flask commands in a child: the server inherits none of their connections."""
    child = multiprocessing.get_context("fork").Process(target=_in_turn, args=(commands,))
    child.start()
    child.join()
    return child.exitcode == 0


def _in_turn(commands: list[list[str]]) -> None:
    for words in commands:
        try:
            cli.main(words)
        except OperationalError as silent:
            raise SystemExit(str(silent.orig)) from None
        except SystemExit as ended:
            if ended.code:
                raise


def main() -> None:
    """Prepare, say where the site is, and become the server."""
    settings = settings_or_exit()
    try:
        if not carry_out(steps(settings)):
            raise SystemExit(NOT_READY)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    print(f"Passerelle\u00a0: {settings.base_url} (Ctrl-C pour arrêter / to stop)", flush=True)
    sys.argv = ["gunicorn", "--config", str(PROJECT / "gunicorn.conf.py")]
    wsgiapp.run()


if __name__ == "__main__":
    main()
