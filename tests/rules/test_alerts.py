# SPDX-License-Identifier: EUPL-1.2
"""What an alert tells, and on which day."""

from datetime import date

import pytest

from app.rules.alerts import Rhythm, Wish, is_due, wish_of
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand

SUNDAY, MONDAY, TUESDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)


def fits(wish, **facts):
    usual = {
        "families": {"restauration"}, "departments": {"34"}, "km": 20.0,
        "amount": AmountBand.UNDER_15K,
    }  # fmt: skip
    return wish.fits(**{**usual, **facts})


def test_an_alert_that_asks_for_nothing_takes_everything():
    assert fits(Wish())
    assert fits(Wish(), km=None, departments=set(), amount=AmountBand.OVER_1M)


def test_the_family_of_trades_must_be_one_of_those_asked_for():
    assert fits(Wish(families=frozenset({"restauration", "linge"})))
    assert not fits(Wish(families=frozenset({"linge"})))


def test_a_department_or_a_distance_is_enough():
    wish = Wish(departments=frozenset({"11"}), distance_km=30)
    assert fits(wish)
    assert not fits(wish, km=31.0)
    assert fits(wish, km=31.0, departments={"11", "66"})
    assert not fits(wish, km=None)
    assert not fits(Wish(departments=frozenset({"11"})), km=1.0)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (AmountBand.UNDER_15K, True),
        (AmountBand.UNDER_40K, True),
        (AmountBand.UNDER_60K, False),
        (AmountBand.OVER_1M, False),
        (AmountBand.UNKNOWN, True),
    ],
)
def test_a_ceiling_keeps_what_surely_stays_below_it_and_what_is_not_known(amount, told):
    assert fits(Wish(most_euros=40_000), amount=amount) is told


@pytest.mark.parametrize(
    ("rhythm", "sent_on", "today", "hour", "due"),
    [
        (Rhythm.DAILY, None, SUNDAY, 7, True),
        (Rhythm.DAILY, None, SUNDAY, 6, False),
        (Rhythm.DAILY, SUNDAY, SUNDAY, 23, False),
        (Rhythm.DAILY, SUNDAY, MONDAY, 7, True),
        (Rhythm.WEEKLY, SUNDAY, MONDAY, 7, True),
        (Rhythm.WEEKLY, MONDAY, TUESDAY, 9, False),
        (Rhythm.WEEKLY, date(2026, 11, 16), TUESDAY, 9, True),  # the site slept on Monday
        (Rhythm.WEEKLY, None, TUESDAY, 9, True),
    ],
)
def test_one_letter_a_day_or_a_week_and_none_before_seven(rhythm, sent_on, today, hour, due):
    assert is_due(rhythm, today=today, sent_on=sent_on, hour=hour) is due


@pytest.mark.parametrize(
    ("facts", "key", "field"),
    [
        ({"families": ["rien"]}, "alert_family", "families"),
        ({"departments": ["99"]}, "department_unknown", "departments"),
        ({"distance_km": 0}, "number_out", "distance_km"),
        ({"distance_km": 1001}, "number_out", "distance_km"),
        ({"most_euros": 0}, "number_out", "most_euros"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(facts, key, field):
    usual: dict = {"families": [], "departments": [], "distance_km": None, "most_euros": None}
    with pytest.raises(RuleBroken) as refused:
        wish_of(**{**usual, **facts})
    assert (refused.value.key, refused.value.field) == (key, field)
