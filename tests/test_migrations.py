# SPDX-License-Identifier: EUPL-1.2
"""The history of the tables: up to today's models and down to nothing, on both databases."""

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


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def unborn_app(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """The application before a database without a single table."""
    url = f"sqlite:///{tmp_path / 'history.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    settings = {"DATABASE_URL": url, "QUEUE_URL": "immediate", "MAIL_URL": "memory:"}
    app = create_app(read_settings(settings, instance=tmp_path), TESTING=True)
    with app.app_context():
        db.drop_all()
    return app


def test_migrations_lead_to_the_models_and_back_to_nothing(unborn_app):
    with unborn_app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "edition" in inspect(db.engine).get_table_names()
        db.drop_all()
        db.engine.dispose()
