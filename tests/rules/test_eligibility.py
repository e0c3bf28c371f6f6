# SPDX-License-Identifier: EUPL-1.2
"""The law of a day, case by case: a need of 2025 is judged by the rules of 2025."""

from datetime import date
from itertools import pairwise

import pytest

from app.rules import law
from app.rules.companies import CompanyKind
from app.rules.eligibility import (
    Buying,
    Nature,
    Question,
    direct_order,
    innovative_order,
    nature_of,
    procedure,
    require_lawful,
    reserved,
    social_condition,
    verdicts,
)
from app.rules.errors import RuleBroken
from app.rules.law import RULES, Measure, Standing, needs_spaser
from app.rules.needs import AmountBand, SetAside, band_of, euros_of, months_of
from app.rules.reservations import Answer, is_sure, may_answer, sse_service

YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE
GARDENS, ROADS, CHAIRS, CARE = "77310000", "45233000", "39110000", "85311000"


@pytest.mark.parametrize(
    ("cpv", "nature"),
    [
        ("", None),
        (GARDENS, Nature.SERVICES),
        (ROADS, Nature.WORKS),
        (CHAIRS, Nature.SUPPLIES),
        ("48", Nature.SUPPLIES),
        ("50", Nature.SERVICES),
        ("98", Nature.SERVICES),
        ("44", Nature.SUPPLIES),
    ],
)
def test_the_division_tells_works_services_and_supplies_apart(cpv, nature):
    assert nature_of(cpv) == nature


# day, CPV, exact euros, answer, key, threshold of that day
DIRECT_ORDERS = [
    ("2019-12-31", GARDENS, 24_999, YES, "below", 25_000),
    ("2019-12-31", GARDENS, 39_000, NO, "reached", 25_000),
    ("2020-01-01", GARDENS, 39_000, YES, "below", 40_000),
    ("2025-06-15", GARDENS, 39_999, YES, "below", 40_000),
    ("2025-06-15", GARDENS, 40_000, NO, "reached", 40_000),
    ("2025-06-15", CHAIRS, 45_000, NO, "reached", 40_000),
    ("2026-03-31", GARDENS, 55_000, NO, "reached", 40_000),
    ("2026-04-01", GARDENS, 55_000, YES, "below", 60_000),
    ("2026-04-01", GARDENS, 60_000, NO, "reached", 60_000),
    ("2020-07-23", ROADS, 60_000, NO, "reached", 40_000),
    ("2020-07-24", ROADS, 60_000, YES, "below", 70_000),
    ("2020-12-09", ROADS, 99_999, YES, "below", 100_000),
    ("2025-06-15", ROADS, 99_999, YES, "below", 100_000),
    ("2025-12-31", ROADS, 100_000, NO, "reached", 100_000),
    ("2026-11-22", ROADS, 99_999, YES, "below", 100_000),
    ("2026-11-22", ROADS, 100_000, NO, "reached", 100_000),
    ("2026-11-22", "", 59_999, YES, "below", 60_000),
    ("2026-11-22", "", 80_000, UNSURE, "nature_missing", 60_000),
    ("2026-11-22", "", 100_000, NO, "reached", 60_000),
    ("2026-11-22", GARDENS, None, UNSURE, "amount_missing", 60_000),
]


@pytest.mark.parametrize(("day", "cpv", "euros", "answer", "key", "limit"), DIRECT_ORDERS)
def test_direct_order_by_the_threshold_of_the_day(day, cpv, euros, answer, key, limit):
    verdict = direct_order(Buying(date.fromisoformat(day), cpv=cpv, euros=euros))
    assert (verdict.answer, verdict.key) == (answer, key)
    assert (verdict.facts["euros"], verdict.article) == (limit, "R2122-8")
    assert verdict.source and verdict.since <= date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "band", "answer"),
    [
        ("2026-03-31", AmountBand.UNDER_40K, YES),
        ("2026-03-31", AmountBand.UNDER_60K, NO),
        ("2026-04-01", AmountBand.UNDER_60K, YES),
        ("2026-04-01", AmountBand.UNDER_90K, NO),
        ("2019-06-01", AmountBand.UNDER_40K, UNSURE),
        ("2026-04-01", AmountBand.OVER_1M, NO),
        ("2026-04-01", AmountBand.UNKNOWN, UNSURE),
    ],
)
def test_a_band_is_below_only_when_all_of_it_is(day, band, answer):
    buying = Buying(date.fromisoformat(day), cpv=GARDENS, band=band)
    assert direct_order(buying).answer == answer


def test_the_exact_estimate_counts_instead_of_the_band():
    day, band = date(2026, 11, 22), AmountBand.UNDER_216K
    assert direct_order(Buying(day, cpv=ROADS, band=band)).key == "straddles"
    assert direct_order(Buying(day, cpv=ROADS, band=band, euros=95_000)).answer == YES


