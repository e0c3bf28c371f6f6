# SPDX-License-Identifier: EUPL-1.2
"""How words are compared: without accents, capitals, ligatures or punctuation."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})


def folded(text: str) -> str:
    """The text as it is compared: « Cœur d'Hérault » is written « coeur d herault »."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).lower().split())


def words_of(text: str) -> list[str]:
    """The words to look for; a number typed in groups (a SIRET) counts as one."""
    words = folded(text).split()
    together = "".join(words)
    return [together] if together.isdigit() and len(together) >= 9 else words
