# SPDX-License-Identifier: EUPL-1.2
"""How words are compared: without accents, capitals, ligatures or punctuation."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})
APART = re.compile(r"[\W_]+")
CPV = re.compile(r"(\d{8})(?:\s*-\s*\d)?")
# What is written short on a letterbox and long in the register.
SHORT = {"st": "saint", "ste": "sainte", "cie": "compagnie", "ets": "etablissements"}
EMPTY = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par",
     "pour", "sur", "un", "une")
)  # fmt: skip


def folded(text: str) -> str:
    """The text as it is compared: « Cœur d'Hérault » is written « coeur d herault »."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(APART.sub(" ", plain).lower().split())


def words_of(text: str) -> list[str]:
    """The words to look for; a number typed in groups (a SIRET) counts as one."""
    words = folded(text).split()
    together = "".join(words)
    return [together] if together.isdigit() and len(together) >= 9 else words


def telling(words: Iterable[str]) -> list[str]:
    """The words that tell listings apart: « entretien de linge » looks for two, not three."""
    words = list(words)
    return [word for word in words if word not in EMPTY] or words


def cpv_of(text: str) -> str:
    """The eight digits of a CPV code (« 77310000-6 »), or "" when the text is something else."""
    written = CPV.fullmatch(text.strip())
    return written[1] if written else ""


def spellings(word: str) -> frozenset[str]:
    """A word and what it is short for, or what is short for it: « st » and « saint »."""
    short = {long: brief for brief, long in SHORT.items()}
    return frozenset({word, SHORT.get(word, word), short.get(word, word)})


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that was probably meant: one slip from four letters on, two from eight.

    Slips: a letter too many, too few, wrong, or two that changed places (optimal string
    alignment). Of those as near, the one that begins alike, then the first.
    """
    slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    if not slips or not word.isalpha():
        return None
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=20)
    return min(near, key=lambda one: (one[1], one[0][0] != word[0], one[2]))[0] if near else None
