# SPDX-License-Identifier: EUPL-1.2
"""The menu at the head of each page, by the bank one stands on."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for

from app.language.translate import gettext
from app.queries import editions
from app.web.shared.login import person


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


def landing() -> str:
    """Where one arrives after log-in: the first page of one's menu, or else one's account."""
    somebody = person()
    if somebody.organisations or somebody.organisers:
        return menu()[0].address
    return url_for("member.account.account")


def shows_demonstration() -> bool:
    """Whether everybody may come in as an invented person: an invented fair, on a machine for it."""
    edition = current_edition()
    return bool(current_app.config["DEMO"] and getattr(edition, "is_demonstration", False))
