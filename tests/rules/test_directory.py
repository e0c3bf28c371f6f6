# SPDX-License-Identifier: EUPL-1.2
"""Which listings answer a search, and the counts beside its filters."""

import pytest

from app.rules.directory import Entry, Facet, Size, Wanted, facets_of, places_of, size_of


def a_trade(*names: str, sold: str = "PREST", served: str = "34"):
    return {
        Facet.SECTORS: frozenset(names),
        Facet.SOLD: frozenset([sold]),
        Facet.SERVED: frozenset([served]),
    }


def an_entry(number: int, name: str, kind: str, *trades) -> Entry:
    said = {Facet.KINDS: frozenset([kind])}
    return Entry(number, "company", name, f"{name} 34000", said, trades)


GARDENERS = an_entry(1, "jardins", "ACI", a_trade("green", served="11"), a_trade("catering"))
PRINTERS = an_entry(2, "papier", "ESAT", a_trade("print", sold="BUILD"))
SILENT = an_entry(3, "muets", "EI", {Facet.SERVED: frozenset(["34"])})
BUYER = Entry(4, "buyer", "ville", "ville 34000")
ALL = [GARDENERS, PRINTERS, SILENT, BUYER]


def wanted(*words: str, **chosen: str) -> Wanted:
    values = {Facet[name.upper()]: frozenset(some.split()) for name, some in chosen.items()}
    return Wanted("company", values, tuple(frozenset({word}) for word in words))


def found(wanted: Wanted) -> list[int]:
    return [entry.id for entry in ALL if wanted.matches(entry)]


def test_one_activity_must_satisfy_every_filter():
    assert found(wanted(served="34")) == [1, 2, 3]
    assert found(wanted(sectors="green")) == [1]
    assert found(wanted(served="34", sectors="green")) == []


def test_within_a_filter_any_value_will_do():
    assert found(wanted(kinds="ACI ESAT")) == [1, 2]


def test_each_word_must_begin_a_word_of_the_listing():
    assert found(wanted("jard", "34")) == [1]
    assert found(wanted("ardins")) == []


def test_a_code_asks_for_a_trade_besides_the_filters():
    both = Wanted("company", {Facet.SERVED: frozenset(["34"])}, sectors=frozenset(["catering"]))
    assert found(both) == [1]
    assert found(both.without(Facet.SERVED)) == [1]


def test_counts_leave_the_other_filters_as_they_are():
    facets = facets_of(ALL, wanted(kinds="ACI", served="34"))
    assert facets[Facet.SERVED] == {"11": 1, "34": 1}
    assert facets[Facet.KINDS] == {"ACI": 1, "ESAT": 1, "EI": 1}
    assert facets[Facet.SECTORS] == {"catering": 1}
    assert facets[Facet.SOLD] == {"PREST": 1}
    assert facets[Facet.LABELS] == {}


def test_a_listing_counts_once_in_each_value():
    twice = an_entry(5, "deux", "ACI", a_trade("green"), a_trade("green"))
    assert facets_of([twice], wanted())[Facet.SECTORS] == {"green": 1}


def test_a_region_means_its_departments():
    assert "34" in places_of("R76")
    assert places_of("34") == {"34"}
    assert places_of(None) == frozenset()


@pytest.mark.parametrize(
    ("people", "size"),
    [(None, None), (0, Size.UNDER_10), (9, Size.UNDER_10), (10, Size.UNDER_50),
     (249, Size.UNDER_250), (250, Size.OVER_250)],
)  # fmt: skip
def test_the_size_follows_from_the_headcount(people, size):
    assert size_of(people) == size
