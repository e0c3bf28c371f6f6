# SPDX-License-Identifier: EUPL-1.2
"""Which plank is being laid."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.rules.phases import PhaseKind, Progress, phases

FAIR: dict[str, Any] = {
    "starts_on": date(2027, 11, 24),
    "ends_on": date(2027, 11, 25),
    "zone": "Europe/Paris",
}
DEADLINES: dict[str, Any] = {
    "registration": datetime(2027, 10, 15, tzinfo=UTC),
    "requests": datetime(2027, 10, 29, tzinfo=UTC),
    "answers": datetime(2027, 11, 5, tzinfo=UTC),
}


def current(now, **deadlines):
    found = phases(**{**DEADLINES, **deadlines}, **FAIR, now=now)
    (kind,) = [phase.kind for phase in found if phase.progress == Progress.NOW]
    return kind


@pytest.mark.parametrize(
    ("month", "day", "hour", "kind"),
    [
        (9, 1, 0, PhaseKind.REGISTRATION),
        (10, 15, 0, PhaseKind.REGISTRATION),
        (10, 15, 1, PhaseKind.REQUESTS),
        (11, 1, 0, PhaseKind.ANSWERS),
        (11, 10, 0, PhaseKind.SCHEDULE),
        (11, 23, 22, PhaseKind.SCHEDULE),
        (11, 23, 23, PhaseKind.SCHEDULE),
        (11, 24, 0, PhaseKind.FAIR),
        (11, 25, 22, PhaseKind.FAIR),
        (11, 26, 0, PhaseKind.FOLLOW_UP),
    ],
)
def test_exactly_one_phase_is_now(month, day, hour, kind):
    assert current(datetime(2027, month, day, hour, tzinfo=UTC)) == kind


def test_phases_before_are_done_and_phases_after_are_to_come():
    found = phases(**DEADLINES, **FAIR, now=datetime(2027, 11, 1, tzinfo=UTC))

    assert [phase.progress for phase in found] == [
        Progress.DONE,
        Progress.DONE,
        Progress.NOW,
        Progress.LATER,
        Progress.LATER,
        Progress.LATER,
    ]


def test_without_deadlines_registration_lasts_until_the_fair():
    none: dict[str, Any] = dict.fromkeys(DEADLINES)

    assert current(datetime(2027, 11, 1, tzinfo=UTC), **none) == PhaseKind.REGISTRATION
    assert current(datetime(2027, 11, 24, 9, tzinfo=UTC), **none) == PhaseKind.FAIR
