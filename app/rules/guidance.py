# SPDX-License-Identifier: EUPL-1.2
"""Sheets that organisers and networks write: guidance, good practices, news; version by version."""

from dataclasses import dataclass
from enum import StrEnum

from app.rules.errors import RuleBroken
from app.rules.search import folded

LONGEST_TITLE = 120
LONGEST_SUMMARY = 300
LONGEST_TEXT = 40_000


class SheetKind(StrEnum):
    """Guidance says how, a good practice tells who did it, news tells what happens."""

    GUIDE = "guide"
    PRACTICE = "practice"
    NEWS = "news"


class SheetState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wording:
    """The words of one version, in Markdown; English may be empty, French may not.

    buyer, contract, clause, result: for a good practice, who did what, how, and what came of it.
    """

    title_fr: str
    summary_fr: str
    text_fr: str
    title_en: str = ""
    summary_en: str = ""
    text_en: str = ""
    buyer: str = ""
    contract: str = ""
    clause: str = ""
    result: str = ""


def require_wording(kind: SheetKind, wording: Wording) -> None:
    """A sheet has a French title, summary and text; a good practice names its buyer and result.

    Errors: RuleBroken `sheet_field_missing` or `too_long` on the field.
    """
    needed = ["title_fr", "summary_fr", "text_fr"]
    if any((wording.title_en, wording.summary_en, wording.text_en)):
        needed += ["title_en", "summary_en", "text_en"]
    if kind == SheetKind.PRACTICE:
        needed += ["buyer", "result"]
    for name in needed:
        if not getattr(wording, name).strip():
            raise RuleBroken("sheet_field_missing", field=name)
    longest = {"title": LONGEST_TITLE, "summary": LONGEST_SUMMARY, "text": LONGEST_TEXT}
    for name in (f"{part}_{language}" for part in longest for language in ("fr", "en")):
        most, written = longest[name[:-3]], len(getattr(wording, name))
        if written > most:
            raise RuleBroken("too_long", field=name, most=most, written=written)


def slug_of(title: str) -> str:
    """The last part of the address of a sheet: « Réserver un lot » is reserver-un-lot."""
    return "-".join(folded(title).split())[:70].strip("-") or "fiche"