def test_a_change_of_the_law_that_would_help_is_told():
    early = direct_order(Buying(date(2026, 3, 1), cpv=GARDENS, euros=50_000))
    assert (early.later.euros, early.later.since) == (60_000, date(2026, 4, 1))
    assert direct_order(Buying(date(2026, 3, 1), cpv=GARDENS, euros=70_000)).later is None
    assert direct_order(Buying(date(2026, 3, 1), cpv=GARDENS, euros=30_000)).later is None


@pytest.mark.parametrize(
    ("day", "euros", "answer", "limit", "standing"),
    [
        ("2024-06-01", 99_999, YES, 100_000, Standing.CURRENT),
        ("2025-06-01", 120_000, NO, 100_000, Standing.TO_CHECK),
        ("2026-01-01", 120_000, YES, 140_000, Standing.TO_CHECK),
        ("2026-01-01", 140_000, NO, 140_000, Standing.TO_CHECK),
    ],
)
def test_an_innovative_purchase_has_its_own_threshold(day, euros, answer, limit, standing):
    buying = Buying(date.fromisoformat(day), cpv=GARDENS, euros=euros, is_innovative=True)
    verdict = innovative_order(buying)
    assert (verdict.answer, verdict.facts["euros"]) == (answer, limit)
    assert (verdict.standing, verdict.article) == (standing, "R2122-9-1")


def test_what_is_not_innovative_or_older_than_the_rule_gets_no_such_verdict():
    assert innovative_order(Buying(date(2026, 1, 1), euros=1)) is None
    assert innovative_order(Buying(date(2018, 12, 25), euros=1, is_innovative=True)) is None


# day, reservation, CPV, months, answer, key
RESERVED = [
    ("2025-06-15", SetAside.HANDICAP, GARDENS, None, YES, "reserved"),
    ("2025-06-15", SetAside.INTEGRATION, "", 60, YES, "reserved"),
    ("2020-12-01", SetAside.BOTH, GARDENS, None, NO, "not_yet"),
    ("2020-12-09", SetAside.BOTH, GARDENS, None, YES, "reserved"),
    ("2022-10-01", SetAside.PRISON, GARDENS, None, NO, "not_yet"),
    ("2022-11-01", SetAside.PRISON, GARDENS, None, YES, "reserved"),
    ("2025-06-15", SetAside.SSE, CARE, 36, YES, "reserved_sse"),
    ("2025-06-15", SetAside.SSE, CARE, 37, NO, "too_long"),
    ("2025-06-15", SetAside.SSE, CARE, None, UNSURE, "months_missing"),
    ("2025-06-15", SetAside.SSE, GARDENS, 12, NO, "cpv_outside"),
    ("2025-06-15", SetAside.SSE, ROADS, 48, NO, "cpv_outside"),
    ("2025-06-15", SetAside.SSE, "80", 12, UNSURE, "cpv_vague"),
    ("2025-06-15", SetAside.SSE, "80", 48, NO, "too_long"),
    ("2025-06-15", SetAside.SSE, "", 12, UNSURE, "cpv_missing"),
]


@pytest.mark.parametrize(("day", "set_aside", "cpv", "months", "answer", "key"), RESERVED)
def test_reservations_by_date_service_and_duration(day, set_aside, cpv, months, answer, key):
    buying = Buying(date.fromisoformat(day), cpv=cpv, set_aside=set_aside, months=months)
    verdict = reserved(buying)
    assert (verdict.answer, verdict.key) == (answer, key)


@pytest.mark.parametrize(
    ("cpv", "answer"),
    [
        ("85", YES),
        ("85311000", YES),
        ("75121000", YES),
        ("92500000", YES),
        ("98133110", YES),
        ("92", UNSURE),
        ("79", UNSURE),
        ("92511000", UNSURE),  # below a listed code
        ("98133100", UNSURE),
        ("98341000", NO),
        ("75111000", NO),
        ("79621000", NO),
        ("77", NO),
        ("45", NO),
        ("", UNSURE),
    ],
)
def test_the_list_of_services_open_to_the_sse(cpv, answer):
    assert sse_service(cpv) == answer


@pytest.mark.parametrize(
    ("set_aside", "may", "may_not"),
    [
        (SetAside.HANDICAP, {"EA", "EATT", "ESAT"}, {"ACI", "GEIQ", "ASSOCIATION", "SEP"}),
        (SetAside.INTEGRATION, {"EI", "ACI", "AI", "ETTI", "EITI"}, {"EA", "GEIQ", "SCOP"}),
        (SetAside.BOTH, {"EA", "ESAT", "ACI", "EI"}, {"GEIQ", "SEP", "SCIC"}),
        (SetAside.PRISON, {"SEP"}, {"ACI", "ESAT", "ASSOCIATION"}),
        (SetAside.SSE, {"ASSOCIATION", "SCOP", "SCIC", "MUTUAL", "ESAT"}, {"SEP"}),
        (SetAside.NONE, {"SSE_COMPANY", "SEP", "GEIQ"}, set()),
    ],
)
def test_who_may_answer(set_aside, may, may_not):
    assert all(may_answer(set_aside, CompanyKind(kind)) for kind in may)
    assert not any(may_answer(set_aside, CompanyKind(kind)) for kind in may_not)
    assert not may_answer(set_aside, None)


