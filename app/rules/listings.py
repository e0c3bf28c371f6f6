# SPDX-License-Identifier: EUPL-1.2
"""How much a listing may add to be believed, and what each thing must say."""

from app.rules.errors import RuleBroken

MOST_PHOTOS = 8
MOST_REFERENCES = 20
MOST_LABELS = 20
OLDEST_YEAR = 1950


def require_room(count: int, most: int, *, field: str) -> None:
    """One more fits. Errors: RuleBroken `listing_full`."""
    if count >= most:
        raise RuleBroken("listing_full", field=field, most=most)


def require_alternative(text: str, *, field: str = "alternative") -> str:
    """What a photo shows, for who does not see it. Errors: RuleBroken `alternative_missing`."""
    words = " ".join(text.split())
    if not words:
        raise RuleBroken("alternative_missing", field=field)
    return words


def require_year(year: int | None, *, this_year: int, field: str = "year") -> int | None:
    """A year that has come, if it is said. Errors: RuleBroken `year_wrong`."""
    if year is not None and not OLDEST_YEAR <= year <= this_year:
        raise RuleBroken("year_wrong", field=field, least=OLDEST_YEAR, most=this_year)
    return year


def require_proof(link: str, has_file: bool, *, field: str = "proof_link") -> None:
    """Somebody who says to hold a label shows it. Errors: RuleBroken `label_unproved`."""
    if not link and not has_file:
        raise RuleBroken("label_unproved", field=field)
