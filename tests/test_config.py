# SPDX-License-Identifier: EUPL-1.2
"""The settings: what is read, what is refused, and what the documentation says of them."""

import re
import stat

import pytest

from config import DEFAULTS, PROJECT, WrongSetting, flask_config, read_settings, settings_or_exit

KEY = "k" * 40
COMPUTED = {"QUEUE_URL", "SECRET_KEY", "BASE_URL"}


def read(**given: str):
    return read_settings({"SECRET_KEY": KEY, **given})


def test_nothing_has_to_be_given(tmp_path):
    settings = read_settings({}, instance=tmp_path)
    assert settings.database_url == f"sqlite:///{PROJECT}/instance/passerelle.db"
    assert settings.queue_url == f"sqlite:///{PROJECT}/instance/passerelle-queue.db"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.demo and settings.embedded_worker


def test_an_empty_variable_counts_as_absent():
    assert read(PORT="", MAIL_URL=" ").port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://name:secret@server/base"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:////proc/nowhere/passerelle.db"),
        ("QUEUE_URL", "amqp://server"),
        ("MAIL_URL", "smtp:"),
        ("MAIL_URL", "smtp://server:seven"),
        ("MAIL_URL", "pigeon://name:secret@server"),
        ("MAIL_URL", "file:"),
        ("MAIL_FROM", "nobody"),
        ("SECRET_KEY", "short"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "huit mille"),
        ("BASE_URL", "rencontres.exemple.fr"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://server:99999"),
        ("DEMO", "yes"),
        ("EMBEDDED_WORKER", "true"),
        ("WEB_WORKERS", "0"),
        ("WEB_THREADS", "²"),
        ("UPLOAD_MAX_MB", "0"),
        ("SOLVER_SECONDS", "20s"),
        ("RATE_LIMIT_STORAGE", "file:///counts"),
        ("TRUSTED_PROXIES", "-1"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_setting_is_named_in_both_languages_and_keeps_its_password(name, value):
    with pytest.raises(WrongSetting) as caught:
        read(**{name: value})
    french, english = str(caught.value).splitlines()
    assert caught.value.name == name
    assert french.startswith(f"{name}\u00a0: ")
    assert english.startswith(f"{name}: ")
    assert "secret@" not in french + english


def test_a_wrong_setting_stops_the_start_with_code_2_and_no_traceback(capsys):
    with pytest.raises(SystemExit) as stopped:
        settings_or_exit({"SECRET_KEY": KEY, "PORT": "abc"})
    assert stopped.value.code == 2
    assert stopped.value.__suppress_context__
    assert "« abc »".replace(" ", "\u00a0") in capsys.readouterr().err


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_reaches_psycopg_3(scheme):
    settings = read(DATABASE_URL=f"{scheme}://me:pw@server/fair")
    assert settings.database_url == "postgresql+psycopg://me:pw@server/fair"


def test_the_queue_stands_beside_a_sqlite_database_else_in_the_instance(tmp_path):
    beside = read(DATABASE_URL=f"sqlite:///{tmp_path}/fair.db")
    assert beside.queue_url == f"sqlite:///{tmp_path}/fair-queue.db"
    alone = read_settings(
        {"SECRET_KEY": KEY, "DATABASE_URL": "postgresql:///fair"}, instance=tmp_path
    )
    assert alone.queue_url == f"sqlite:///{tmp_path}/queue.db"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("immediate", "immediate"),
        ("redis://server/0", "redis://server/0"),
        ("postgres://server/fair", "postgresql://server/fair"),
        ("sqlite:///instance/q.db", f"sqlite:///{PROJECT}/instance/q.db"),
    ],
)
def test_the_queue_may_be_chosen(given, kept):
    assert read(QUEUE_URL=given).queue_url == kept


def test_letters_may_go_by_smtp():
    config = flask_config(read(MAIL_URL="smtp://me%40x.fr:p%3Aw@post.fr?starttls=1"))
    assert config["MAIL_SERVER"] == "post.fr"
    assert config["MAIL_PORT"] == 587
    assert (config["MAIL_USERNAME"], config["MAIL_PASSWORD"]) == ("me@x.fr", "p:w")
    assert config["MAIL_USE_TLS"] and not config["MAIL_USE_SSL"]


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        ("console:", "console"),
        ("memory:", "locmem"),
        ("file:instance/letters", "file"),
        ("smtps://post.fr", "smtp"),
    ],
)
def test_letters_may_go_elsewhere(url, backend):
    assert flask_config(read(MAIL_URL=url))["MAIL_BACKEND"] == backend


def test_the_secret_key_is_drawn_once_and_read_by_its_owner_alone(tmp_path):
    first = read_settings({}, instance=tmp_path).secret_key
    again = read_settings({}, instance=tmp_path).secret_key
    assert first == again
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_an_emptied_secret_key_is_refused_not_replaced(tmp_path):
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(WrongSetting, match="SECRET_KEY"):
        read_settings({}, instance=tmp_path)


@pytest.mark.parametrize(
    ("given", "demo"),
    [
        ({}, True),
        ({"BASE_URL": "http://localhost:5000"}, True),
        ({"BASE_URL": "https://fairs.example.org"}, False),
        ({"BASE_URL": "https://fairs.example.org", "DEMO": "1"}, True),
        ({"DEMO": "0"}, False),
    ],
)
def test_public_log_ins_stay_on_this_machine_unless_asked_for(given, demo):
    assert read(**given).demo is demo


def test_cookies_travel_encrypted_where_the_site_does():
    assert flask_config(read(BASE_URL="https://fairs.example.org/"))["SESSION_COOKIE_SECURE"]
    assert not flask_config(read())["SESSION_COOKIE_SECURE"]


def test_an_address_with_a_folder_is_kept():
    config = flask_config(read(BASE_URL="https://example.org/salon/"))
    assert (config["SERVER_NAME"], config["APPLICATION_ROOT"]) == ("example.org", "/salon")


def test_a_file_that_is_too_large_still_reaches_its_form():
    config = flask_config(read(UPLOAD_MAX_MB="5"))
    assert config["MAX_CONTENT_LENGTH"] > 10 * 1024**2


def documented() -> dict[str, str]:
    table = (PROJECT / "docs" / "settings.md").read_text()
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", table, re.MULTILINE))


def test_every_setting_is_documented_with_its_default():
    assert list(documented()) == list(DEFAULTS)
    for name, shown in documented().items():
        assert name in COMPUTED or shown == f"`{DEFAULTS[name]}`"
