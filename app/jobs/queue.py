# SPDX-License-Identifier: EUPL-1.2
"""The queue engine: Huey carries ids of `Job` rows, on SQLite, PostgreSQL, Redis or at once."""

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from app.models.base import db

NAME = "passerelle"
# Any number will do, as long as nothing else on this database takes the same advisory lock.
TABLES_LOCK = 74_697_311


def engine(url: str) -> Huey:
    """The queue behind an address: `immediate`, `sqlite:///…`, `redis://…` or `postgresql://…`."""
    scheme = urlsplit(url).scheme
    if url == "immediate":
        return MemoryHuey(NAME, immediate=True)
    if scheme == "sqlite":
        return SqliteHuey(NAME, filename=url.removeprefix("sqlite:///"))
    if scheme.startswith("redis"):
        return RedisHuey(NAME, url=url)
    return _on_postgres(url.replace("+psycopg", ""))


def _on_postgres(dsn: str) -> Huey:
    """Its tables are made under a lock: two processes that start together would clash."""
    queue = PostgresHuey(NAME, dsn=dsn, create_tables=False)
    with queue.storage.db(commit=True, close=True) as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (TABLES_LOCK,))
        for statement in queue.storage.ddl:
            cursor.execute(statement)
    return queue


def init_app(
    app: Flask,
    url: str,
    carry_out: Callable[[int], None],
    every_minute: Callable[[], None],
    warm_up: Callable[[], None] = lambda: None,
) -> None:
    """Give the application its queue: what to do with a job's id, and what to do each minute.

    warm_up: done once by each worker, beside its first jobs.
    """
    queue = engine(url)

    @queue.task(name="carry_out")
    def carry_out_one(job_id: int) -> None:
        with app.app_context():
            carry_out(job_id)

    @queue.periodic_task(crontab(minute="*"), name="every_minute")
    def recur() -> None:
        with app.app_context():
            every_minute()

    @queue.on_startup()
    def forget_connections() -> None:
        """A worker process inherits the connections of its parent, and may not use them."""
        with app.app_context():
            db.engine.dispose(close=False)

    @queue.on_startup()
    def be_ready() -> None:
        threading.Thread(target=warm_up, daemon=True).start()

    app.extensions["huey"] = queue
    app.extensions["send_job"] = carry_out_one
