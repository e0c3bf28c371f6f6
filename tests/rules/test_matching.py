# SPDX-License-Identifier: EUPL-1.2
"""Why a company is proposed for a need, with how many points, criterion by criterion."""

from datetime import date

import pytest

from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.criteria import WEIGHTS, Criterion
from app.rules.demands import Demand, Supply, Trade, criteria_of, types_of
from app.rules.matching import Exclusion, Match, best, match
from app.rules.needs import AmountBand, SetAside
from app.rules.territories import departments_of

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
    """True, False (a doubt), or None when it is only counted, or not compared."""
    return {reason.criterion: reason.holds for reason in found.reasons}.get(criterion)


def shares(found):
    return {reason.criterion: reason.share for reason in found.reasons}


def test_the_weights_make_a_hundred():
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(Criterion)


def test_another_trade_is_not_compared_at_all():
    assert match(a_demand(), a_supply(a_trade(CLEANING, HYGIENE))) is None


def test_the_same_sector_speaks_for_a_pair_and_a_sector_beside_it_is_a_doubt():
    same, beside = match(a_demand(), a_supply()), match(a_demand(), a_supply(a_trade(HEDGES)))
    assert holds(same, Criterion.SECTOR) is True
    assert holds(beside, Criterion.SECTOR) is False
    assert (same.share(Criterion.SECTOR), beside.share(Criterion.SECTOR)) == (100, 40)


@pytest.mark.parametrize(
    ("trade", "departments", "share"),
    [
        (a_trade(geo_range=GeoRange.COUNTRY), ("34", "59"), 100),
        (a_trade(geo_range=GeoRange.ZONES, zones=("R76",)), ("34", "30"), 100),
        (a_trade(geo_range=GeoRange.ZONES, zones=("R76",)), ("R76",), 100),
        (a_trade(geo_range=GeoRange.ZONES, zones=("34", "30")), ("R76",), 15),
        (a_trade(geo_range=GeoRange.ZONES, zones=("30",)), ("30", "59"), 50),
        (a_trade(geo_range=GeoRange.CUSTOM, km=60), ("30",), 100),  # Nîmes is 46 km away
    ],
)
def test_territory_is_worth_the_part_of_the_departments_that_is_reached(trade, departments, share):
    found = match(a_demand(departments=departments), a_supply(trade))
    assert found.share(Criterion.TERRITORY) == share
    assert holds(found, Criterion.TERRITORY) is (share == 100)


def test_a_need_for_a_region_finds_a_company_of_one_of_its_departments_and_says_which():
    local = a_supply(a_trade(geo_range=GeoRange.ZONES, zones=("11",)), home="11", seat=None)
    found = match(a_demand(departments=("R76",)), local)
    territory = next(one for one in found.reasons if one.criterion == Criterion.TERRITORY)
    assert territory.facts["departments"] == ("11",)
    assert territory.facts["asked"] == len(departments_of("R76"))


def test_a_company_serves_the_department_of_its_seat_whatever_it_ticked():
    far = a_trade(geo_range=GeoRange.ZONES, zones=("59",))
    assert holds(match(a_demand(), a_supply(far)), Criterion.TERRITORY) is True


def test_some_kilometres_around_the_seat_reach_a_buyer_who_is_within_them():
    """The prefecture of the Aude is 45 km from Olonzac, a buyer at the edge of it only 15."""
    edge = (43.20, 2.60)
    trade = a_trade(geo_range=GeoRange.CUSTOM, km=20)
    company = a_supply(trade, home="34", seat=OLONZAC)
    assert match(a_demand(departments=("11",)), company) == Exclusion.OUT_OF_REACH
    assert isinstance(match(a_demand(departments=("11",), seat=edge, home="11"), company), Match)


def test_who_reaches_none_of_the_departments_is_put_aside():
    far = a_supply(a_trade(geo_range=GeoRange.ZONES, zones=("59",)), home="59", seat=LILLE)
    assert match(a_demand(), far) == Exclusion.OUT_OF_REACH


