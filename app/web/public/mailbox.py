# SPDX-License-Identifier: EUPL-1.2
"""The mailbox of a demonstration: everybody may read what its invented people receive."""

import re
from urllib.parse import urlsplit

from flask import current_app, render_template
from markupsafe import Markup, escape

from app.queries import mailbox as box
from app.queries.mailbox import Letter
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.shared import filters
from app.web.shared.guard import guard
from app.web.shared.login import can
from app.web.shared.navigation import current_edition, shows_demonstration

LINK = re.compile(r"https?://[^\s<>\"]+")


@guard(Permission.VISIT)
def mailbox() -> str:
    """The letters, the latest first."""
    _require_demonstration()
    text = filters.text()
    letters = box.letters(text, page=filters.page_number())
    return render_template("web/public/mailbox.html", letters=letters, text=text)


@guard(Permission.VISIT, letter=box.by_id)
def letter(letter: Letter) -> str:
    """One letter, as plain text with its links."""
    _require_demonstration()
    return render_template(
        "web/public/letter.html", letter=letter, words=with_links(letter.body_text)
    )


def _require_demonstration() -> None:
    """Errors: NotFound unless the fair is invented and the site says so."""
    if not shows_demonstration() or not can(Permission.READ_DEMO_MAILBOX, current_edition()):
        raise NotFound


def with_links(text: str) -> Markup:
    """Plain text in which addresses of this site can be followed; all else is escaped."""
    ours = urlsplit(current_app.config["BASE_URL"]).netloc
    parts: list[Markup] = []
    end = 0
    for found in LINK.finditer(text):
        address = found.group().rstrip(".,;:!?)")
        parts.append(escape(text[end : found.start()]))
        is_ours = urlsplit(address).netloc == ours
        parts.append(_link(address) if is_ours else escape(address))
        end = found.start() + len(address)
    return Markup("").join([*parts, escape(text[end:])])


def _link(address: str) -> Markup:
    path = urlsplit(address)._replace(scheme="", netloc="").geturl()
    return Markup('<a href="{}">{}</a>').format(path, address)
