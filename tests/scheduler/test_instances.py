# SPDX-License-Identifier: EUPL-1.2
"""Golden instances: published optima proven, tight fairs at their bound (skipped without the
shared files).
"""

import json

import pytest

from scheduler import check, compiled, solve
from scheduler.codec import read_problem
from tests.scheduler.fairs import instances

QUICK = [
    "tic-12.original",
    "tic-13.original",
    "tic-14crafd.original",
    "forumt-14.original",
    "tic-13crafc.original",
    "forum-13crafc.forb0007",
    "forum-14.original",
    "tic-13crafb.forb0003",
    "forum-14.forb0007",
    "forumt-14crafd.forb0003",
]


@pytest.mark.parametrize("name", QUICK)
def test_the_published_optimum_is_proven(name: str) -> None:
    file = instances("b2bsp", f"{name}.dzn")
    published = json.loads(instances("b2bsp", "published.json").read_text())["d2"][name]["breaks"]
    problem = read_problem(file)
    answer = solve(problem, seconds=60)
    if published is None:
        assert answer.status == "infeasible"
        assert answer.explanation
    else:
        assert (answer.status, answer.breaks) == ("optimal", published)
        assert check(problem, answer) == []


@pytest.mark.skipif(not compiled.is_warm(), reason="the kernel is not compiled yet")
def test_the_small_tight_fair_reaches_its_bound() -> None:
    problem = read_problem(instances("fairs", "fair-S-1.json"))
    answer = solve(problem, iterations=1_000_000)
    assert (answer.value, answer.value_bound) == (403, 403)
    assert answer.idle <= 6
    assert check(problem, answer) == []
