# SPDX-License-Identifier: EUPL-1.2
"""Two establishments of one legal person are proposed as one buyer when their names are alike."""

import pytest

from app.rules.kinship import kinship


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("VILLE DE MONTPELLIER", "COMMUNE DE MONTPELLIER (MAIRIE)"),
        ("COMMUNE DE FILLIERE", "COMMUNE DE FILLIERE (MAIRIE)"),
        ("Communauté de communes Albères", "COMMUNAUTE DE COMMUNES ALBERES COTE VERMEILLE"),
    ],
)
def test_names_that_say_the_same_body_are_alike(name, other):
    assert kinship(name, other) == kinship(other, name) > 0


@pytest.mark.parametrize(
    ("name", "other"),
    [("COMMUNE DE SETE", "COMMUNE DE LODEVE"), ("REGIE DES EAUX", "COMMUNE DE MONTPELLIER")],
)
def test_a_word_that_all_communes_share_does_not_make_kin(name, other):
    assert kinship(name, other) == 0
