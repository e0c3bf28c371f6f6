# SPDX-License-Identifier: EUPL-1.2
"""Departments, regions, and what an activity reaches."""

import pytest

from app.rules.companies import GeoRange
from app.rules.errors import RuleBroken
from app.rules.territories import (
    DEPARTMENTS,
    REGION_OF,
    REGIONS,
    department_of,
    departments_of,
    distance_km,
    reached,
    require_territory,
)

MONTPELLIER, TOULOUSE = (43.61, 3.88), (43.60, 1.44)


def test_there_are_101_departments_in_18_regions_6_collectivities_and_13_in_occitanie():
    assert len(DEPARTMENTS) == 101 + 6
    assert set(REGION_OF.values()) == set(REGIONS)
    assert len(REGIONS) == 18 + 6
    assert " ".join(departments_of("R76")) == "09 11 12 30 31 32 34 46 48 65 66 81 82"


@pytest.mark.parametrize(
    ("post_code", "department"),
    [("34210", "34"), ("20000", "2A"), ("20600", "2B"), ("97400", "974"), ("99999", ""), ("", "")],
)
def test_the_post_code_tells_the_department(post_code, department):
    assert department_of(post_code) == department


def test_a_distance_is_in_kilometres():
    assert distance_km(MONTPELLIER, TOULOUSE) == pytest.approx(196, abs=3)


def test_the_whole_country_reaches_every_department():
    assert reached(GeoRange.COUNTRY) == frozenset(DEPARTMENTS)


def test_a_region_reaches_the_departments_inside_it():
    assert reached(GeoRange.ZONES, zones=["R76", "13"]) == frozenset([*departments_of("R76"), "13"])


def test_kilometres_reach_the_department_of_the_seat_and_the_towns_near_it():
    near = reached(GeoRange.CUSTOM, km=60, seat=MONTPELLIER, home="34")
    assert near == {"34", "30"}
    assert reached(GeoRange.CUSTOM, km=60, seat=None, home="34") == {"34"}


def test_only_what_the_range_needs_is_kept():
    assert require_territory(GeoRange.COUNTRY, zones=["34"], distance_km=5) == ([], None)
    assert require_territory(GeoRange.ZONES, zones=["34", "11", "34"], distance_km=5) == (
        ["11", "34"],
        None,
    )
    assert require_territory(GeoRange.CUSTOM, zones=["34"], distance_km=40) == ([], 40)


@pytest.mark.parametrize(
    ("geo_range", "zones", "km", "key", "field"),
    [
        (GeoRange.ZONES, [], None, "zones_missing", "zones"),
        (GeoRange.ZONES, ["99"], None, "department_unknown", "zones"),
        (GeoRange.CUSTOM, [], None, "distance_missing", "distance_km"),
        (GeoRange.CUSTOM, [], 0, "distance_missing", "distance_km"),
        (GeoRange.CUSTOM, [], 5000, "distance_missing", "distance_km"),
    ],
)
def test_a_territory_that_says_nothing_is_refused_on_its_field(geo_range, zones, km, key, field):
    with pytest.raises(RuleBroken) as refused:
        require_territory(geo_range, zones=zones, distance_km=km)
    assert (refused.value.key, refused.value.field) == (key, field)
