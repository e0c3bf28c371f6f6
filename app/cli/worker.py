# SPDX-License-Identifier: EUPL-1.2
"""`flask worker`: carries out the jobs of the queue until it is stopped."""

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@click.option("--processes", default=1, show_default=True, help="How many jobs at once.")
@with_appcontext
def worker(processes: int) -> None:
    """Carry out background jobs: letters, schedules, papers."""
    consumer = current_app.extensions["huey"].create_consumer(
        workers=processes,
        worker_type="process",
        initial_delay=0.05,
        max_delay=0.5,
        check_worker_health=True,
    )
    consumer.run()
