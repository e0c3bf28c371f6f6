# SPDX-License-Identifier: EUPL-1.2
"""Which listings answer a search, and the counts beside its filters."""

from app.rules.directory import Entry, Facets, Trade, Wanted, facets_of, places_of


def a_trade(*names: str, sold: str = "PREST", served: str = "34") -> Trade:
    return Trade(frozenset(names), frozenset([sold]), frozenset([served]))


GARDENERS = Entry(1, "jardins", "ACI", (a_trade("green", served="11"), a_trade("catering")))
PRINTERS = Entry(2, "papier", "ESAT", (a_trade("print", sold="BUILD"),))
SILENT = Entry(3, "muets", "EI", (Trade(served=frozenset(["34"])),))
ALL = [GARDENERS, PRINTERS, SILENT]


def found(wanted: Wanted) -> list[int]:
    return [entry.id for entry in ALL if wanted.matches(entry)]


def test_one_activity_must_satisfy_every_filter():
    assert found(Wanted(departments=frozenset(["34"]))) == [1, 2, 3]
    assert found(Wanted(sectors=frozenset(["green"]))) == [1]
    assert found(Wanted(departments=frozenset(["34"]), sectors=frozenset(["green"]))) == []


def test_within_a_filter_any_value_will_do():
    assert found(Wanted(kinds=frozenset(["ACI", "ESAT"]))) == [1, 2]


def test_counts_leave_the_other_filters_as_they_are():
    facets = facets_of(ALL, Wanted(kinds=frozenset(["ACI"]), departments=frozenset(["34"])))
    assert facets.departments == {"11": 1, "34": 1}
    assert facets.kinds == {"ACI": 1, "ESAT": 1, "EI": 1}
    assert facets.sectors == {"catering": 1}
    assert facets.sold == {"PREST": 1}


def test_a_listing_counts_once_in_each_value():
    twice = Entry(4, "deux", "ACI", (a_trade("green"), a_trade("green")))
    assert facets_of([twice], Wanted()).sectors == {"green": 1}
    assert facets_of([], Wanted()) == Facets()


def test_a_region_means_its_departments():
    assert "34" in places_of("R76")
    assert places_of("34") == {"34"}
    assert places_of(None) == frozenset()
