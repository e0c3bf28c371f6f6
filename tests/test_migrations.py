# SPDX-License-Identifier: EUPL-1.2
"""The migrations build what the models say, and take it down again, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.factory import create_app
from app.models.base import db
from config import read_settings
from tests.conftest import KEY

FIRST_ROWS = Path(__file__).with_name("rows_of_0001.sql")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def unbuilt(request, tmp_path):
    """The application with a database that has no table yet."""
    url = f"sqlite:///{tmp_path / 'fair.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    given = {"DATABASE_URL": url, "QUEUE_URL": "immediate", "SECRET_KEY": KEY}
    app = create_app(read_settings(given, instance=tmp_path))
    with app.app_context():
        empty()
        yield app
        db.session.remove()
        empty()
        db.engine.dispose()


def empty() -> None:
    """Leave nothing of what other tests put into a database that is shared."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_gives_the_tables_of_the_models_and_down_leaves_none(unbuilt: Flask):
    upgrade()
    assert tables() == set(db.metadata.tables)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
    downgrade(revision="base")
    assert tables() == set()


def test_up_again_changes_nothing(unbuilt: Flask):
    upgrade()
    before = tables()
    upgrade()
    assert tables() == before


def triggers() -> set[str]:
    """What the database does by itself when a listing changes."""
    known = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return set(connection.exec_driver_sql(known).scalars())


def test_migrated_listings_are_watched_as_new_ones_are_and_are_again_after_each_upgrade(
    unbuilt: Flask,
):
    db.create_all()
    wanted = triggers()
    assert wanted
    db.drop_all()
    upgrade()
    assert triggers() == wanted
    with db.engine.begin() as connection:
        name = min(wanted)
        table = name.removeprefix("listing_change_").removesuffix("_delete")
        where = "" if db.engine.dialect.name == "sqlite" else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER {name}{where}")
    upgrade()
    assert triggers() == wanted


def promises() -> dict[str, set[str]]:
    """Table → its checks and its unique indexes, as the database itself tells them."""
    told = inspect(db.engine)
    return {
        table: {f"{one['name']}: {one['sqltext']}" for one in told.get_check_constraints(table)}
        | {
            f"{one['name']} {one['column_names']} {list(map(str, one['dialect_options'].values()))}"
            for one in told.get_indexes(table)
            if one["unique"]
        }
        | {f"{one['name']} {one['column_names']}" for one in told.get_unique_constraints(table)}
        for table in sorted(tables())
    }


def test_a_migrated_database_keeps_the_promises_of_a_new_one(unbuilt: Flask):
    upgrade()
    migrated = promises()
    downgrade(revision="base")
    db.create_all()
    assert migrated == promises()


def test_rows_of_the_first_version_are_all_there_after_the_next(unbuilt: Flask):
    """SQLite alters a table by dropping it, which would take the rows that point to it along."""
    upgrade(revision="0001")
    with db.engine.begin() as connection:
        for statement in FIRST_ROWS.read_text().split(";\n"):
            connection.exec_driver_sql(statement or "SELECT 1")
    upgrade()
    with db.engine.connect() as connection:
        for table in ("organisation", "need", "need_sector", "meeting_request", "meeting"):
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608
            assert count == (2 if table == "organisation" else 1), table
