# SPDX-License-Identifier: EUPL-1.2
"""What a sheet must say before it is kept."""

import pytest

from app.rules.errors import RuleBroken
from app.rules.guidance import SheetKind, Wording, require_wording, slug_of

FRENCH = {"title_fr": "Réserver un lot", "summary_fr": "En trois pas.", "text_fr": "D'abord…"}


@pytest.mark.parametrize("missing", FRENCH)
def test_the_french_words_are_all_needed(missing):
    with pytest.raises(RuleBroken) as refused:
        require_wording(SheetKind.GUIDE, Wording(**{**FRENCH, missing: " "}))
    assert (refused.value.key, refused.value.field) == ("sheet_field_missing", missing)


def test_english_is_whole_or_absent():
    require_wording(SheetKind.GUIDE, Wording(**FRENCH))
    with pytest.raises(RuleBroken) as refused:
        require_wording(SheetKind.GUIDE, Wording(**FRENCH, title_en="Reserve a lot"))
    assert refused.value.field == "summary_en"


def test_a_good_practice_says_who_and_what_came_of_it():
    with pytest.raises(RuleBroken) as refused:
        require_wording(SheetKind.PRACTICE, Wording(**FRENCH, buyer="Ville de Lodève"))
    assert refused.value.field == "result"


def test_a_text_too_long_says_how_long_it_may_be():
    with pytest.raises(RuleBroken) as refused:
        require_wording(SheetKind.NEWS, Wording(**{**FRENCH, "title_fr": "x" * 121}))
    assert (refused.value.key, refused.value.facts["most"]) == ("too_long", 120)


def test_an_address_is_made_of_plain_words():
    assert slug_of("« Cœur d'Hérault » : réserver") == "coeur-d-herault-reserver"
    assert slug_of("…") == "fiche"
