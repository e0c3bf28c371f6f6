# SPDX-License-Identifier: EUPL-1.2
"""Alerts of new small needs: what fits, and on which day a letter is due.

An alert narrows what is proposed anyway: a need that `rules.matching` puts aside is never told.
A need without an amount is told too, since it may be small; one that may exceed the ceiling is not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, departments_of
from app.rules.sectors import BY_SLUG
from app.rules.territories import LONGEST_REACH_KM

MONDAY = 0
# Of the day, where the fair takes place: letters are written before work begins.
FIRST_HOUR = 7
MOST_EUROS = 10_000_000
MOST_TOLD = 20


class Rhythm(StrEnum):
    """How often: one letter a day at most, or one each Monday."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Wish:
    """What an alert asks for; nothing said means no limit.

    families: slugs. departments: codes. distance_km: from the seat. most_euros: of the contract.
    """

    families: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    distance_km: int | None = None
    most_euros: int | None = None

    def fits(
        self,
        *,
        families: Collection[str],
        departments: Collection[str],
        km: float | None,
        amount: AmountBand,
    ) -> bool:
        """Whether a need is told. km: from the company to the place, None when it is not known."""
        if self.families and self.families.isdisjoint(families):
            return False
        if self.most_euros is not None and not _may_be_below(amount, self.most_euros):
            return False
        return self._is_near(departments, km)

    def _is_near(self, departments: Collection[str], km: float | None) -> bool:
        """In one of the departments, or within the distance; either is enough."""
        if not self.departments and self.distance_km is None:
            return True
        near = self.distance_km is not None and km is not None and km <= self.distance_km
        return near or not self.departments.isdisjoint(departments)


def _may_be_below(amount: AmountBand, euros: int) -> bool:
    if amount == AmountBand.UNKNOWN:
        return True
    most = amount.partition("-")[2]
    return most.isdigit() and int(most) <= euros


def wish_of(
    *,
    families: Collection[str],
    departments: Collection[str],
    distance_km: int | None,
    most_euros: int | None,
) -> Wish:
    """What was typed, checked.

    Errors: RuleBroken `alert_family`, `department_unknown`, `number_out` on its field.
    """
    for slug in families:
        if slug not in BY_SLUG:
            raise RuleBroken("alert_family", field="families", written=slug)
    if distance_km is not None and not 1 <= distance_km <= LONGEST_REACH_KM:
        raise RuleBroken("number_out", field="distance_km", least=1, most=LONGEST_REACH_KM)
    if most_euros is not None and not 1 <= most_euros <= MOST_EUROS:
        raise RuleBroken("number_out", field="most_euros", least=1, most=MOST_EUROS)
    codes = departments_of(departments)
    return Wish(frozenset(families), frozenset(codes), distance_km, most_euros)


def is_due(rhythm: Rhythm, *, today: date, sent_on: date | None, hour: int) -> bool:
    """Whether a letter may be written now: once a day, or once a week from Monday on.

    hour: of the day, where the fair takes place.
    """
    if hour < FIRST_HOUR or sent_on == today:
        return False
    if rhythm == Rhythm.DAILY:
        return True
    monday = today - timedelta(days=today.weekday() - MONDAY)
    return sent_on is None or sent_on < monday
