# SPDX-License-Identifier: EUPL-1.2
"""One function per letter: each says what it needs, and returns what will be written."""

from dataclasses import dataclass

from flask import render_template

from app.language.translate import use_language


@dataclass(frozen=True)
class Written:
    """A letter in words, ready for the outbox."""

    kind: str
    subject: str
    text: str
    html: str


def _written(kind: str, *, language: str, **facts: object) -> Written:
    """Render the three files of `templates/mail/<kind>/` in the reader's language."""
    with use_language(language):
        subject, text, html = (
            render_template(f"mail/{kind}/{part}", **facts)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Written(kind, " ".join(subject.split()), text.strip() + "\n", html)


def verify_address(*, language: str, name: str, link: str) -> Written:
    """Asks the person to prove the address by a click."""
    return _written("verify_address", language=language, name=name, link=link)


def login_link(*, language: str, name: str, link: str) -> Written:
    """Lets the person in without a password."""
    return _written("login_link", language=language, name=name, link=link)
