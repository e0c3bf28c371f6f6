# SPDX-License-Identifier: EUPL-1.2
"""What the list of tables says, and what it costs to read."""

import pytest

from app.models.base import db
from app.queries import tables
from app.rules.meetings import MeetingState, RequestState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_meeting,
    a_registration,
    a_request,
    a_table,
    an_edition,
)


def a_pair(edition, slot, table, *, buyer_asks=False, **facts):
    buyer = a_registration(edition, a_buyer(name="Ville"))
    company = a_registration(edition, a_company(name="Atelier"))
    people = a_delegate(buyer, "Hélène", last_name="Marty"), a_delegate(company, "Théo")
    sides = (buyer, company) if buyer_asks else (company, buyer)
    asked = a_request(*sides, state=RequestState.ACCEPTED)
    return a_meeting(asked, slot, table, *people, **facts)


@pytest.mark.parametrize("buyer_asks", [True, False])
def test_each_turn_names_the_buyer_then_the_company_whoever_asked(app, buyer_asks):
    edition = an_edition(version=1)
    slots = a_block(edition)
    table = a_table(edition, "12")
    a_table(edition, "13")
    a_pair(edition, slots[1], table, buyer_asks=buyer_asks)

    twelve, thirteen = tables.of_edition(edition)

    [(_, turns)] = twelve.days
    assert [turn.buyer is not None for turn in turns] == [False, True, False]
    assert turns[1].buyer == tables.Side("Ville", ("Hélène Marty",))
    assert turns[1].company == tables.Side("Atelier", ("Théo Vasseur",))
    assert (twelve.meetings, thirteen.meetings) == (1, 0)


def test_a_cancelled_meeting_holds_no_table(app):
    edition = an_edition(version=2)
    slots = a_block(edition)
    table = a_table(edition)
    a_pair(edition, slots[0], table, state=MeetingState.CANCELLED)

    assert [one.meetings for one in tables.of_edition(edition)] == [0]


@pytest.mark.parametrize("count", [1, 50])
def test_fifty_tables_cost_no_more_queries_than_one(app, count_queries, count):
    edition = an_edition(version=1)
    [slot] = a_block(edition, count=1)
    for number in range(count):
        a_pair(edition, slot, a_table(edition, str(number)))
    db.session.commit()
    db.session.connection()

    with count_queries:
        found = tables.of_edition(edition)
    assert sum(one.meetings for one in found) == count
    assert len(count_queries) == 4
