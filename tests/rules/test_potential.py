# SPDX-License-Identifier: EUPL-1.2
"""How many structures could serve a purchase, and by which lever."""

from datetime import date

import pytest

from app.rules.companies import CompanyKind
from app.rules.eligibility import Buying
from app.rules.needs import AmountBand, SetAside
from app.rules.potential import Able, Lever, potential
from app.rules.reservations import Answer

TODAY = date(2026, 11, 22)
EI, ESAT, SCOP = CompanyKind.EI, CompanyKind.ESAT, CompanyKind.SCOP


def a_purchase(euros=100_000, **facts):
    return Buying(**{"day": TODAY, "cpv": "77310000", "euros": euros, **facts})


def levers(found):
    return {one.lever: one for one in found.levers}


def answers(found):
    return {lever: one.answer for lever, one in levers(found).items()}


def test_structures_are_counted_by_kind_and_by_whether_they_would_depend_on_it():
    found = potential(a_purchase(), [Able(EI, 10), Able(EI, 31), Able(ESAT), Able(None, 30)])
    assert (found.able, found.safe) == (4, 3)
    assert found.kinds == {EI: 2, ESAT: 1, None: 1}


def test_below_the_threshold_a_direct_order_comes_first_with_its_article():
    found = potential(a_purchase(euros=55_000), [Able(EI)] * 5)
    assert found.advised.lever == Lever.DIRECT_ORDER
    assert (found.advised.article, found.advised.facts["quotes"]) == ("R2122-8", 3)
    assert found.advised.since == date(2026, 4, 1)


def test_the_threshold_is_the_one_of_the_day():
    found = potential(a_purchase(euros=55_000, day=date(2026, 3, 31)), [Able(EI)] * 5)
    assert levers(found)[Lever.DIRECT_ORDER].answer == Answer.NO


def test_more_than_thirty_safe_structures_may_have_the_whole_contract_kept_for_them():
    enough = potential(a_purchase(), [Able(EI, 30)] * 31)
    assert enough.advised.lever == Lever.SET_ASIDE
    assert enough.advised.set_aside == SetAside.INTEGRATION
    assert enough.advised.article == "L2113-13"
    short = potential(a_purchase(), [Able(EI, 30)] * 30)
    assert answers(short)[Lever.SET_ASIDE] == Answer.NO
    assert short.advised.lever == Lever.LOT


def test_a_contract_too_big_for_them_is_divided_rather_than_kept_whole():
    found = potential(a_purchase(), [Able(EI, 60)] * 40)
    assert (levers(found)[Lever.SET_ASIDE].key, found.advised.lever) == ("too_big", Lever.LOT)


def test_both_kinds_together_when_neither_is_enough_alone_and_the_law_knew_it():
    both = potential(a_purchase(), [Able(EI)] * 20 + [Able(ESAT)] * 15)
    assert (both.advised.lever, both.advised.set_aside) == (Lever.SET_ASIDE, SetAside.BOTH)
    before = potential(a_purchase(day=date(2020, 6, 1)), [Able(EI)] * 20 + [Able(ESAT)] * 15)
    assert levers(before)[Lever.SET_ASIDE].set_aside == SetAside.INTEGRATION
    assert before.advised.lever == Lever.LOT


def test_a_cooperative_counts_as_able_but_not_for_these_reservations():
    found = potential(a_purchase(), [Able(SCOP)] * 40)
    assert found.able == 40
    assert levers(found)[Lever.SET_ASIDE].facts["eligible"] == 0
    assert found.advised.lever == Lever.CLAUSE


def test_a_clause_asks_for_two_structures_and_is_due_above_the_european_threshold():
    assert potential(a_purchase(), [Able(EI)] * 2).advised.lever == Lever.CLAUSE
    alone = potential(a_purchase(), [Able(EI)])
    assert (levers(alone)[Lever.CLAUSE].key, alone.advised.lever) == ("too_few", Lever.CRITERION)
    due = levers(potential(a_purchase(euros=300_000), [Able(EI)]))[Lever.CLAUSE]
    assert (due.key, due.answer, due.article) == ("due", Answer.YES, "L2112-2-1")
    before = levers(potential(a_purchase(euros=300_000, day=date(2026, 8, 21)), [Able(EI)]))
    assert before[Lever.CLAUSE].key == "too_few"


def test_with_nobody_around_an_award_criterion_is_left():
    found = potential(a_purchase(euros=10_000), [])
    assert found.advised.lever == Lever.CRITERION
    assert answers(found)[Lever.DIRECT_ORDER] == Answer.NO


def test_a_private_buyer_orders_as_it_likes():
    found = potential(a_purchase(is_public=False), [Able(EI)] * 2)
    assert (found.advised.lever, found.advised.key) == (Lever.DIRECT_ORDER, "private")


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"euros": None}, "amount_missing"),
        ({"euros": None, "band": AmountBand.UNDER_90K, "cpv": ""}, "nature_missing"),
    ],
)
def test_what_is_not_known_is_said(facts, key):
    found = levers(potential(a_purchase(**facts), [Able(EI)] * 2))
    assert (found[Lever.DIRECT_ORDER].answer, found[Lever.DIRECT_ORDER].key) == (
        Answer.UNSURE, key,
    )  # fmt: skip
