# SPDX-License-Identifier: EUPL-1.2
"""Proof in mode "all": the question "without any break?", then the search for the fewest."""

import pytest

from scheduler.exact import Staged, fewest_breaks, native_model
from scheduler.problem import Fixed, Wish
from scheduler.reduce import Reduction, reduce
from scheduler.search import Search
from tests.scheduler.fairs import fair


def three_meetings(last: int) -> Reduction:
    """One party meets in slot 1, in the last slot said, and once more where it likes."""
    wishes = [
        Wish("w1", ("b1", "c1"), fixed=Fixed(1)),
        Wish("w2", ("b1", "c2"), fixed=Fixed(last)),
        Wish("w3", ("b1", "c3")),
    ]
    return reduce(fair(wishes, count=4, mode="all"))


def staged(reduction: Reduction) -> Staged:
    question = Search(native_model(reduction, 2, none=True), 5)
    return Staged(question, lambda: Search(native_model(reduction, 2), 5))


@pytest.mark.parametrize(("last", "breaks"), [(3, 0), (4, 1)])
def test_the_question_settles_the_case_or_the_search_follows(last: int, breaks: int) -> None:
    entrant = staged(three_meetings(last))
    entrant.run()
    assert entrant.closed and entrant.status == "optimal"
    assert (entrant.floor, entrant.value) == (breaks, breaks)


def test_a_question_answered_no_closes_nothing_by_itself() -> None:
    """Stopped right after the question: a bound, no answer, and no claim that there is none."""
    reduction = three_meetings(4)

    def then() -> Search:
        entrant.stop()
        return Search(native_model(reduction, 2), 5)

    entrant = Staged(Search(native_model(reduction, 2, none=True), 5), then)
    entrant.run()
    assert (entrant.closed, entrant.status, entrant.bound) == (False, "unknown", 1.0)
    assert entrant.best is None


@pytest.mark.parametrize(("last", "breaks"), [(3, 0), (4, 1)])
def test_the_fewest_breaks_are_proven(last: int, breaks: int) -> None:
    exact = fewest_breaks(three_meetings(last), 2, lambda: 5.0, lambda: False)
    assert (exact.status, exact.breaks, exact.bound) == ("optimal", breaks, breaks)
