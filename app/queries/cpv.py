# SPDX-License-Identifier: EUPL-1.2
"""The CPV vocabulary, looked up by words in French or in English, and read with its tree."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.models.base import db
from app.models.cpv import CpvCode
from app.rules.cpv import DIVISIONS, ancestors, level_of, stems
from app.rules.search import folded

MOST_SHOWN = 20


@dataclass(frozen=True)
class Entry:
    """A code with its name, and those of what it is a part of, the division first."""

    code: str
    name: str
    above: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The code without the zeros that say nothing: "77310000" is shown "7731"."""
        return self.code[: level_of(self.code) + 1] if len(self.code) == 8 else self.code


@dataclass(frozen=True)
class Found:
    """The first codes that a search finds, and how many there are in all."""

    entries: list[Entry]
    total: int


def is_loaded() -> bool:
    """Whether the whole vocabulary is there, or the 45 divisions alone."""
    return db.session.scalar(select(CpvCode.id).limit(1)) is not None


def search(text: str, *, language: str, most: int = MOST_SHOWN) -> Found:
    """The codes whose name holds all these words, in either language, or that begin so in digits.

    Those whose name begins so come first, then the widest codes. Three queries at most.
    """
    if not is_loaded():
        return _divisions(text, language)
    words = stems(text)
    if not words:
        return Found([], 0)
    total = db.session.scalar(select(func.count()).select_from(_found(words).subquery())) or 0
    ranked = _found(words).order_by(_rank(text, language), CpvCode.level, CpvCode.code)
    return Found(_entries(db.session.scalars(ranked.limit(most)), language), total)


def entries(codes: Collection[str], *, language: str) -> list[Entry]:
    """These codes with their names, in the order given; one of 2 digits is that of its division."""
    whole = {code: code.ljust(8, "0") for code in codes}
    found = db.session.scalars(select(CpvCode).where(CpvCode.code.in_(whole.values())))
    known = {entry.code: entry for entry in _entries(found, language)}
    return [
        known.get(whole[code]) or Entry(code, DIVISIONS.get(code[:2], ("", ""))[language != "fr"])
        for code in codes
    ]


def names(codes: Collection[str]) -> list[str]:
    """What these codes stand for, in both languages, for a search to find them by."""
    whole = [code.ljust(8, "0") for code in codes]
    found = db.session.scalars(select(CpvCode).where(CpvCode.code.in_(whole))) if whole else ()
    return [name for one in found for name in (one.name_fr, one.name_en)]


def unknown(codes: Collection[str]) -> list[str]:
    """Those of these codes that the vocabulary does not hold; none when it is not loaded."""
    whole = {code.ljust(8, "0"): code for code in codes}
    if not whole or not is_loaded():
        return []
    held = set(db.session.scalars(select(CpvCode.code).where(CpvCode.code.in_(whole))))
    return [code for full, code in whole.items() if full not in held]


def _found(words: list[str]) -> Select[CpvCode]:
    if all(word.isdecimal() for word in words):
        return select(CpvCode).where(CpvCode.code.startswith("".join(words)[:8], autoescape=True))
    return select(CpvCode).where(
        or_(*(_holds(column, words) for column in (CpvCode.search_fr, CpvCode.search_en)))
    )


def _holds(column: InstrumentedAttribute[str], words: list[str]) -> ColumnElement[bool]:
    return and_(*(column.contains(f" {word}", autoescape=True) for word in words))


def _rank(text: str, language: str) -> ColumnElement[int]:
    """0: the name begins so. 1: it begins with the first word, and the others follow.

    2: it says just so. 3: it has the words in this order. 4: in any order, in the reader's
    language. 5: in the other one.
    """
    ours = CpvCode.search_fr if language == "fr" else CpvCode.search_en
    words = stems(text)
    in_order = "% ".join(words)  # words are letters and digits: nothing to escape
    return case(
        (ours.startswith(f" {' '.join(words)}", autoescape=True), 0),
        (ours.like(f" {in_order}%"), 1),
        (ours.contains(f" {folded(text)}", autoescape=True), 2),
        (ours.like(f"% {in_order}%"), 3),
        (_holds(ours, words), 4),
        else_=5,
    )


def _entries(found: Iterable[CpvCode], language: str) -> list[Entry]:
    codes = list(found)
    above = {code for one in codes for code in ancestors(one.code)}
    names = {one.code: one for one in db.session.scalars(
        select(CpvCode).where(CpvCode.code.in_(above))
    )}  # fmt: skip
    return [
        Entry(
            one.code,
            _name(one, language),
            tuple(_name(names[code], language) for code in ancestors(one.code) if code in names),
        )
        for one in codes
    ]


def _name(one: CpvCode, language: str) -> str:
    return one.name_fr if language == "fr" else one.name_en


def _divisions(text: str, language: str) -> Found:
    words = stems(text)
    found = [
        Entry(code, names[language != "fr"])
        for code, names in DIVISIONS.items()
        if words and all(word in folded(f"{code} {names[0]} {names[1]}") for word in words)
    ]
    return Found(found, len(found))
