# SPDX-License-Identifier: EUPL-1.2
"""Commands."""

from flask import Flask

from app.cli import bounces, cpv, demo, directory, organiser, worker

COMMANDS = (
    bounces.bounce,
    cpv.import_cpv,
    demo.demo,
    directory.reference,
    directory.import_,
    organiser.organiser,
    worker.worker,
)


def init_app(app: Flask) -> None:
    """Offer every command as `flask …`."""
    for command in COMMANDS:
        app.cli.add_command(command)
