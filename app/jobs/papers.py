# SPDX-License-Identifier: EUPL-1.2
"""Prints the batches of paper of an edition: badges, agendas, tables."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.documents import agendas as agenda_papers
from app.documents import badges, pdf, shelf
from app.documents import tables as table_papers
from app.jobs.progress import Progress
from app.models import clock
from app.models.base import db
from app.models.editions import Edition
from app.queries import agendas, tables

KEPT = timedelta(days=60)


def print_badges(progress: Progress) -> dict[str, Any]:
    """The badges of everybody who comes in person, four on a sheet."""
    edition, now = _edition(progress), clock.now()
    people = [one for one in agendas.of_edition(edition) if not one.remote]
    db.session.rollback()
    if not people:
        return {}
    fair = people[0].fair
    undated = (html for _, html in badges.parts(people, fair=fair, printed_at=None))
    parts = badges.parts(people, fair=fair, printed_at=now)
    paper = shelf.keep(
        shelf.name_of("badges", *undated), lambda: pdf.bind(_told(parts, len(people), progress))
    )
    return _result(paper, "badges", edition, count=len(people))


def print_agendas(progress: Progress) -> dict[str, Any]:
    """The agendas of everybody who has a meeting, by name; only changed ones are made anew."""
    edition, now = _edition(progress), clock.now()
    people = [one for one in agendas.of_edition(edition) if one.meetings]
    db.session.rollback()
    if not people:
        return {}
    papers = []
    for done, agenda in enumerate(people):
        progress.report(done, len(people))
        papers.append(agenda_papers.paper(agenda, printed_at=now))
    name = shelf.name_of("agendas", *(paper.name for paper in papers))
    paper = shelf.keep(name, lambda: agenda_papers.all_together(papers))
    return _result(paper, "agendas", edition, count=len(people))


def print_tables(progress: Progress) -> dict[str, Any]:
    """Who meets whom at each table, one sheet a table."""
    edition, now = _edition(progress), clock.now()
    places = tables.of_edition(edition)
    db.session.rollback()
    if not places:
        return {}
    undated = (html for _, html in table_papers.parts(places, fair=edition, printed_at=None))
    parts = table_papers.parts(places, fair=edition, printed_at=now)
    paper = shelf.keep(
        shelf.name_of("tables", *undated), lambda: pdf.bind(_told(parts, len(places), progress))
    )
    return _result(paper, "tables", edition, count=len(places))


def _edition(progress: Progress) -> Edition:
    return db.session.get_one(Edition, progress.asked["edition"])


def _told(parts: Iterable[tuple[int, str]], total: int, progress: Progress) -> Iterator[str]:
    """The parts one by one; before each, say how many lie behind."""
    behind = 0
    for done, html in parts:
        progress.report(behind, total)
        yield html
        behind = done


def _result(paper: Path, word: str, edition: Edition, *, count: int) -> dict[str, Any]:
    """What the page of printed papers shows; papers that nobody used for long are taken away."""
    shelf.clear(after=KEPT)
    return {
        "file": paper.name,
        "name": f"{word}-{edition.slug}-v{edition.version}.pdf",
        "version": edition.version,
        "count": count,
        "bytes": paper.stat().st_size,
    }
