# SPDX-License-Identifier: EUPL-1.2
"""The personal agenda on paper: one A4 per person, printed again only when it has changed."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flask import render_template

from app.documents import pdf, shelf
from app.language.translate import use_language
from app.queries.agendas import Agenda


def paper(agenda: Agenda, *, printed_at: datetime, language: str | None = None) -> Path:
    """The agenda of one person as a PDF, in the person's language unless another is named.

    An agenda that reads the same as last time is the paper of last time, with its date.
    Errors: PdfUnavailable. Source: code de la commande publique, R2111-1 (the notice for buyers).
    """
    with use_language(language or agenda.language):
        content = _html(agenda, None)
        return shelf.keep(
            shelf.name_of("agenda", content), lambda: pdf.render(_html(agenda, printed_at))
        )


def all_together(papers: Iterable[Path]) -> bytes:
    """The papers of several people in one PDF, in this order."""
    return pdf.merge(papers)


def _html(agenda: Agenda, printed_at: datetime | None) -> str:
    return render_template("documents/agenda.html", agenda=agenda, printed_at=printed_at)
