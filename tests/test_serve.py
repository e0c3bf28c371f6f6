# SPDX-License-Identifier: EUPL-1.2
"""What comes before the first page of `./run`."""

import pytest

import serve
from config import read_settings

KEY = "k" * 40


@pytest.mark.parametrize(("demo", "commands"), [("1", ["db", "demo"]), ("0", ["db"])])
def test_the_demonstration_fair_is_built_only_where_it_is_wanted(demo, commands):
    settings = read_settings({"SECRET_KEY": KEY, "DEMO": demo})
    assert [words[0] for words in serve.steps(settings)] == commands


def test_steps_are_flask_commands(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/fair.db")
    monkeypatch.setenv("FLASK_APP", "app.factory")
    assert serve.carry_out([["db", "upgrade"]])
    assert (tmp_path / "fair.db").exists()


def test_a_step_that_fails_stops_the_start(monkeypatch, capfd):
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("PORT", "8000")
    monkeypatch.setattr(serve, "steps", lambda settings: [["no-such-command"]])
    monkeypatch.setattr("gunicorn.app.wsgiapp.run", lambda: pytest.fail("served all the same"))
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        serve.main()
    assert "no-such-command" in capfd.readouterr().err


def test_a_database_that_does_not_answer_is_said_in_one_line(monkeypatch, capfd):
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/fair")
    monkeypatch.setenv("FLASK_APP", "app.factory")
    assert not serve.carry_out([["db", "upgrade"]])
    said = capfd.readouterr().err
    assert "port 1" in said
    assert "Traceback" not in said
