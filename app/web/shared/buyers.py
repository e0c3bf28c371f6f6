# SPDX-License-Identifier: EUPL-1.2
"""Whose need it is, as this reader may know it, and what its CPV codes stand for."""

from typing import cast

from flask import Flask, g

from app.language import translate
from app.language.phrases import word
from app.language.places import place
from app.language.translate import gettext
from app.queries import cpv, needs
from app.queries.cpv import Entry
from app.queries.needs import Need
from app.web.shared.login import person


def knows_buyer(need: Need) -> bool:
    """Whether this reader may know who the buyer is; one query a page at most."""
    if not need.is_anonymous or need.organisation_id in person().organisations:
        return True
    return bool(person().organisations) and need.id in _told()


def buyer_of(need: Need) -> str:
    """The buyer's name, or what it is and where: « Acheteur public, Hérault »."""
    buyer = need.organisation
    if knows_buyer(need):
        return buyer.display_name
    kind = word(buyer.buyer_kind) if buyer.buyer_kind else gettext("Acheteur")
    return f"{kind}, {place(buyer.department)}" if buyer.department else kind


def cpv_named(need: Need) -> list[Entry]:
    """The CPV codes of a need with their names, the main one first."""
    return cpv.entries(need.codes, language=translate.language())


def _told() -> set[int]:
    if "told" not in g:
        g.told = needs.told(person().organisations)
    return cast(set[int], g.told)


def init_app(app: Flask) -> None:
    """Let templates ask."""
    app.jinja_env.globals.update(buyer_of=buyer_of, knows_buyer=knows_buyer, cpv_named=cpv_named)
