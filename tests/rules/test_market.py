# SPDX-License-Identifier: EUPL-1.2
"""Thousands of companies at once get the points that the plain rule gives to each."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.demands import Demand, Supply, Trade
from app.rules.market import EXCLUSIONS, Market, turns
from app.rules.matching import Exclusion, Match, match
from app.rules.needs import AmountBand, SetAside
from app.rules.ranking import turn_of

FAMILY_OF = {sector: 10 + sector // 3 for sector in range(9)}
CODES = {10: ("773", "772"), 11: ("909",), 12: ()}
DEPARTMENTS = ("34", "30", "31", "11", "75", "971", "988")
SEATS = (None, (43.61, 3.88), (43.28, 2.73), (43.60, 1.44), (48.86, 2.35))
TYPES = [one.value for one in PrestaType]

zones = some.lists(some.sampled_from((*DEPARTMENTS, "R76", "R11")), max_size=3).map(tuple)
seats = some.sampled_from(SEATS)
types = some.frozensets(some.sampled_from(TYPES), max_size=2)


@some.composite
def a_trade(draw):
    sector = draw(some.sampled_from(sorted(FAMILY_OF)))
    return Trade(
        sector, FAMILY_OF[sector], draw(types), draw(some.sampled_from(GeoRange)), draw(zones),
        draw(some.sampled_from((None, 1, 60, 400))), CODES[FAMILY_OF[sector]],
    )  # fmt: skip


@some.composite
def a_supply(draw):
    return Supply(
        trades=tuple(draw(some.lists(a_trade(), max_size=4))),
        kind=draw(some.sampled_from((None, *CompanyKind))),
        headcount=draw(some.sampled_from((None, 0, 3, 40))),
        home=draw(some.sampled_from(("", *DEPARTMENTS))),
        seat=draw(seats),
        turnover=draw(some.sampled_from((None, 0, 90_000, 4_000_000))),
        largest=draw(some.sampled_from((None, 0, 20_000, 500_000))),
        won=draw(some.sampled_from(((), ("77310000",), ("90910000", "77211000")))),
    )


@some.composite
def a_demand(draw):
    called_for = draw(some.lists(some.sampled_from(sorted(FAMILY_OF)), max_size=3))
    return Demand(
        sectors={one: FAMILY_OF[one] for one in called_for},
        departments=draw(zones),
        set_aside=draw(some.sampled_from(SetAside)),
        cpv=draw(some.sampled_from(("", "77", "77310000", "77311000", "90919200", "39100000"))),
        other_cpv=draw(some.sampled_from(((), ("90911000", "77")))),
        amount=draw(some.sampled_from(AmountBand)),
        months=draw(some.sampled_from((None, 6, 48))),
        seat=draw(seats),
        home=draw(some.sampled_from(("", *DEPARTMENTS))),
        sold=draw(types),
        kinds=draw(some.frozensets(some.sampled_from(CompanyKind), max_size=2)),
        day=draw(some.sampled_from((None, date(2015, 1, 1), date(2021, 6, 1), date(2026, 1, 1)))),
        families=draw(some.frozensets(some.sampled_from((10, 11, 12)), max_size=2)),
        met=draw(some.frozensets(some.integers(1, 6))),
        refused=draw(some.frozensets(some.integers(1, 6), max_size=2)),
    )


@settings(max_examples=150, deadline=None)
@given(demand=a_demand(), companies=some.lists(a_supply(), max_size=6))
def test_the_columns_say_what_the_rule_says_pair_by_pair(demand, companies):
    numbered = [Supply(**{**vars_of(one), "id": n}) for n, one in enumerate(companies, 1)]
    plain = {one.id: match(demand, one) for one in numbered}
    market = Market(numbered)
    compared = market.compare(demand)

    found = {}
    for row, score, aside in zip(compared.rows, compared.score, compared.aside, strict=True):
        found[int(market.ids[row])] = EXCLUSIONS[aside] if aside >= 0 else int(score)

    expected = {
        key: one.score if isinstance(one, Match) else one
        for key, one in plain.items()
        if one is not None
    }
    assert found == expected
    assert all(isinstance(one, Exclusion) or 0 <= one <= 100 for one in found.values())


def test_the_columns_stand_at_the_same_side_of_each_edge_as_the_rule():
    """Equal amounts, thirty per cent to the euro, kilometres to the metre."""
    demand = Demand(
        {1: 10},
        ("34",),
        amount=AmountBand.UNDER_60K,
        seat=(43.61, 3.88),
        home="34",
        sold=frozenset(),
    )
    facts: list[dict] = [{"largest": euros} for euros in (39_999, 40_000, 40_001)]
    facts += [{"turnover": euros} for euros in (133_333, 133_334, 40_000, 39_999)]
    facts += [{"seat": (43.61 + step / 1000, 3.88)} for step in range(0, 1000, 9)]
    trade = Trade(1, 10, frozenset({"PREST"}), GeoRange.CUSTOM, (), 50)
    companies = [Supply((trade,), home="30", id=n, **one) for n, one in enumerate(facts)]
    companies += [Supply((trade,), home="34", id=1000 + n, **one) for n, one in enumerate(facts)]
    market = Market(companies)
    compared = market.compare(demand)
    found = dict(zip(market.ids[compared.rows].tolist(), compared.score.tolist(), strict=True))
    expected = {one.id: match(demand, one) for one in companies}
    assert found == {
        key: one.score if isinstance(one, Match) else -1 for key, one in expected.items()
    }
    assert len(set(found.values())) > 10


def vars_of(supply):
    return {name: getattr(supply, name) for name in supply.__dataclass_fields__}


@given(
    need=some.integers(1, 2**31 - 1),
    company=some.integers(1, 2**31 - 1),
    month=some.integers(24_000, 30_000),
)
def test_the_draw_among_equals_is_the_same_one_by_one_and_all_at_once(need, company, month):
    at_once = turns(np.array([need]), np.array([company]), month)
    assert int(at_once[0]) == turn_of(need, company, month)
