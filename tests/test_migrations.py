# SPDX-License-Identifier: EUPL-1.2
"""The migrations build what the models say, and take it down again, on both databases."""

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
