# SPDX-License-Identifier: EUPL-1.2
"""Clauses are copied from the library with their version; a later version changes no old need."""

from datetime import UTC, date, datetime

import pytest

from app.actions import clauses as actions
from app.models import clock
from app.queries import clauses
from app.rules.clauses import LIBRARY, offered
from app.rules.errors import RuleBroken
from tests.builders import a_buyer, a_need

BEFORE, AFTER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)


def taken(need):
    return {one.code: one.version for one in clauses.of_need(need)}


def test_a_later_version_does_not_change_the_need_that_took_the_earlier_one(app):
    old, new = a_need(a_buyer()), a_need(a_buyer())
    with clock.frozen(BEFORE):
        actions.choose(old, by=None, codes=["insertion-hours"])
    text = clauses.of_need(old)[0].text
    with clock.frozen(AFTER):
        actions.choose(new, by=None, codes=["insertion-hours"])
        actions.choose(old, by=None, codes=["waste", "insertion-hours"])
    assert taken(new) == {"insertion-hours": 2}
    assert taken(old) == {"insertion-hours": 1, "waste": 1}
    assert clauses.of_need(old)[0].text == text != clauses.of_need(new)[0].text


def test_the_text_of_today_is_taken_when_asked_for(app):
    need = a_need(a_buyer())
    with clock.frozen(BEFORE):
        actions.choose(need, by=None, codes=["insertion-hours", "advance"])
    with clock.frozen(AFTER):
        actions.choose(need, by=None, codes=["insertion-hours"], renewed=True)
    assert taken(need) == {"insertion-hours": 2}


def test_a_clause_that_is_not_in_the_library_is_refused(app):
    need = a_need(a_buyer())
    with pytest.raises(RuleBroken) as refused:
        actions.choose(need, by=None, codes=["waste", "nonsense"])
    assert (refused.value.key, refused.value.field) == ("clause_unknown", "clauses")
    assert taken(need) == {}


def test_each_day_offers_one_version_of_each_clause():
    assert offered(date(2019, 3, 31)) == []
    for day in (BEFORE.date(), AFTER.date()):
        codes = [clause.code for clause in offered(day)]
        assert len(codes) == len(set(codes)) == len({clause.code for clause in LIBRARY})


def test_versions_of_a_clause_are_numbered_and_dated_in_order():
    for code in {clause.code for clause in LIBRARY}:
        versions = [clause for clause in LIBRARY if clause.code == code]
        assert [clause.version for clause in versions] == list(range(1, len(versions) + 1))
        assert [clause.since for clause in versions] == sorted({one.since for one in versions})
