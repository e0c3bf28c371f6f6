# SPDX-License-Identifier: EUPL-1.2
"""Who wrote each field of a listing."""

from app.rules.authorship import author_of, is_typed, number_of, person

AUTHORS = {
    "website": {"by": person(12), "on": "2026-11-22"},
    "brand": {"by": "typed", "on": "2026-11-22"},
    "city": {"by": "import-siae", "on": "2026-11-22"},
}


def test_what_a_person_wrote_is_told_from_what_was_imported():
    typed = [name for name in (*AUTHORS, "naf") if is_typed(AUTHORS, name)]
    assert typed == ["website", "brand"]


def test_the_author_is_a_person_or_a_source_or_nobody():
    told = [author_of(AUTHORS, name) for name in ("website", "city", "naf")]
    assert told == ["person:12", "import-siae", ""]
    assert [number_of(author) for author in told] == [12, None, None]
