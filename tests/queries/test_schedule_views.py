# SPDX-License-Identifier: EUPL-1.2
"""A run as its pages show it: the grid, the figures, what was left out."""

from datetime import time

import pytest

from app.actions import publication
from app.models.base import db
from app.queries import schedule_figures, schedule_grid, schedule_problem, unplaced
from app.rules.errors import NotFound
from app.rules.schedules import Change, UnplacedReason
from scheduler import problem_to_json
from tests.builders import a_block, a_fair, a_run


@pytest.fixture
def fair(app):
    """Two companies, two buyers; three slots in the morning, two in the afternoon; two tables."""
    fair = a_fair(companies=2, buyers=2, slots=3)
    fair.slots += a_block(fair.edition, starts=time(14), count=2)
    db.session.commit()
    return fair


def a_done_run(fair, *spots, left=()):
    meetings = [
        {
            "wish": schedule_problem.wish_id(fair.requests[n].id),
            "slot": slot,
            "place": schedule_problem.place_id(fair.tables[table].id),
        }
        for n, slot, table in spots
    ]
    problem = schedule_problem.of_edition(fair.edition)
    run = a_run(
        fair.edition,
        problem=problem_to_json(problem),
        solution={"meetings": meetings, "unplaced": list(left)},
        placed=len(meetings),
        asked=len(fair.requests),
        value=sum(problem.wishes[n].value for n, _, _ in spots),
    )
    run.bound = run.value
    db.session.commit()
    return run


def test_the_grid_has_a_line_for_each_slot_and_a_cell_for_each_table(fair):
    grid = schedule_grid.of_run(a_done_run(fair, (0, 1, 0), (3, 1, 1), (1, 4, 0)), fair.edition)

    assert [half_day.count for half_day in grid.half_days] == [2, 1]
    assert [len(line.cells) for line in grid.lines] == [2, 2, 2]
    first, second = grid.lines[0].cells
    assert first.pair.company.name == fair.companies[0].organisation.name
    assert second.pair.buyer.name == fair.buyers[1].organisation.name
    assert grid.lines[1].meetings == []


def test_another_half_day_is_shown_when_asked_for(fair):
    run = a_done_run(fair, (1, 4, 0))
    afternoon = schedule_grid.of_run(run, fair.edition).half_days[1]
    grid = schedule_grid.of_run(run, fair.edition, block=afternoon.block)

    assert grid.here == afternoon
    assert len(grid.lines[0].meetings) == 1
    with pytest.raises(NotFound):
        schedule_grid.of_run(run, fair.edition, block=0)


def test_a_pause_longer_than_the_change_over_is_shown(fair):
    run = a_done_run(fair)
    run.problem["slots"][2].update(start="2027-11-24T10:10", end="2027-11-24T10:30")
    grid = schedule_grid.of_run(run, fair.edition)

    assert [line.pause for line in grid.lines] == [0, 0, 25]


def test_what_is_not_where_it_was_published_has_moved(fair):
    publication.publish(a_done_run(fair, (0, 1, 0), (3, 1, 1)), by=None)
    grid = schedule_grid.of_run(a_done_run(fair, (0, 1, 0), (3, 2, 1)), fair.edition)

    assert [cell.has_moved for line in grid.lines for cell in line.meetings] == [False, True]


def test_the_longest_wait_counts_time_in_the_hall_not_lunch(fair):
    run = a_done_run(fair, (0, 1, 0), (1, 4, 0))
    figures = schedule_figures.of_run(run, fair.edition)

    assert figures.longest_wait == 25 + 20


def test_whoever_asked_and_meets_nobody_is_alone(fair):
    figures = schedule_figures.of_run(a_done_run(fair, (0, 1, 0)), fair.edition)

    assert figures.alone == 2
    assert figures.told == 2


def test_first_choices_of_either_side_are_counted(fair):
    for request in fair.requests:
        request.priority = request.answer_priority = 3
    fair.requests[0].priority = fair.requests[1].answer_priority = 1
    db.session.commit()
    figures = schedule_figures.of_run(a_done_run(fair, (0, 1, 0)), fair.edition)

    assert figures.first_choices == (1, 2)
    assert figures.share_of_first_choices == 0.5


def test_the_bridge_shows_what_was_reached_and_never_more_than_was_asked(fair):
    deck = schedule_figures.deck(a_done_run(fair, (0, 1, 0)))

    assert deck.start <= deck.value == deck.bound < deck.total
    assert deck.percent(deck.total) == "100.00%"
    assert len(deck.joints) == deck.PLANKS - 1


def test_what_was_left_out_says_why_and_what_would_place_it(fair):
    company, drop = fair.companies[0], fair.requests[0]
    left = {
        "wish": f"q{fair.requests[1].id}",
        "reason": "party_full",
        "parties": [f"r{company.id}"],
        "blocking": [f"q{drop.id}"],
        "unblock": {
            "slot": 2,
            "cost": 2,
            "changes": [
                {"kind": "seat", "slot": 2, "party": f"r{company.id}"},
                {"kind": "drop", "wish": f"q{drop.id}"},
            ],
        },
    }
    (one,) = unplaced.of_run(a_done_run(fair, (0, 1, 0), left=[left]), fair.edition)

    assert one.reason == UnplacedReason.PARTY_FULL
    assert one.speaks_of(company.id)
    assert not one.speaks_of(fair.buyers[1].id)
    assert one.rivals == 1
    seat, gone = one.help
    assert (seat.kind, seat.side.name) == (Change.SEAT, company.organisation.name)
    assert seat.slot == fair.slots[1].starts_at
    assert gone.other.buyer.name == fair.buyers[0].organisation.name


def test_before_any_publication_nothing_is_said_to_be_left_out(fair):
    assert unplaced.of_edition(fair.edition) == {}


def test_somebody_who_asked_but_is_never_there_is_noticed(fair):
    for people in (fair.delegates[fair.companies[0].id], fair.delegates[fair.buyers[0].id]):
        db.session.delete(people[0])
    db.session.commit()

    assert schedule_figures.registrations_without_people(a_done_run(fair)) == 2
