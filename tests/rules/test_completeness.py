# SPDX-License-Identifier: EUPL-1.2
"""How complete a listing is, and what to add next."""

from app.rules.companies import Role
from app.rules.completeness import ESSENTIAL, POINTS, Missing, completeness


def test_an_empty_listing_of_a_company_lacks_everything_the_most_useful_first():
    empty = completeness(Role.COMPANY, {})
    assert (empty.points, empty.most, empty.share) == (0, 50, 0.0)
    assert empty.lacks == tuple(Missing)
    assert [POINTS[lack] for lack in empty.lacks] == sorted(POINTS.values(), reverse=True)


def test_everything_told_is_complete():
    full = completeness(Role.COMPANY, dict.fromkeys(Missing, 1))
    assert (full.share, full.lacks, full.essential) == (1.0, (), ())


def test_each_thing_is_worth_its_points():
    for one, points in POINTS.items():
        assert completeness(Role.COMPANY, {one: True}).points == points


def test_a_buyer_is_asked_neither_what_it_sells_nor_for_proofs():
    empty = completeness(Role.BUYER, {})
    assert set(empty.lacks) == {Missing.LOGO, Missing.WEBSITE, Missing.DESCRIPTION}
    told = dict.fromkeys(empty.lacks, "x")
    assert completeness(Role.BUYER, told).share == 1.0


def test_only_what_lets_one_be_found_is_pressing():
    there = dict.fromkeys(ESSENTIAL, True)
    almost = completeness(Role.COMPANY, there)
    assert almost.essential == ()
    assert almost.lacks[0] == Missing.REFERENCES
    assert almost.points == 33
