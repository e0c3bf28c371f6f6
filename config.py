# SPDX-License-Identifier: EUPL-1.2
"""Every setting of the installation, read once from the environment and checked at the start."""

import os
import re
import secrets
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PROJECT = Path(__file__).resolve().parent
INSTANCE = PROJECT / "instance"
LANGUAGES = ("fr", "en")

DEFAULTS = {
    "DATABASE_URL": "sqlite:///instance/passerelle.db",
    "QUEUE_URL": "",
    "MAIL_URL": "console:",
    "MAIL_FROM": "Passerelle <ne-pas-repondre@localhost>",
    "SECRET_KEY": "",
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "BASE_URL": "",
    "DEMO": "auto",
    "EMBEDDED_WORKER": "1",
    "WEB_WORKERS": "2",
    "WEB_THREADS": "4",
    "UPLOAD_MAX_MB": "5",
    "SOLVER_SECONDS": "20",
    "RATE_LIMIT_STORAGE": "memory://",
    "TRUSTED_PROXIES": "0",
    "LOG_FORMAT": "console",
}

# A file that is somewhat too large must reach its form, which answers beside the field.
REQUEST_TO_UPLOAD = 8
SECRET_KEY_LENGTH = 32
SENDER = r"(?:[^<>@]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class WrongSetting(Exception):
    """A setting that cannot be used: which one, and how to mend it, in French and in English."""

    def __init__(self, name: str, french: str, english: str) -> None:
        """Keep the name of the variable and one sentence per language."""
        super().__init__(f"{name}\u00a0: {french}\n{name}: {english}")
        self.name = name

    @classmethod
    def value(cls, name: str, value: str, french: str, english: str) -> "WrongSetting":
        """A value that is not understood, shown without its password, and what to write instead."""
        shown = re.sub(r"//[^@/]*@", "//…@", value)
        return cls(
            name,
            f"«\u00a0{shown}\u00a0» ne convient pas. {french}",
            f"“{shown}” does not fit. {english}",
        )

    @classmethod
    def choice(cls, name: str, value: str, known: str) -> "WrongSetting":
        """A value that is none of the known ones."""
        return cls.value(
            name, value, f"Formes possibles\u00a0: {known}.", f"Possible forms: {known}."
        )


@dataclass(frozen=True)
class Settings:
    """What the installation was asked to be; paths are absolute, sizes in MB, times in seconds."""

    database_url: str
    queue_url: str
    mail_url: str
    mail_from: str
    secret_key: str
    host: str
    port: int
    base_url: str
    demo: bool
    embedded_worker: bool
    web_workers: int
    web_threads: int
    upload_max_mb: int
    solver_seconds: int
    rate_limit_storage: str
    trusted_proxies: int
    log_format: str
    uploads: str


def read_settings(
    environ: Mapping[str, str] = os.environ, *, instance: Path = INSTANCE
) -> Settings:
    """Read and check every setting; an empty variable counts as absent.

    Errors: `WrongSetting` for the first value that cannot be used.
    """
    given = {name: environ.get(name, "").strip() or usual for name, usual in DEFAULTS.items()}
    host, port = given["HOST"], _whole_number(given, "PORT", 1, 65535)
    database_url = _database_url(given["DATABASE_URL"])
    given["BASE_URL"] = given["BASE_URL"] or _own_address(host, port)
    base_url = _matching(given, "BASE_URL", r"https?://[^?#]+", "https://rencontres.exemple.fr")
    mail_settings(given["MAIL_URL"])
    return Settings(
        database_url=database_url,
        queue_url=_queue_url(given["QUEUE_URL"], database_url, instance),
        mail_url=given["MAIL_URL"],
        mail_from=_matching(given, "MAIL_FROM", SENDER, "Passerelle <bonjour@exemple.fr>"),
        secret_key=_secret_key(given["SECRET_KEY"], instance),
        host=host,
        port=port,
        base_url=_address("BASE_URL", base_url).geturl().rstrip("/"),
        demo=_demo(given, base_url),
        embedded_worker=_matching(given, "EMBEDDED_WORKER", "[01]", "0, 1") == "1",
        web_workers=_whole_number(given, "WEB_WORKERS", 1, 64),
        web_threads=_whole_number(given, "WEB_THREADS", 1, 64),
        upload_max_mb=_whole_number(given, "UPLOAD_MAX_MB", 1, 100),
        solver_seconds=_whole_number(given, "SOLVER_SECONDS", 1, 3600),
        rate_limit_storage=_matching(
            given,
            "RATE_LIMIT_STORAGE",
            r"memory://|rediss?://.+",
            "memory://, redis://server:6379/0",
        ),
        trusted_proxies=_whole_number(given, "TRUSTED_PROXIES", 0, 10),
        log_format=_matching(given, "LOG_FORMAT", "console|json", "console, json"),
        uploads=str(instance / "uploads"),
    )


