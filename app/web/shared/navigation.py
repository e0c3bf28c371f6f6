# SPDX-License-Identifier: EUPL-1.2
"""The menu at the head of each page, by the bank one stands on."""

from dataclasses import dataclass

from flask import Flask, g, request, url_for

from app.language.translate import gettext
from app.queries import editions


@dataclass(frozen=True)
class Entry:
    """A link of the menu."""

    address: str
    words: str

    @property
    def is_here(self) -> bool:
        return bool(request.path == self.address)


def public() -> list[Entry]:
    """For everybody."""
    return [
        Entry(url_for("public.home.home"), gettext("Le salon")),
        Entry(url_for("public.directory.search"), gettext("Annuaire")),
        Entry(url_for("public.needs.published"), gettext("Besoins")),
    ]


def init_app(app: Flask) -> None:
    """Let the base template ask for the menu."""
    app.jinja_env.globals.update(menu=menu, current_edition=current_edition)


def current_edition() -> object:
    """The edition this page is about: the one in the address, else the next one."""
    if "edition" not in g:
        g.edition = editions.current()
    return g.edition


def menu() -> list[Entry]:
    """The menu of this page: the organiser's, the member's, or everybody's."""
    return public()