def test_who_may_not_hold_the_reserved_contract_is_put_aside():
    reserved = a_demand(set_aside=SetAside.INTEGRATION)
    assert match(reserved, a_supply(kind=CompanyKind.ESAT)) == Exclusion.NOT_ELIGIBLE
    assert match(reserved, a_supply(kind=CompanyKind.RESPONSIBLE)) == Exclusion.NOT_ELIGIBLE
    assert holds(match(reserved, a_supply()), Criterion.SET_ASIDE) is True
    assert holds(match(reserved, a_supply(kind=None)), Criterion.SET_ASIDE) is False


def test_a_reservation_counts_from_the_day_that_the_law_knew_it():
    """Both together exist since 9 December 2020 (loi ASAP)."""
    reserved = a_demand(set_aside=SetAside.BOTH, day=date(2019, 6, 1))
    before = match(reserved, a_supply(kind=CompanyKind.SCOP))
    assert holds(before, Criterion.SET_ASIDE) is None
    since = a_demand(set_aside=SetAside.BOTH, day=date(2021, 6, 1))
    assert match(since, a_supply(kind=CompanyKind.SCOP)) == Exclusion.NOT_ELIGIBLE


def test_a_need_reserved_to_the_sse_doubts_where_the_legal_form_decides():
    reserved = a_demand(set_aside=SetAside.SSE)
    kinds = {kind: match(reserved, a_supply(kind=kind)) for kind in CompanyKind}
    assert holds(kinds[CompanyKind.SCIC], Criterion.SET_ASIDE) is True
    assert holds(kinds[CompanyKind.EI], Criterion.SET_ASIDE) is False
    assert kinds[CompanyKind.SEP] == Exclusion.NOT_ELIGIBLE


def test_the_kinds_and_types_that_a_buyer_asks_for_put_the_others_aside():
    staff = a_supply(a_trade(sold=frozenset({"DISP"})))
    assert match(a_demand(kinds=frozenset({CompanyKind.EA})), a_supply()) == Exclusion.OTHER_KIND
    assert match(a_demand(sold=frozenset({"PREST"})), staff) == Exclusion.OTHER_PRESTA
    assert isinstance(match(a_demand(sold=frozenset({"PREST", "DISP"})), staff), Match)


@pytest.mark.parametrize(
    ("cpv", "wanted"),
    [
        ("", set()),
        ("39", {PrestaType.BUILD}),
        ("48000000", {PrestaType.BUILD}),
        ("45", {PrestaType.PREST, PrestaType.DISP}),
        ("77310000", {PrestaType.PREST, PrestaType.DISP}),
    ],
)
def test_the_cpv_division_tells_goods_from_services(cpv, wanted):
    assert types_of(cpv) == wanted


def test_lending_staff_counts_as_a_service_but_not_as_goods():
    staff = a_supply(a_trade(sold=frozenset({"DISP"})))
    assert holds(match(a_demand(cpv="77"), staff), Criterion.PRESTA) is True
    assert holds(match(a_demand(cpv="39"), staff), Criterion.PRESTA) is False


@pytest.mark.parametrize(
    ("won", "share"),
    [
        ((), 75),  # the family is known by 773, three of the four digits that tell 77310000
        (("77310000",), 100),
        (("77311000",), 100),  # a code below the one of the need
        (("77200000", "45000000"), 75),  # the family still knows better
        (("90910000",), 75),
    ],
)
def test_the_further_two_codes_go_together_the_more_points(won, share):
    company = a_supply(a_trade(codes=("773",)), won=won)
    assert match(a_demand(cpv="77310000"), company).share(Criterion.CPV) == share


def test_a_code_that_nothing_in_common_knows_is_a_doubt_and_one_digit_is_nothing():
    company = a_supply(a_trade(codes=("79",)))
    found = match(a_demand(cpv="77310000"), company)
    assert (found.share(Criterion.CPV), holds(found, Criterion.CPV)) == (0, False)


def test_a_seat_nearby_is_said_and_a_far_one_is_no_doubt():
    near = match(a_demand(seat=MONTPELLIER), a_supply())
    far = match(a_demand(seat=MONTPELLIER), a_supply(seat=OLONZAC))
    assert holds(near, Criterion.NEAR) is True
    assert holds(far, Criterion.NEAR) is None
    assert near.share(Criterion.NEAR) == 100
    assert far.share(Criterion.NEAR) == 0  # 100 km


