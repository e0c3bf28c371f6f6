# SPDX-License-Identifier: EUPL-1.2
"""How words are compared."""

import pytest

from app.rules.search import folded, words_of


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Cœur d'Hérault", "coeur d herault"),
        ("ŒUVRE", "oeuvre"),
        ("Curriculum vitæ", "curriculum vitae"),
        ("Île-de-France", "ile de france"),
        ("  Tri   %_garrigue ", "tri garrigue"),
        ("ÅNGSTRÖM ﬁn", "angstrom fin"),
    ],
)
def test_accents_capitals_and_ligatures_do_not_count(written, compared):
    assert folded(written) == compared


def test_a_number_typed_in_groups_is_one_word():
    assert words_of("732 829 320 00074") == ["73282932000074"]
    assert words_of("31 impasse") == ["31", "impasse"]
