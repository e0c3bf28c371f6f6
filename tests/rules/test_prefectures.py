# SPDX-License-Identifier: EUPL-1.2
"""Prefectures stand where the official geography and the real structures say."""

import csv
from collections import defaultdict
from statistics import median

from app.rules.prefectures import PREFECTURES
from app.rules.search import folded
from app.rules.territories import DEPARTMENTS, chord_km, distance_km, on_sphere


def test_every_department_has_its_prefecture():
    assert set(PREFECTURES) == set(DEPARTMENTS)


def test_a_chord_is_as_long_as_the_way_over_the_ground_to_the_metre_at_a_hundred_kilometres():
    here, there = PREFECTURES["34"], PREFECTURES["11"]
    chord, arc = chord_km(on_sphere(here), on_sphere(there)), distance_km(here, there)
    assert 100 < arc < 140
    assert 0 <= arc - chord < 0.005


def test_prefectures_are_in_the_middle_of_the_structures_of_their_town(shared_data):
    """Within ten kilometres of the median seat, where three real structures or more sit there."""
    towns = {row["insee_code"]: row["name"] for row in rows(shared_data, "geo/communes.csv")}
    heads = {
        row["code"]: folded(towns.get(row["chef_lieu"], "")).replace("-", " ")
        for row in rows(shared_data, "geo/departements.csv")
    }
    seats = defaultdict(list)
    for row in rows(shared_data, "siae/siae_le_marche_fixture.csv"):
        department, town = row["department"], folded(row["city"]).replace("-", " ")
        if row["lat"] and heads.get(department) == town:
            seats[department].append((float(row["lat"]), float(row["lon"])))
    known = {code: points for code, points in seats.items() if len(points) >= 3}
    assert len(known) > 80
    wrong = {
        code: middle
        for code, points in known.items()
        if distance_km(middle := (median(x for x, _ in points), median(y for _, y in points)),
                       PREFECTURES[code]) > 10
    }  # fmt: skip
    assert wrong == {}


def rows(shared_data, name):
    with (shared_data / "data" / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