@pytest.mark.parametrize(
    ("facts", "share", "holding"),
    [
        ({"headcount": 34}, 100, True),
        ({"headcount": 3}, 80, False),  # 60,000 of 135,000 is 44 %
        ({}, 50, None),
        ({"turnover": 200_000}, 100, True),  # 30 %
        ({"turnover": 190_000}, 99, False),  # 31 %
        ({"turnover": 60_000}, 0, False),
        ({"turnover": 200_000, "headcount": 1}, 100, True),
        ({"largest": 60_000}, 100, True),
        ({"largest": 59_999}, 50, None),
    ],
)
def test_a_contract_over_thirty_per_cent_of_the_turnover_is_a_doubt(facts, share, holding):
    found = match(a_demand(amount=AmountBand.UNDER_90K), a_supply(**facts))
    assert found.share(Criterion.SIZE) == share
    assert holds(found, Criterion.SIZE) is holding


def test_a_contract_of_several_years_weighs_by_the_year():
    company = a_supply(turnover=60_000)
    one_year = match(a_demand(amount=AmountBand.UNDER_90K, months=12), company)
    five_years = match(a_demand(amount=AmountBand.UNDER_90K, months=60), company)
    assert holds(one_year, Criterion.SIZE) is False
    assert holds(five_years, Criterion.SIZE) is True


def test_whoever_was_met_before_gets_no_points_for_novelty():
    met = match(a_demand(met=frozenset({7}), seat=MONTPELLIER), a_supply(id=7))
    assert (met.share(Criterion.NOVELTY), met.score) == (0, round(100 * 58 / 66))
    assert match(a_demand(met=frozenset({8})), a_supply(id=7)).share(Criterion.NOVELTY) == 100


def test_a_pair_that_one_side_put_aside_is_not_proposed():
    assert match(a_demand(refused=frozenset({7})), a_supply(id=7)) == Exclusion.SAID_NO


def test_what_the_need_does_not_say_is_left_out_and_the_rest_makes_a_hundred():
    assert criteria_of(a_demand(departments=())) == (Criterion.SECTOR, Criterion.NOVELTY)
    everything = a_demand(
        set_aside=SetAside.INTEGRATION, cpv="77", amount=AmountBand.UNDER_90K, seat=MONTPELLIER
    )
    assert criteria_of(everything) == tuple(Criterion)
    perfect = match(everything, a_supply(a_trade(codes=("773",)), headcount=34))
    assert perfect.score == 100
    assert set(shares(perfect).values()) == {100}


def test_the_score_is_the_weighted_mean_of_the_shares():
    beside = match(a_demand(), a_supply(a_trade(HEDGES), seat=None))
    weights = {Criterion.SECTOR: 28, Criterion.TERRITORY: 20, Criterion.NEAR: 10}
    weights[Criterion.NOVELTY] = 8
    earned = 28 * 40 + 20 * 100 + 10 * 50 + 8 * 100
    assert shares(beside).keys() == weights.keys()
    assert beside.score == round(earned / sum(weights.values()))


def test_the_best_of_several_matches():
    sure = match(a_demand(), a_supply())
    beside = match(a_demand(), a_supply(a_trade(HEDGES)))
    assert best([None, Exclusion.OUT_OF_REACH, beside, sure]) == sure
    assert best([None, Exclusion.NOT_ELIGIBLE]) is None


def test_of_several_activities_the_one_that_gives_most_points_is_compared():
    supply = a_supply(
        a_trade(geo_range=GeoRange.ZONES, zones=("34",)),
        a_trade(HEDGES, geo_range=GeoRange.COUNTRY),
        a_trade(geo_range=GeoRange.ZONES, zones=("R76",)),
    )
    found = match(a_demand(departments=("34", "30", "11")), supply)
    assert holds(found, Criterion.TERRITORY) is True
    assert holds(found, Criterion.SECTOR) is True
