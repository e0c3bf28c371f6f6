# SPDX-License-Identifier: EUPL-1.2
"""Runs the migrations on the application's own database, or writes them as SQL (`--sql`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.models.directory import unwatch, watch

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | bool:
    """Migrations are history: they name plain columns, never a class that may move."""
    return "sa.DateTime(timezone=True)" if type(item).__name__ == "UtcDateTime" else False


def leave_out_empty(_migration: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no new migration when the tables have not changed."""
    asked_for = getattr(context.config.cmd_opts, "autogenerate", False)
    if asked_for and directives[0].upgrade_ops.is_empty():
        directives.clear()


def run(**where: Any) -> None:
    """Run what is missing between the database and the wanted revision."""
    wanted = {"process_revision_directives": leave_out_empty, "render_item": render_item}
    given = {name: value for name, value in migrate.configure_args.items() if value is not None}
    context.configure(target_metadata=migrate.db.metadata, **{**wanted, **given}, **where)
    with context.begin_transaction():
        context.run_migrations()


@contextmanager
def unchained(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by dropping it: foreign keys must not take its children along.

    Source: SQLite, "Making Other Kinds Of Table Schema Changes", steps 1, 10 and 12.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection.dbapi_connection  # outside any transaction, where alone it counts
    bare.execute("PRAGMA foreign_keys=OFF")
    yield
    broken = bare.execute("PRAGMA foreign_key_check").fetchall()
    bare.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"the migration left rows without their parent: {broken[:5]}")


if context.is_offline_mode():
    run(url=migrate.db.engine.url.render_as_string(hide_password=False), literal_binds=True)
else:
    # No migration sees the triggers, and they would stand in the way of some.
    with migrate.db.engine.begin() as connection:
        unwatch(connection)
    try:
        with migrate.db.engine.connect() as connection, unchained(connection):
            run(connection=connection)
    finally:
        with migrate.db.engine.begin() as connection:
            watch(connection)
