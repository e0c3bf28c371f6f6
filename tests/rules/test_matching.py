# SPDX-License-Identifier: EUPL-1.2
"""Why a company is proposed for a need, criterion by criterion."""

import pytest

from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.matching import (
    Criterion,
    Demand,
    Exclusion,
    Match,
    Supply,
    Trade,
    best,
    compared,
    match,
    wanted_type,
)
from app.rules.needs import AmountBand, SetAside

PARKS, HEDGES, CLEANING = 1, 2, 3
GREEN, HYGIENE = 10, 20
MONTPELLIER, OLONZAC, LILLE = (43.61, 3.88), (43.28, 2.73), (50.63, 3.06)


def a_trade(sector=PARKS, family=GREEN, **facts):
    usual = {"sold": frozenset({"PREST"}), "geo_range": GeoRange.COUNTRY}
    return Trade(sector, family, **{**usual, **facts})


def a_demand(**facts):
    return Demand(**{"sectors": {PARKS: GREEN}, "departments": ("34",), **facts})


def a_supply(*trades, **facts):
    usual = {"kind": CompanyKind.ACI, "home": "34", "seat": MONTPELLIER}
    return Supply(trades or (a_trade(),), **{**usual, **facts})


def holds(found, criterion):
    """True, False (a doubt), or None when nothing is said."""
    return {reason.criterion: reason.holds for reason in found.reasons}.get(criterion)


def test_another_trade_is_not_compared_at_all():
    assert match(a_demand(), a_supply(a_trade(CLEANING, HYGIENE))) is None


def test_the_same_sector_speaks_for_a_pair_and_a_sector_beside_it_is_a_doubt():
    assert holds(match(a_demand(), a_supply()), Criterion.SECTOR) is True
    assert holds(match(a_demand(), a_supply(a_trade(HEDGES))), Criterion.SECTOR) is False


@pytest.mark.parametrize(
    ("trade", "departments", "expected"),
    [
        (a_trade(geo_range=GeoRange.COUNTRY), ("34", "59"), True),
        (a_trade(geo_range=GeoRange.ZONES, zones=("R76",)), ("34", "30"), True),
        (a_trade(geo_range=GeoRange.ZONES, zones=("30",)), ("30", "59"), False),
        (a_trade(geo_range=GeoRange.CUSTOM, km=60), ("30",), True),  # Nîmes is 46 km away
    ],
)
def test_territory_holds_when_every_department_is_reached(trade, departments, expected):
    found = match(a_demand(departments=departments), a_supply(trade))
    assert holds(found, Criterion.TERRITORY) is expected


def test_a_company_serves_the_department_of_its_seat_whatever_it_ticked():
    far = a_trade(geo_range=GeoRange.ZONES, zones=("59",))
    assert holds(match(a_demand(), a_supply(far)), Criterion.TERRITORY) is True


def test_who_reaches_none_of_the_departments_is_put_aside():
    far = a_supply(a_trade(geo_range=GeoRange.ZONES, zones=("59",)), home="59", seat=LILLE)
    assert match(a_demand(), far) == Exclusion.OUT_OF_REACH


def test_who_may_not_hold_the_reserved_contract_is_put_aside():
    reserved = a_demand(set_aside=SetAside.INTEGRATION)
    assert match(reserved, a_supply(kind=CompanyKind.ESAT)) == Exclusion.NOT_ELIGIBLE
    assert holds(match(reserved, a_supply()), Criterion.SET_ASIDE) is True
    assert holds(match(reserved, a_supply(kind=None)), Criterion.SET_ASIDE) is False


def test_a_need_reserved_to_the_sse_doubts_where_the_legal_form_decides():
    reserved = a_demand(set_aside=SetAside.SSE)
    kinds = {kind: match(reserved, a_supply(kind=kind)) for kind in CompanyKind}
    assert holds(kinds[CompanyKind.SCIC], Criterion.SET_ASIDE) is True
    assert holds(kinds[CompanyKind.EI], Criterion.SET_ASIDE) is False
    assert kinds[CompanyKind.SEP] == Exclusion.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("cpv", "wanted"),
    [
        ("", None),
        ("39", PrestaType.BUILD),
        ("48000000", PrestaType.BUILD),
        ("45", PrestaType.PREST),
        ("77310000", PrestaType.PREST),
    ],
)
def test_the_cpv_division_tells_goods_from_services(cpv, wanted):
    assert wanted_type(cpv) == wanted


def test_lending_staff_counts_as_a_service_but_not_as_goods():
    staff = a_supply(a_trade(sold=frozenset({"DISP"})))
    assert holds(match(a_demand(cpv="77"), staff), Criterion.PRESTA) is True
    assert holds(match(a_demand(cpv="39"), staff), Criterion.PRESTA) is False


def test_a_seat_nearby_is_said_and_a_far_one_is_no_doubt():
    near = match(a_demand(seat=MONTPELLIER), a_supply())
    far = match(a_demand(seat=MONTPELLIER), a_supply(seat=OLONZAC))
    assert holds(near, Criterion.NEAR) is True
    assert holds(far, Criterion.NEAR) is None


@pytest.mark.parametrize(("headcount", "expected"), [(34, True), (3, False), (None, None)])
def test_a_contract_too_large_for_the_company_is_a_doubt(headcount, expected):
    large = a_demand(amount=AmountBand.UNDER_90K)
    assert holds(match(large, a_supply(headcount=headcount)), Criterion.SIZE) is expected


def test_the_criteria_counted_are_those_the_need_allows_to_compare():
    assert compared(a_demand()) == 3
    everything = a_demand(
        set_aside=SetAside.INTEGRATION, cpv="77", amount=AmountBand.UNDER_90K, seat=MONTPELLIER
    )
    assert compared(everything) == 6
    assert match(everything, a_supply(headcount=34)).holding == 6


def test_more_criteria_come_first_then_fewer_doubts():
    sure = match(a_demand(), a_supply())
    beside = match(a_demand(), a_supply(a_trade(HEDGES)))
    assert isinstance(sure, Match) and sure.rank < beside.rank
    assert best([None, Exclusion.OUT_OF_REACH, beside, sure]) == sure
    assert best([None, Exclusion.NOT_ELIGIBLE]) is None


def test_of_several_activities_the_one_that_goes_furthest_is_compared():
    supply = a_supply(
        a_trade(geo_range=GeoRange.ZONES, zones=("34",)),
        a_trade(geo_range=GeoRange.ZONES, zones=("R76",)),
    )
    found = match(a_demand(departments=("34", "30", "11")), supply)
    assert holds(found, Criterion.TERRITORY) is True
