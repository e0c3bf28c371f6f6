# SPDX-License-Identifier: EUPL-1.2
"""The project's own tables of facts are complete."""

from app.rules.cpv import DIVISIONS
from app.rules.sectors import FAMILIES, families_of_cpv, family_of_naf
from app.rules.territories import DEPARTMENTS, REGIONS, departments_of

OCCITANIE = ["09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"]


def test_there_are_twenty_families_each_with_trades_and_words_in_both_languages():
    slugs = [trade.slug for family in FAMILIES for trade in family.trades]
    assert len(FAMILIES) == len({family.slug for family in FAMILIES}) == 20
    assert len(slugs) == len(set(slugs)) == 61
    assert all(family.french and family.english and family.trades for family in FAMILIES)


def test_cpv_has_its_45_divisions_and_every_prefix_of_ours_is_in_one():
    assert len(DIVISIONS) == 45
    assert all(french and english for french, english in DIVISIONS.values())
    assert DIVISIONS["34"][0].startswith("Équipement de transport")
    assert {prefix[:2] for family in FAMILIES for prefix in family.cpv} <= set(DIVISIONS)


def test_occitanie_has_its_thirteen_departments():
    assert departments_of("R76") == OCCITANIE
    assert len(DEPARTMENTS) >= 101
    assert REGIONS["R76"] == "Occitanie"


def test_naf_points_to_a_family_by_its_longest_prefix_or_to_none():
    assert family_of_naf("81.30Z").slug == "espaces-verts"
    assert family_of_naf("8121Z").slug == "proprete"
    assert family_of_naf("8899B") is None


def test_cpv_points_to_families_the_most_precise_first():
    assert [family.slug for family in families_of_cpv("77310000")] == ["espaces-verts"]
    assert families_of_cpv("45210000")[0].slug == "batiment"
    assert families_of_cpv("45112710")[0].slug == "espaces-verts"
    assert families_of_cpv("") == []
