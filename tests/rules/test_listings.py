# SPDX-License-Identifier: EUPL-1.2
"""What a listing may add to be believed."""

import pytest

from app.rules.errors import RuleBroken
from app.rules.listings import require_alternative, require_proof, require_room, require_year


def refusal(function, *arguments, **named) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as refused:
        function(*arguments, **named)
    return refused.value.key, refused.value.field


def test_a_label_needs_a_page_or_a_paper():
    require_proof("https://exemple.fr", False)
    require_proof("", True)
    assert refusal(require_proof, "", False) == ("label_unproved", "proof_link")


def test_a_photo_says_what_it_shows():
    assert require_alternative("  Une  haie taillée ") == "Une haie taillée"
    assert refusal(require_alternative, "   ") == ("alternative_missing", "alternative")


@pytest.mark.parametrize("year", [1949, 2027])
def test_a_year_has_come_and_is_not_too_old(year):
    assert require_year(None, this_year=2026) is None
    assert require_year(2026, this_year=2026) == 2026
    assert refusal(require_year, year, this_year=2026) == ("year_wrong", "year")


def test_there_is_room_for_so_many():
    require_room(7, 8, field="photo")
    assert refusal(require_room, 8, 8, field="photo") == ("listing_full", "photo")
