# SPDX-License-Identifier: EUPL-1.2
"""The newsletter, and the letter that asks to confirm it; readers who share a share the words."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from app.mail.written import Written, written

# Stands for the way out until the reader is known; no writer can type it.
EXIT = "\x02exit\x03"


def subscription_asked(*, language: str, team: str, confirmed: bool, link: str) -> Written:
    """Asks to confirm by a click, or tells a reader that it is one already, and where to change."""
    return written(
        "subscription_asked", language=language, team=team, confirmed=confirmed, link=link
    )


def issue(
    *,
    language: str,
    team: str,
    title: str,
    intro: str,
    parts: Sequence[tuple[StrEnum, Sequence[object]]],
    base: str,
    archive: str,
) -> Written:
    """One issue as readers of one kind get it. base: the address of the site, for its links."""
    return written(
        "issue", language=language, team=team, title=title, intro=intro, parts=parts, base=base,
        archive=archive, exit=EXIT,
    )  # fmt: skip


def addressed(letter: Written, exit: str) -> Written:
    """The same letter with one reader's way out."""
    return replace(
        letter, text=letter.text.replace(EXIT, exit), html=letter.html.replace(EXIT, exit)
    )
