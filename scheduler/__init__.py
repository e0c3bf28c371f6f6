# SPDX-License-Identifier: EUPL-1.2
"""What fits: meetings into slots and places, with proof. Pure: no web, no database, no clock of ours, no network."""

from scheduler.check import Violation, check
from scheduler.codec import (
    digest_of,
    problem_from_json,
    problem_to_json,
    solution_from_json,
    solution_to_json,
)
from scheduler.explain import explain
from scheduler.problem import (
    Fixed,
    FixedStart,
    Id,
    Party,
    Place,
    Problem,
    Room,
    SignUp,
    Slot,
    Wish,
    Workshop,
)
from scheduler.solution import (
    Attendance,
    Change,
    Fairness,
    Held,
    Meeting,
    Moved,
    Progress,
    Solution,
    Unblock,
    Unplaced,
    moved,
)
from scheduler.solver import solve
from scheduler.validate import BadInput

__all__ = [
    "Attendance",
    "BadInput",
    "Change",
    "Fairness",
    "Fixed",
    "FixedStart",
    "Held",
    "Id",
    "Meeting",
    "Moved",
    "Party",
    "Place",
    "Problem",
    "Progress",
    "Room",
    "SignUp",
    "Slot",
    "Solution",
    "Unblock",
    "Unplaced",
    "Violation",
    "Wish",
    "Workshop",
    "check",
    "digest_of",
    "explain",
    "moved",
    "problem_from_json",
    "problem_to_json",
    "solution_from_json",
    "solution_to_json",
    "solve",
]
