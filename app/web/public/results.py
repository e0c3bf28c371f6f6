# SPDX-License-Identifier: EUPL-1.2
"""What a search of the directory shows: a page of cards, the map of France, or a spreadsheet."""

from io import BytesIO
from typing import Any

from flask import send_file
from werkzeug.wrappers import Response

from app.documents import directory as papers
from app.language.places import place
from app.language.translate import gettext
from app.queries import directory, favourites, fitting, profiles, vocabulary
from app.queries.companies import Organisation
from app.queries.editions import Edition
from app.queries.fitting import Need
from app.rules.companies import Role
from app.rules.permissions import Permission
from app.rules.territories import DEPARTMENTS, departments_of
from app.web.public import cards, hexes, narrowing, relaxing
from app.web.shared.guard import guard
from app.web.shared.navigation import current_edition
from app.web.shared.standing import standing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LINES = 5000


def shown(edition: Edition | None) -> dict[str, Any]:
    """All that the page of the search says."""
    words = vocabulary.read()
    asked = narrowing.asked(edition, words)
    mine = standing()
    ours = _needs(mine) if asked.role == Role.COMPANY else []
    need = next((one for one in ours if one.id == asked.need), None)
    page = asked.found(edition, fitting.steps(need) if need else ())
    attending = directory.count(asked.role, edition=edition) if edition else 0
    return {
        "asked": asked,
        "page": page,
        "edition": edition,
        "attending": attending,
        "listed": 0 if attending else directory.count(asked.role),
        "facets": narrowing.facets(asked, page, words),
        "chips": narrowing.chips(asked, words),
        "ways": relaxing.ways(asked, edition) if not page.total else [],
        "zones": zones(),
        "cards": cards.of(page.found, asked, edition, need),
        "need": need,
        "ours": ours,
        "compared": directory.in_order(asked.compared),
        "most_lines": MOST_LINES,
        "mine": mine,
        "kept": sum(favourites.counts(mine).values()) if mine else 0,
        "map": hexes.cells(asked, page),
        "france": hexes.cells(asked, page, hexes.FRANCE) if asked.as_map else [],
    }


def _needs(mine: Organisation | None) -> list[Need]:
    """The needs by which the reader may sort: those of the buyer one speaks for."""
    return fitting.needs_of(mine) if mine and mine.role == Role.BUYER else []


def zones() -> list[tuple[str, str]]:
    """Occitanie, its departments, then all others."""
    near = departments_of(relaxing.OCCITANIE)
    others = [code for code in DEPARTMENTS if code not in near]
    whole = (relaxing.OCCITANIE, gettext("Toute l'Occitanie"))
    return [whole, *((code, place(code)) for code in (*near, *others))]


@guard(Permission.HAVE_ACCOUNT)
def table() -> Response:
    """The search as a spreadsheet, without anything about a person."""
    edition = current_edition()
    words = vocabulary.read()
    asked = narrowing.asked(edition, words)
    ids, total = directory.numbers(**asked.asking(edition), most=MOST_LINES)
    said = cards.filters_in_words(asked, narrowing.chips(asked, words))
    paper = papers.workbook(
        profiles.by_parts(ids), asked=said, total=total, made_on=profiles.today()
    )
    return send_file(
        BytesIO(paper), mimetype=XLSX, as_attachment=True, download_name="annuaire.xlsx"
    )
