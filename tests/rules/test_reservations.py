# SPDX-License-Identifier: EUPL-1.2
"""To whom a contract may be reserved."""

import pytest

from app.rules.companies import CompanyKind, Family
from app.rules.needs import SetAside
from app.rules.reservations import RESERVATIONS, is_sure, may_answer, what_law_says

SET_ASIDES = sorted(set(SetAside) - {SetAside.NONE})


@pytest.mark.parametrize("set_aside", SET_ASIDES)
def test_no_contract_is_ever_reserved_to_a_responsible_enterprise_outside_the_sse(set_aside):
    assert not may_answer(set_aside, CompanyKind.RESPONSIBLE)
    assert not is_sure(set_aside, CompanyKind.RESPONSIBLE)


def test_it_may_answer_what_is_open_to_all():
    assert may_answer(SetAside.NONE, CompanyKind.RESPONSIBLE)


def test_the_law_reserves_nothing_to_it_and_defines_it_nowhere():
    said = what_law_says(CompanyKind.RESPONSIBLE, None)
    assert (said.basis, said.family, said.reserved) == (None, None, ())


def test_the_family_makes_sure_what_the_kind_leaves_open():
    kind = CompanyKind.ACI
    unsure = dict(what_law_says(kind, None).reserved)
    sure = dict(what_law_says(kind, Family.ASSOCIATION).reserved)
    assert unsure == {SetAside.INTEGRATION: True, SetAside.BOTH: True, SetAside.SSE: False}
    assert sure == {SetAside.INTEGRATION: True, SetAside.BOTH: True, SetAside.SSE: True}


def test_every_reservation_has_its_kinds():
    assert set(RESERVATIONS) == set(SET_ASIDES)
    assert all(rule.sure <= rule.kinds for rule in RESERVATIONS.values())


def test_a_listing_without_a_kind_is_promised_nothing():
    assert what_law_says(None, None).reserved == ()


def test_of_a_foreign_structure_nothing_is_sure():
    said = what_law_says(CompanyKind.COOPERATIVE, Family.COOPERATIVE, is_foreign=True)
    assert dict(said.reserved) == {SetAside.SSE: False}