def settings_or_exit(environ: Mapping[str, str] = os.environ, *, serve: bool = False) -> Settings:
    """Read the settings; a wrong one is said on stderr and ends the program with code 2."""
    try:
        settings = read_settings(environ)
        if serve:
            require_free_port(settings)
        return settings
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(2) from None


def flask_config(settings: Settings) -> dict[str, Any]:
    """The settings under the names that Flask and its extensions expect."""
    address = urlsplit(settings.base_url)
    secure = address.scheme == "https"
    return {
        "SECRET_KEY": settings.secret_key,
        "SERVER_NAME": address.netloc,
        "APPLICATION_ROOT": address.path or "/",
        "PREFERRED_URL_SCHEME": address.scheme,
        "SESSION_COOKIE_NAME": "passerelle",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": settings.upload_max_mb * REQUEST_TO_UPLOAD * 1024**2,
        "UPLOAD_MAX_MB": settings.upload_max_mb,
        "UPLOAD_FOLDER": settings.uploads,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "QUEUE_URL": settings.queue_url,
        "SOLVER_SECONDS": settings.solver_seconds,
        "RATELIMIT_STORAGE_URI": settings.rate_limit_storage,
        "LANGUAGES": LANGUAGES,
        "BABEL_DEFAULT_LOCALE": LANGUAGES[0],
        "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
        "BASE_URL": settings.base_url,
        "DEMO": settings.demo,
        "TRUSTED_PROXIES": settings.trusted_proxies,
        "LOG_FORMAT": settings.log_format,
        "MAIL_DEFAULT_SENDER": settings.mail_from,
        **mail_settings(settings.mail_url),
    }


def mail_settings(url: str) -> dict[str, Any]:
    """How letters leave the house, as Flask-Mailman's settings.

    Errors: `WrongSetting` when the address is none of the known forms.
    """
    scheme, _, path = url.partition(":")
    if scheme in ("console", "memory") and not path:
        return {"MAIL_BACKEND": {"console": "console", "memory": "locmem"}[scheme]}
    if scheme == "file" and path:
        return {"MAIL_BACKEND": "file", "MAIL_FILE_PATH": str(PROJECT / path)}
    if scheme in ("smtp", "smtps"):
        return _smtp_settings(_address("MAIL_URL", url))
    known = "console:, memory:, file:letters, smtp://name:password@server:587?starttls=1, smtps://server"
    raise WrongSetting.choice("MAIL_URL", url, known)


def _smtp_settings(address: SplitResult) -> dict[str, Any]:
    ssl = address.scheme == "smtps"
    starttls = parse_qs(address.query).get("starttls", ["0"])[-1] == "1"
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": address.hostname,
        "MAIL_PORT": address.port or (465 if ssl else 587 if starttls else 25),
        "MAIL_USERNAME": unquote(address.username) if address.username else None,
        "MAIL_PASSWORD": unquote(address.password) if address.password else None,
        "MAIL_USE_SSL": ssl,
        "MAIL_USE_TLS": starttls and not ssl,
        "MAIL_TIMEOUT": 20,
    }


