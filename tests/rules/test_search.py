# SPDX-License-Identifier: EUPL-1.2
"""How words are compared."""

import pytest

from app.rules.search import cpv_of, folded, nearest, spellings, telling, words_of


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


def test_small_words_tell_nothing_unless_they_are_all_there_is():
    assert telling(["entretien", "de", "linge"]) == ["entretien", "linge"]
    assert telling(["la", "de"]) == ["la", "de"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("77310000", "77310000"), (" 77310000-6 ", "77310000"), ("7731000", ""), ("77310000 a", ""),
     ("73282932000074", "")],
)  # fmt: skip
def test_a_cpv_code_has_eight_digits_and_perhaps_a_check_digit(written, code):
    assert cpv_of(written) == code


def test_short_and_long_spellings_are_one():
    assert spellings("st") == {"st", "saint"}
    assert spellings("sainte") == {"sainte", "ste"}
    assert spellings("jardin") == {"jardin"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("menuisrie", "menuiserie"), ("jadrins", "jardins"), ("blanchiserie", "blanchisserie"),
     ("jar", None), ("tondeuse", None), ("12345", None), ("ardins", "jardins")],
)  # fmt: skip
def test_a_slip_is_understood_and_another_word_is_not(typed, meant):
    assert nearest(typed, ["menuiserie", "jardins", "blanchisserie", "12346"]) == meant
