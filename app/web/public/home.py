# SPDX-License-Identifier: EUPL-1.2
"""The public face of the fair."""

from flask import g, redirect, render_template, request, session
from werkzeug.wrappers import Response

from app.language.translate import LANGUAGES
from app.queries import directory, editions, guidance, needs
from app.queries import workshops as programme
from app.queries.editions import Edition
from app.rules.companies import Role
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.rules.phases import PhaseKind
from app.web.shared.addresses import safe_next
from app.web.shared.guard import guard
from app.web.shared.login import can

LATEST = 3
SHOWN = [kind for kind in PhaseKind if kind != PhaseKind.FOLLOW_UP]


@guard(Permission.VISIT)
def home() -> str:
    """The poster of the next edition, or a sober page when there is none."""
    edition = editions.current()
    return _poster(edition) if edition else render_template("web/public/no_edition.html")


@guard(Permission.VISIT, edition=editions.by_slug)
def edition(edition: Edition) -> str:
    """The poster of this edition; a draft is shown to its own team only."""
    if not edition.is_public and not can(Permission.ORGANISE, edition):
        raise NotFound
    g.edition = edition
    return _poster(edition)


@guard(Permission.VISIT)
def language(code: str) -> Response:
    """Read the site in another language from now on."""
    if code not in LANGUAGES:
        raise NotFound
    session["language"] = code
    return redirect(safe_next(request.form.get("next")))


def _poster(edition: Edition) -> str:
    published = needs.published()
    blocks = editions.blocks(edition)
    return render_template(
        "web/public/home.html",
        edition=edition,
        phases=[phase for phase in editions.phases_of(edition) if phase.kind in SHOWN],
        minutes=blocks[0].slot_minutes if blocks else None,
        needs=published.needs[:LATEST],
        needs_count=published.total,
        companies=directory.count(Role.COMPANY, edition=edition),
        buyers=directory.count(Role.BUYER, edition=edition),
        practical=_practical(edition.practical),
        sheets=guidance.of_edition(edition),
        workshops=programme.with_sheets(edition),
    )


def _practical(text: str) -> list[tuple[str, str]]:
    """(what, words) of each line; « Accès : tram 4 » has a name, other lines have none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parts = [line.partition(" : ") for line in lines]
    return [(name, words) if sep else ("", name) for name, sep, words in parts]
