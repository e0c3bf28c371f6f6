# SPDX-License-Identifier: EUPL-1.2
"""A letter in words, rendered from its three templates in its reader's language."""

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


def written(kind: str, *, language: str, **facts: object) -> Written:
    """Render the three files of `templates/mail/<kind>/` in the reader's language."""
    with use_language(language):
        subject, text, html = (
            render_template(f"mail/{kind}/{part}", **facts)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return Written(kind, " ".join(subject.split()), text.strip() + "\n", html)
