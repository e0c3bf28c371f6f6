# SPDX-License-Identifier: EUPL-1.2
"""Whether two establishments of one legal person are likely to be one buyer."""

from rapidfuzz import fuzz

from app.rules.search import folded

LIKE = 70
# Words that say what kind of body it is: two bodies may share them and nothing else.
COMMON = frozenset(
    {"commune", "mairie", "ville", "de", "du", "des", "la", "le", "les", "d", "l", "et"}
)


def kinship(name: str, other: str) -> int:
    """How like two names are, out of 100; 0 when they are too far apart to be proposed."""
    said = [
        " ".join(word for word in folded(one).split() if word not in COMMON)
        for one in (name, other)
    ]
    likeness = round(fuzz.token_set_ratio(*(one or folded(name) for one in said)))
    return likeness if likeness >= LIKE else 0
