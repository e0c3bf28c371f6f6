# SPDX-License-Identifier: EUPL-1.2
"""Listings of the directory as a spreadsheet, without anything about a person."""

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.language.phrases import sold, word
from app.language.places import place, reach
from app.language.translate import day_year, gettext, language
from app.queries.profiles import Profile

Cell = str | int | float | None
LONGEST_CELL = 32_000  # a spreadsheet takes 32,767 characters
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook(
    profiles: Iterable[Profile],
    *,
    asked: Mapping[str, str],
    total: int,
    made_on: date,
    notes: Mapping[int, str] | None = None,
) -> bytes:
    """One line per listing, written as it comes; a second sheet says what was asked.

    asked: name of a filter → its value in words. total: how many answer, written or not. notes:
    listing id → the private note, for a list of one's own. What people typed stays text, even
    when it looks like a formula.
    """
    paper = BytesIO()
    with Workbook(paper, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(gettext("Fiches"))
        sheet.freeze_panes(1, 1)
        headings = _headings(notes is not None)
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        written = 0
        for written, profile in enumerate(profiles, start=1):
            note = [notes.get(profile.organisation.id, "")] if notes is not None else []
            _write(sheet, written, [*_line(profile), *note])
        sheet.autofilter(0, 0, written, len(headings) - 1)
        _about(book, asked, written, total, made_on, with_notes=notes is not None)
    return paper.getvalue()


def _write(sheet: Worksheet, row: int, cells: Iterable[Cell]) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, str) and value:
            sheet.write_string(row, column, value[:LONGEST_CELL])
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)


def _about(
    book: Workbook,
    asked: Mapping[str, str],
    written: int,
    total: int,
    made_on: date,
    *,
    with_notes: bool,
) -> None:
    none = gettext("Aucune : ni nom de personne, ni adresse, ni téléphone.")
    sheet = book.add_worksheet(gettext("Recherche"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 60)
    lines: list[tuple[str, Any]] = [
        (gettext("Fiches dans ce tableau"), written),
        (gettext("Fiches trouvées"), total),
        (gettext("Fait le"), day_year(made_on)),
        *asked.items(),
        (
            gettext("Données personnelles"),
            gettext("Aucune, hors ce que disent vos notes.") if with_notes else none,
        ),
    ]
    for row, line in enumerate(lines):
        _write(sheet, row, line)


def _headings(with_notes: bool) -> list[tuple[str, int]]:
    return [
        (gettext("Nom"), 34),
        (gettext("Raison sociale"), 34),
        (gettext("SIRET ou TVA"), 18),
        (gettext("Type de structure"), 30),
        (gettext("Famille de l'ESS"), 24),
        (gettext("Ville"), 22),
        (gettext("Département"), 22),
        (gettext("Métiers"), 50),
        (gettext("Ce qu'elle propose"), 30),
        (gettext("Territoire"), 40),
        (gettext("Offres"), 50),
        (gettext("Labels"), 24),
        (gettext("Réseaux"), 24),
        (gettext("Salariés"), 10),
        (gettext("Chiffre d'affaires (€)"), 16),
        (gettext("Marchés publics gagnés depuis trois ans"), 18),
        (gettext("Leur montant (€ HT)"), 18),
        (gettext("Site"), 34),
        *([(gettext("Note"), 50)] if with_notes else []),
    ]


def _line(profile: Profile) -> list[Cell]:
    one, english = profile.organisation, language() == "en"
    kind = one.company_kind or one.buyer_kind
    trades = [
        each.sector.name_en if english else each.sector.name_fr for each in profile.activities
    ]
    types = {sold(each) for activity in profile.activities for each in activity.presta_types}
    reaches = {
        reach(each.geo_range, each.zones, each.distance_km): None for each in profile.activities
    }
    labels = [each.label.name_en if english else each.label.name_fr for each in profile.labels]
    return [
        one.display_name,
        one.name if one.brand else "",
        one.siret or one.vat_number,
        word(kind) if kind else "",
        word(one.family) if one.family else "",
        one.city,
        place(one.department) if one.department else "",
        _joined(trades),
        _joined(sorted(types)),
        _joined(reaches),
        _joined(offer.name for offer in profile.offers),
        _joined(labels),
        _joined(each.network.display_name for each in profile.networks),
        one.headcount,
        one.turnover,
        profile.won.count or None,
        profile.won.amount or None,
        one.website,
    ]


def _joined(words: Iterable[str]) -> str:
    return " ; ".join(words)