def test_an_inclusive_structure_is_sse_by_its_legal_form_only():
    assert is_sure(SetAside.SSE, CompanyKind.SCOP)
    assert not is_sure(SetAside.SSE, CompanyKind.EI)
    assert is_sure(SetAside.INTEGRATION, CompanyKind.EI)


@pytest.mark.parametrize(
    ("day", "cpv", "euros", "answer"),
    [
        ("2026-11-22", GARDENS, 139_999, None),
        ("2026-11-22", GARDENS, 150_000, UNSURE),  # the State has the lower threshold
        ("2026-11-22", GARDENS, 216_000, YES),
        ("2025-11-22", GARDENS, 216_000, UNSURE),  # 221,000 then
        ("2025-11-22", GARDENS, 221_000, YES),
        ("2026-11-22", ROADS, 5_403_999, None),
        ("2026-11-22", ROADS, 5_404_000, YES),
        ("2025-11-22", ROADS, 5_404_000, None),
        ("2026-11-22", "", 300_000, UNSURE),
        ("2026-11-22", GARDENS, None, None),
    ],
)
def test_the_formal_procedure_begins_at_the_european_threshold_of_the_day(day, cpv, euros, answer):
    verdict = procedure(Buying(date.fromisoformat(day), cpv=cpv, euros=euros))
    assert (verdict.answer if verdict else None) == answer


@pytest.mark.parametrize(
    ("day", "euros", "answer"),
    [("2026-08-21", 500_000, None), ("2026-08-22", 500_000, YES), ("2026-08-22", 90_000, None)],
)
def test_a_social_condition_is_due_from_august_2026_above_the_european_threshold(
    day, euros, answer
):
    verdict = social_condition(Buying(date.fromisoformat(day), cpv=GARDENS, euros=euros))
    assert (verdict.answer if verdict else None) == answer
    assert verdict is None or verdict.article == "L2112-2-1"


@pytest.mark.parametrize(
    ("day", "yearly", "due"),
    [
        ("2022-12-31", 60_000_000, False),
        ("2023-01-01", 60_000_000, True),
        ("2023-01-01", 50_000_000, False),
        ("2022-12-31", 100_000_001, True),
    ],
)
def test_a_plan_for_responsible_procurement_is_due_above_a_yearly_amount(day, yearly, due):
    assert needs_spaser(yearly, date.fromisoformat(day)) is due


def test_a_private_buyer_gets_no_verdict_and_no_refusal():
    private = Buying(
        date(2026, 11, 22), cpv=GARDENS, euros=1, set_aside=SetAside.SSE, is_public=False
    )
    assert verdicts(private) == ()
    require_lawful(private)


@pytest.mark.parametrize(
    ("wrong", "key", "field"),
    [
        ({"cpv": GARDENS}, "set_aside_cpv", "set_aside"),
        ({"cpv": CARE, "months": 40}, "set_aside_too_long", "months"),
        (
            {"set_aside": SetAside.BOTH, "day": date(2019, 5, 1)},
            "set_aside_not_yet",
            "set_aside",
        ),
    ],
)
def test_what_the_law_surely_forbids_is_refused_beside_its_field(wrong, key, field):
    buying = Buying(**{"day": date(2026, 11, 22), "set_aside": SetAside.SSE, **wrong})
    with pytest.raises(RuleBroken) as refused:
        require_lawful(buying)
    assert (refused.value.key, refused.value.field) == (key, field)


def test_what_is_only_unsure_is_not_refused():
    require_lawful(Buying(date(2026, 11, 22), set_aside=SetAside.SSE))


@pytest.mark.parametrize("measure", list(Measure))
def test_the_lines_of_a_measure_follow_each_other_without_gap_or_overlap(measure):
    lines = law.of(measure)
    assert lines[-1].until is None or lines[-1].until >= date(2027, 12, 31)
    for earlier, later in pairwise(lines):
        assert earlier.until is not None and (later.since - earlier.until).days == 1


def test_every_line_says_its_article_and_its_source():
    assert all(rule.article and rule.source for rule in RULES)


def test_questions_are_answered_in_their_order():
    found = verdicts(
        Buying(
            date(2026, 11, 22), cpv=CARE, euros=300_000, set_aside=SetAside.SSE, months=24,
            is_innovative=True,
        )
    )  # fmt: skip
    assert [one.question for one in found] == list(Question)


@pytest.mark.parametrize(
    ("euros", "band"),
    [(1, "0-5000"), (5_000, "5000-15000"), (59_999, "40000-60000"), (2_000_000, "1000000-")],
)
def test_an_exact_estimate_falls_in_its_band(euros, band):
    assert band_of(euros) == AmountBand(band)


@pytest.mark.parametrize("check", [months_of, euros_of])
def test_durations_and_estimates_are_counted_from_one(check):
    assert check(None) is None and check(12) == 12
    for wrong in (0, -3, 10**12):
        with pytest.raises(RuleBroken, match="number_out"):
            check(wrong)
