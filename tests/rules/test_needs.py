# SPDX-License-Identifier: EUPL-1.2
"""What a need may say, and where it may go from one state to the next."""

from datetime import date

import pytest

from app.rules.companies import GeoRange
from app.rules.errors import RuleBroken
from app.rules.needs import (
    ENDED,
    NEXT,
    NeedState,
    cpv_list,
    departments_of,
    reach_of,
    require_complete,
    require_end_after_start,
    require_unnamed,
)


def test_every_state_knows_its_next_ones_and_only_a_team_keeps_a_need_waiting():
    assert set(NEXT) == set(NeedState)
    assert NeedState.AWARDED not in NEXT[NeedState.DRAFT]
    assert NEXT[NeedState.PUBLISHED] >= ENDED
    assert NeedState.SUBMITTED not in NEXT[NeedState.PUBLISHED]


def test_a_region_stands_for_its_departments():
    assert departments_of(["R94", "34"]) == ["2A", "2B", "34"]
    with pytest.raises(RuleBroken, match="department_unknown"):
        departments_of(["R00"])


def test_a_need_for_the_whole_country_names_no_department():
    require_complete([1], [], GeoRange.COUNTRY)
    with pytest.raises(RuleBroken, match="need_departments"):
        require_complete([1], [])


def test_a_distance_goes_with_around_our_seat_and_with_nothing_else():
    assert reach_of(GeoRange.CUSTOM, 30) == 30
    assert reach_of(GeoRange.ZONES, 30) is None
    with pytest.raises(RuleBroken, match="distance_missing"):
        reach_of(GeoRange.CUSTOM, None)


def test_work_does_not_end_before_it_begins():
    require_end_after_start(date(2027, 3, 1), None)
    with pytest.raises(RuleBroken, match="need_ends_early"):
        require_end_after_start(date(2027, 3, 1), date(2027, 2, 1))


def test_codes_beside_the_main_one_are_each_kept_once():
    assert cpv_list(["77310000-6", "77", "77"], main="77") == ["77310000"]


@pytest.mark.parametrize(
    "said",
    [
        "La ville de Valfleury cherche un jardinier",
        "VILLE-DE-VALFLEURY : tonte",
        "SIRET 21340172201787",
        "numéro 213401722",
    ],
)
def test_an_anonymous_need_does_not_name_its_buyer_in_any_spelling(said):
    with pytest.raises(RuleBroken) as refused:
        require_unnamed({"text": said}, ["Ville de Valfleury", "21340172201787", "213401722", ""])
    assert (refused.value.key, refused.value.field) == ("need_names_buyer", "text")


def test_words_that_only_look_like_the_name_are_let_through():
    require_unnamed({"text": "Une ville de Valfleuryville"}, ["Ville de Valfleury"])
