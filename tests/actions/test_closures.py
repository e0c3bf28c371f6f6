# SPDX-License-Identifier: EUPL-1.2
"""Places that shut and open again."""

from app.actions import closures
from app.models.base import db
from app.models.history import HistoryLine
from app.queries import closures as queries
from app.queries import schedule_problem
from tests.builders import a_fair, a_user


def test_a_place_is_shut_at_some_slots_and_opens_again(app):
    fair = a_fair(slots=3, tables=2)
    db.session.commit()
    table, by = fair.tables[0], a_user()
    closures.shut(table, [fair.slots[1].id, fair.slots[2].id], by=by)
    closures.shut(table, [fair.slots[2].id], by=by)  # said twice, kept once

    shut, other = schedule_problem.of_edition(fair.edition).places
    assert (shut.slots, other.slots) == ((1,), None)
    [line] = queries.of_edition(fair.edition)
    assert (line.first, line.last) == (fair.slots[1].starts_at, fair.slots[2].starts_at)

    closures.reopen(table, by=by)
    assert schedule_problem.of_edition(fair.edition).places[0].slots is None
    verbs = [line.verb for line in db.session.query(HistoryLine)]
    assert verbs == ["place.shut", "place.reopened"]