def _database_url(url: str) -> str:
    if url.startswith("sqlite:///"):
        return _sqlite_url("DATABASE_URL", url)
    for scheme in ("postgres://", "postgresql://", "postgresql+psycopg://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    known = "sqlite:///instance/passerelle.db, postgresql://name:password@server/database"
    raise WrongSetting.choice("DATABASE_URL", url, known)


def _queue_url(url: str, database_url: str, instance: Path) -> str:
    if not url:
        return f"sqlite:///{_queue_file(database_url, instance)}"
    if url.startswith("sqlite:///"):
        return _sqlite_url("QUEUE_URL", url)
    if url == "immediate" or url.startswith(("redis://", "rediss://", "postgresql://")):
        return url
    if url.startswith("postgres://"):
        return "postgresql://" + url.removeprefix("postgres://")
    known = "sqlite:///instance/queue.db, postgresql://…, redis://…, immediate"
    raise WrongSetting.choice("QUEUE_URL", url, known)


def _queue_file(database_url: str, instance: Path) -> Path:
    database = Path(database_url.removeprefix("sqlite:///"))
    if database_url.startswith("sqlite:") and database.name != ":memory:":
        return database.with_name(f"{database.stem}-queue.db")
    return instance / "queue.db"


def _sqlite_url(name: str, url: str) -> str:
    path = url.removeprefix("sqlite:///")
    if path == ":memory:":
        return url
    file = PROJECT / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WrongSetting.value(
            name,
            url,
            f"Le dossier {file.parent} ne peut pas être créé\u00a0: choisissez-en un autre.",
            f"The folder {file.parent} cannot be made: choose another one.",
        ) from None
    return f"sqlite:///{file}"


def _own_address(host: str, port: int) -> str:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"


def _secret_key(key: str, instance: Path) -> str:
    if not key:
        return _kept_secret_key(instance / "secret-key")
    if len(key) >= SECRET_KEY_LENGTH:
        return key
    raise WrongSetting(
        "SECRET_KEY",
        f"la clé compte {len(key)} caractères, il en faut au moins {SECRET_KEY_LENGTH}. "
        "Laissez-la vide pour qu'elle soit tirée au sort et gardée dans instance/secret-key.",
        f"the key has {len(key)} characters, at least {SECRET_KEY_LENGTH} are needed. "
        "Leave it empty to have one drawn and kept in instance/secret-key.",
    )


def _kept_secret_key(file: Path) -> str:
    """The key of this installation, drawn the first time; two processes never see two keys."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _draw_secret_key(file)
        key = file.read_text().strip()
    except OSError:
        raise WrongSetting(
            "SECRET_KEY",
            f"{file} ne peut être ni lu ni écrit. Ouvrez ce dossier, ou donnez la clé.",
            f"{file} can be neither read nor written. Open that folder, or give the key.",
        ) from None
    return _secret_key(key, file.parent) if key else _empty_key(file)


def _draw_secret_key(file: Path) -> None:
    descriptor, draft = tempfile.mkstemp(dir=file.parent)  # mode 600
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        os.unlink(draft)


def _empty_key(file: Path) -> NoReturn:
    raise WrongSetting(
        "SECRET_KEY",
        f"{file} est vide. Effacez ce fichier, ou donnez la clé.",
        f"{file} is empty. Delete that file, or give the key.",
    )


def _demo(given: Mapping[str, str], base_url: str) -> bool:
    """Demonstration log-ins are public: unless asked for, they stay on the machine itself."""
    wanted = _matching(given, "DEMO", "0|1|auto", "0, 1, auto")
    return urlsplit(base_url).hostname in LOOPBACK if wanted == "auto" else wanted == "1"


def _matching(given: Mapping[str, str], name: str, pattern: str, known: str) -> str:
    if re.fullmatch(pattern, given[name]):
        return given[name]
    raise WrongSetting.choice(name, given[name], known)


def _whole_number(given: Mapping[str, str], name: str, least: int, most: int) -> int:
    value = given[name]
    if re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most:
        return int(value)
    raise WrongSetting.value(
        name,
        value,
        f"Écrivez un nombre entier de {least} à {most}, par exemple {DEFAULTS[name]}.",
        f"Write a whole number from {least} to {most}, for instance {DEFAULTS[name]}.",
    )


def _address(name: str, url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        if address.hostname and address.port != 0:
            return address
    except ValueError:
        pass
    raise WrongSetting.value(
        name,
        url,
        "Le serveur manque, ou le port n'est pas un nombre de 1 à 65535.",
        "The server is missing, or the port is not a number from 1 to 65535.",
    )


def require_free_port(settings: Settings) -> None:
    """Errors: `WrongSetting` when something else already answers at this address."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.host, settings.port))
        except OSError:
            raise WrongSetting.value(
                "PORT",
                f"{settings.host}:{settings.port}",
                "Cette adresse est déjà prise, ou n'est pas à cette machine. Essayez PORT=8001.",
                "This address is already taken, or is not this machine's. Try PORT=8001.",
            ) from None


if __name__ == "__main__":
    # What ./run asks before anything is installed.
    settings_or_exit(serve="serve" in sys.argv)
