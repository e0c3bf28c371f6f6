# SPDX-License-Identifier: EUPL-1.2
"""A census of needs as a spreadsheet: the buyers with their answers, and their needs."""

from collections.abc import Iterable

from app.documents.workbooks import Cell, Tab
from app.documents.workbooks import workbook as made
from app.language.phrases import word
from app.language.translate import gettext
from app.queries.campaigns import Line
from app.queries.needs import Need


def workbook(lines: Iterable[Line], needs: Iterable[Need]) -> bytes:
    """Two sheets, as XLSX."""
    buyers = (
        (gettext("Acheteur"), 40),
        (gettext("SIRET"), 18),
        (gettext("Nature"), 18),
        (gettext("Département"), 12),
        (gettext("Réponse"), 22),
        (gettext("Besoins"), 10),
        (gettext("Lettres envoyées"), 10),
        (gettext("Dernière lettre"), 14),
    )
    wanted = (
        (gettext("Acheteur"), 40),
        (gettext("Besoin"), 50),
        (gettext("État"), 18),
        (gettext("Étape"), 18),
        (gettext("CPV"), 12),
        (gettext("Montant"), 24),
        (gettext("Début"), 12),
        (gettext("Réservé"), 40),
    )
    return made(
        [
            Tab(gettext("Réponses"), buyers, [_buyer(line) for line in lines]),
            Tab(gettext("Besoins"), wanted, [_need(need) for need in needs]),
        ]
    )


def _buyer(line: Line) -> tuple[Cell, ...]:
    one = line.organisation
    return (
        one.display_name,
        one.siret or "",
        word(one.buyer_kind) if one.buyer_kind else "",
        one.department,
        word(line.reply),
        line.needs,
        line.buyer.letters,
        line.buyer.written_at.date() if line.buyer.written_at else None,
    )


def _need(need: Need) -> tuple[Cell, ...]:
    return (
        need.organisation.display_name,
        need.title,
        word(need.state),
        word(need.kind),
        need.cpv,
        word(need.amount_band),
        need.starts_on,
        word(need.set_aside),
    )
