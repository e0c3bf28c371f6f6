# SPDX-License-Identifier: EUPL-1.2
"""The queue engine: Huey carries ids of `Job` rows, on SQLite, PostgreSQL, Redis or at once."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab


def engine(url: str) -> Huey:
    """The queue behind an address: `immediate`, `sqlite:///…`, `redis://…` or `postgresql://…`."""
    scheme = urlsplit(url).scheme
    if url == "immediate":
        return MemoryHuey("passerelle", immediate=True)
    if scheme == "sqlite":
        return SqliteHuey("passerelle", filename=url.removeprefix("sqlite:///"))
    if scheme.startswith("redis"):
        return RedisHuey("passerelle", url=url)
    return PostgresHuey("passerelle", dsn=url.replace("+psycopg", ""))


def init_app(
    app: Flask,
    url: str,
    carry_out: Callable[[int], None],
    every_minute: Callable[[], None],
) -> None:
    """Give the application its queue: what to do with a job's id, and what to do each minute."""
    queue = engine(url)

    @queue.task(name="carry_out")  # type: ignore[untyped-decorator]
    def carry_out_one(job_id: int) -> None:
        with app.app_context():
            carry_out(job_id)

    @queue.periodic_task(crontab(minute="*"), name="every_minute")  # type: ignore[untyped-decorator]
    def recur() -> None:
        with app.app_context():
            every_minute()

    app.extensions["huey"] = queue
    app.extensions["send_job"] = carry_out_one
