# SPDX-License-Identifier: EUPL-1.2
"""What fits: meetings into slots and places, with proof. Pure: no web, no database, no clock of
ours, no network.
"""

from scheduler.check import check
from scheduler.codec import (
    digest_of,
    event_from_json,
    problem_from_json,
    problem_to_json,
    solution_from_json,
    solution_to_json,
)
from scheduler.event import Absence, Closure, Event
from scheduler.explain import explain
from scheduler.hours import HourPrice, dearest_hours, price_of_hour
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
from scheduler.repair import Answer, Repair, repair
from scheduler.samples import sample
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
    Violation,
    moved,
)
from scheduler.solver import solve
from scheduler.validate import BadInput
from scheduler.what_if import WhatIf, what_if

__all__ = [
    "Absence",
    "Answer",
    "Attendance",
    "BadInput",
    "Change",
    "Closure",
    "Event",
    "Fairness",
    "Fixed",
    "FixedStart",
    "Held",
    "HourPrice",
    "Id",
    "Meeting",
    "Moved",
    "Party",
    "Place",
    "Problem",
    "Progress",
    "Repair",
    "Room",
    "SignUp",
    "Slot",
    "Solution",
    "Unblock",
    "Unplaced",
    "Violation",
    "WhatIf",
    "Wish",
    "Workshop",
    "check",
    "dearest_hours",
    "digest_of",
    "event_from_json",
    "explain",
    "moved",
    "price_of_hour",
    "problem_from_json",
    "problem_to_json",
    "repair",
    "sample",
    "solution_from_json",
    "solution_to_json",
    "solve",
    "what_if",
]
