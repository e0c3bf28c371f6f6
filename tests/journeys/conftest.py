# SPDX-License-Identifier: EUPL-1.2
"""A real browser before a real server: Debian's Chromium, one fair, axe on every page visited."""

import logging
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, TimeoutError
from werkzeug.serving import make_server

from app.factory import create_app
from app.models.base import db
from config import read_settings

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --disable-dev-shm-usage"
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; without it the journeys are skipped, and nothing else is."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is absent: apt-get install chromium")
    return {"executable_path": chromium, "headless": True, "args": FLAGS.split()}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """An application of its own, served on a free port: (application, address)."""
    settings = read_settings(
        {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'journey.db'}",
            "QUEUE_URL": "immediate",
            "MAIL_URL": "memory:",
            "SECRET_KEY": "a key that only the journeys know, long enough",
        },
        instance=tmp_path,
    )
    app = create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    app.config.update(SERVER_NAME=address.removeprefix("http://"), BASE_URL=address)
    with app.app_context():
        db.create_all()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield app, address
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def _as_shown(words: str) -> re.Pattern[str]:
    """Words typed plainly, as a page shows them: curly apostrophes, non-breaking spaces."""
    return re.compile(re.escape(words).replace(r"\ ", r"\s").replace("'", "['’]"))


class Visitor:
    """One person with a browser of their own; every page they come to is checked by axe."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        self.said: list[str] = []
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: str) -> None:
        """The browser says so itself when a form comes back (422) or is refused (409)."""
        if not re.search(r"Failed to load resource.*status of 4(09|22)", message):
            self.said.append(message)

    def go(self, path: str) -> "Visitor":
        self.page.goto(self.address + path if path.startswith("/") else path)
        return self.look()

    def press(self, words: str, *, nth: int = 0) -> "Visitor":
        """Press the button, or follow the link, of these words (typed with plain spaces)."""
        name = _as_shown(words)
        button = self.page.get_by_role("button", name=name)
        with self.telling_where():
            button.or_(self.page.get_by_role("link", name=name)).nth(nth).click()
        return self.look()

    def fill(self, **fields: str) -> "Visitor":
        """Type into the fields of these names."""
        for name, value in fields.items():
            with self.telling_where():
                self._field(name).first.fill(value)
        return self

    def choose(self, **fields: str) -> "Visitor":
        """Choose from lists by what they show; tick what is to be ticked by its value."""
        for name, value in fields.items():
            field = self._field(name).first
            with self.telling_where():
                if field.evaluate("field => field.tagName") == "SELECT":
                    shown = field.locator("option", has_text=_as_shown(value)).first
                    field.select_option(shown.get_attribute("value"))
                else:
                    self._field(name, f"[value='{value}']").check()
        return self

    def _field(self, name: str, more: str = "") -> Locator:
        """The field of this name, whatever form of the page it is in (`offer-name`)."""
        return self.page.locator(f"main [name='{name}']{more}, main [name$='-{name}']{more}")

    @contextmanager
    def telling_where(self) -> Iterator[None]:
        """A step that cannot be taken says on which page, and what stands there."""
        try:
            yield
        except TimeoutError as late:
            shown = self.page.inner_text("main")[:3000]
            raise AssertionError(f"{late.message}\non {self.page.url}:\n{shown}") from None

    def sees(self, words: str) -> bool:
        return words in self.page.inner_text("body").replace("\u00a0", " ").replace("’", "'")

    def look(self) -> "Visitor":
        """Run axe on the page one has come to, and keep its serious faults."""
        self.page.wait_for_load_state()
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        self.faults += [
            f"{self.page.url} {fault['id']}: {fault['nodes'][0]['html'][:200]}"
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        return self


@pytest.fixture
def visitor(
    browser: Browser, site: tuple[Flask, str], browser_context_args: dict[str, Any]
) -> Iterator[Callable[..., Visitor]]:
    """`visitor()` is one more person; nobody shares a session."""
    contexts = []

    def arrive(**more: Any) -> Visitor:
        context = browser.new_context(**{**browser_context_args, **more})
        context.set_default_timeout(5_000)
        contexts.append(context)
        return Visitor(context.new_page(), site[1])

    yield arrive
    for context in contexts:
        context.close()
