# SPDX-License-Identifier: EUPL-1.2
"""The sets of bits answer as the specification does."""

from hypothesis import given, settings
from hypothesis import strategies as any_of

from app.queries.listing_index import ListingIndex, Part
from app.rules.directory import OF_TRADES, Entry, Facet, Wanted, facets_of

VALUES = {facet: [f"{facet.value}-{n}" for n in range(3)] for facet in Facet}
VALUES[Facet.SERVED] = [f"{n:03}" for n in range(130)]  # more than one word of bits
WORDS = ("jardin", "jardinage", "bois", "boiserie", "saint", "34000")


def some(facet: Facet) -> any_of.SearchStrategy[frozenset[str]]:
    return any_of.frozensets(any_of.sampled_from(VALUES[facet]), max_size=3)


def values(facets) -> any_of.SearchStrategy[dict[Facet, frozenset[str]]]:
    return any_of.fixed_dictionaries({facet: some(facet) for facet in facets})


OTHERS = [facet for facet in Facet if facet not in OF_TRADES]
TEXTS = any_of.lists(any_of.sampled_from(WORDS), max_size=3).map(" ".join)
ROLES = any_of.sampled_from(["company", "buyer"])
UNNUMBERED = any_of.tuples(
    ROLES, TEXTS, TEXTS, values(OTHERS), any_of.lists(values(OF_TRADES), min_size=1, max_size=3)
)
WANTED = any_of.builds(
    Wanted,
    ROLES,
    any_of.dictionaries(any_of.sampled_from(list(Facet)), any_of.none()).flatmap(
        lambda chosen: values(chosen)
    ),
    any_of.lists(any_of.frozensets(any_of.sampled_from(["jar", "bois", "st"]), min_size=1),
                 max_size=2).map(tuple),
    some(Facet.SECTORS),
)  # fmt: skip


def entries_of(unnumbered) -> list[Entry]:
    return [
        Entry(number, role, name, f"{name} {text}", said, tuple(trades))
        for number, (role, name, text, said, trades) in enumerate(unnumbered, start=1)
    ]


@settings(deadline=None, max_examples=200)
@given(any_of.lists(UNNUMBERED, max_size=8), WANTED, any_of.integers(0, 8))
def test_bits_find_and_count_what_the_specification_does(unnumbered, wanted, split):
    entries = entries_of(unnumbered)
    stale = [Entry(one.id, "company", "jardin", "jardin") for one in entries[split:]]
    first = Part([*entries[:split], *stale]).without([one.id for one in stale])
    answer = ListingIndex(first, Part(entries[split:])).search(wanted, size=100)
    assert sorted(answer.ids) == [one.id for one in entries if wanted.matches(one)]
    assert answer.total == len(answer.ids)
    assert answer.facets == facets_of(entries, wanted)


def test_names_that_hold_the_words_come_first_then_the_chosen_then_by_name():
    entries = [
        Entry(1, "company", "zinc", "zinc bois"),
        Entry(2, "company", "bois b", "bois b"),
        Entry(3, "company", "bois a", "bois a"),
        Entry(4, "company", "abeille", "abeille bois"),
    ]
    index = ListingIndex(Part(entries[:2]), Part(entries[2:]))
    wanted = Wanted("company", words=(frozenset({"boi"}),))
    assert index.search(wanted, size=10).ids == [3, 2, 4, 1]
    assert index.search(wanted, first=[1, 2], size=10).ids == [2, 3, 1, 4]
    assert index.search(wanted, among=[1, 4, 99], size=10).ids == [4, 1]
    assert index.search(wanted, size=3, page=2).ids == [1]
    assert index.search(wanted, size=3, page=900).number == 2
    assert index.total(wanted) == 4


def test_steps_stand_before_names_and_the_closest_step_first():
    def entry(number: int, **said: str) -> Entry:
        trade = {Facet[facet.upper()]: frozenset([value]) for facet, value in said.items()}
        return Entry(number, "company", f"nom {number}", f"nom {number}", {}, (trade,))

    entries = [
        entry(1),
        entry(2, sectors="linge"),
        entry(3, sectors="linge", served="34"),
        entry(4, served="34"),
    ]
    closest = Wanted(
        "company", {Facet.SECTORS: frozenset(["linge"]), Facet.SERVED: frozenset(["34"])}
    )
    steps = [closest, closest.without(Facet.SERVED)]
    index = ListingIndex(Part(entries))
    assert index.search(Wanted("company"), steps=steps, size=9).ids == [3, 2, 1, 4]


def test_an_empty_directory_answers_nothing():
    index = ListingIndex(Part([]))
    assert index.search(Wanted("company"), size=10).ids == []
    assert index.nearest("jardinage") is None
    assert not index.knows({"a"})


def test_the_word_that_was_probably_meant():
    index = ListingIndex(Part([Entry(1, "company", "a", "menuiserie espaces jardin 12345678")]))
    assert index.nearest("menuisrie") == "menuiserie"
    assert index.nearest("ejspaces") == "espaces"
    assert index.nearest("jrdin") == "jardin"
    assert index.nearest("voiture") is None
    assert index.nearest("12345679") is None
