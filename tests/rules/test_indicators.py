# SPDX-License-Identifier: EUPL-1.2
"""Indicators: the golden set worked out by hand, and the real half-year of works."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.rules import indicators
from app.rules.decp import Holder, Published, months_after
from app.rules.decp_files import reading_of
from app.rules.territories import REGION_OF

TODAY = date(2026, 11, 21)
LONE = Published(1, "U1", "21340172800013", "", "34", "", "", "", "45000000", date(2025, 1, 1), 12,
                 100_000.0, (Holder("73282932000074", department="34"),))  # fmt: skip


@pytest.fixture(scope="module")
def golden(shared_data):
    folder = shared_data / "data/decp"
    with (folder / "golden_decp_synthetic.json").open("rb") as stream:
        contracts = reading_of(stream, today=TODAY).contracts
    return contracts, json.loads((folder / "golden_expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def real(shared_data):
    path = shared_data / "data/decp/decp_2024H2_travaux_cpv4521.csv"
    with path.open("rb") as stream:
        return reading_of(stream, today=TODAY)


@pytest.fixture
def large(golden):
    contracts, expected = golden
    year = indicators.notified_in(contracts, expected["year"])
    return indicators.at_least(year, 90_000), expected["ge_90k_initial"]


def rounded(number, digits=2):
    assert number is not None
    return round(number, digits)


def ids(contracts):
    return [one.uid[14:] for one in contracts]


def test_the_golden_base_has_its_contracts_and_its_amount(golden, large):
    contracts, expected = golden
    kept, base = large
    notified = indicators.notified_in(contracts, expected["year"])
    assert len(notified) == expected["n_contracts_notified"]
    assert (len(kept), ids(kept)) == (base["n"], base["ids"])
    assert indicators.total(kept) == base["amount"]


def test_golden_social_clause_by_number_and_by_amount(large):
    kept, expected = large
    found, wanted = indicators.social_clause(kept), expected["clause_sociale"]
    assert (found.count, found.amount) == (wanted["n"], wanted["amount"])
    assert rounded(found.by_number, 2) == wanted["share_n_pct"]
    assert rounded(found.by_amount, 2) == wanted["share_amount_pct"]


def test_golden_any_social_consideration_counts_each_contract_once(large):
    kept, expected = large
    found = indicators.any_social(kept)
    wanted = expected["any_social_consideration"]
    assert (found.count, rounded(found.by_number, 2)) == (wanted["n"], wanted["share_n_pct"])


def test_golden_reserved_and_innovative(large):
    kept, expected = large
    found = indicators.reserved(kept)
    wanted = expected["reserved"]
    assert (found.count, found.by_number) == (wanted["n"], wanted["share_n_pct"])
    assert indicators.innovative(kept).count == expected["innovative"]["n"]


def test_golden_share_of_the_sse_full_and_fractional(golden, large):
    kept, expected = large
    wanted = expected["sse_holder"]
    sirens = {siret[:9] for siret in golden[1]["sse_sirets"]}
    found = indicators.held_by_sse(kept, sirens)
    cautious = indicators.sse_amount_fractional(kept, sirens)
    assert (found.count, found.by_number) == (wanted["n"], wanted["share_n_pct"])
    assert (found.amount, cautious) == (wanted["amount_full"], wanted["amount_fractional"])
    assert rounded(found.by_amount, 2) == wanted["share_amount_full_pct"]
    assert rounded(100 * cautious / found.among_amount, 2) == wanted["share_amount_fractional_pct"]


def test_golden_amendments_bring_one_contract_above_the_threshold(golden):
    contracts, expected = golden
    year = indicators.notified_in(contracts, expected["year"])
    before = set(ids(indicators.at_least(year, 90_000)))
    after = ids(indicators.at_least(year, 90_000, modified=True))
    wanted = expected["ge_90k_after_modifications"]
    assert (len(after), sorted(set(after) - before)) == (wanted["n"], wanted["added"])


def test_golden_small_contracts_are_a_series_of_their_own(golden):
    contracts, expected = golden
    wanted = expected["ge_40k_initial"]
    kept = indicators.at_least(indicators.notified_in(contracts, expected["year"]), 40_000)
    found = indicators.any_social(kept)
    assert len(kept) == wanted["n"]
    assert (found.count, rounded(found.by_number, 2)) == (
        wanted["any_social_consideration_n"], wanted["share_n_pct"],
    )  # fmt: skip
    assert indicators.reserved(kept).count == wanted["reserved_n"]


def test_the_real_half_year_has_its_lines_contracts_and_lots(real):
    assert (real.total, real.uids, real.rejected) == (8957, 5180, ())
    assert rounded(100 * real.in_lots / real.uids, 1) == 12.7


def test_the_real_half_year_has_its_large_contracts_and_those_of_occitanie(real):
    contracts = indicators.by_uid(real.contracts)
    assert len(indicators.at_least(contracts, 90_000)) == 3419
    assert sum(REGION_OF.get(one.buyer_department) == "R76" for one in contracts) == 726


def test_two_real_contracts_in_three_are_held_in_the_department(real):
    contracts = indicators.by_uid(real.contracts)
    assert rounded(indicators.same_department(contracts).by_number, 1) == 65.9
    assert rounded(indicators.same_region(contracts).by_number, 1) == 86.4


def test_the_field_that_nobody_filled_is_not_an_answer():
    filled = replace(LONE, uid="U2", social=("Pas de considération sociale",))
    clause = replace(LONE, uid="U3", social=("Clause sociale",))
    contracts = [LONE, filled, clause]
    assert indicators.social_clause(contracts).among == 3
    assert indicators.social_clause_answered(contracts).among == 2


def test_nothing_to_count_has_no_share():
    found = indicators.social_clause([])
    assert (found.by_number, found.by_amount) == (None, None)
    assert indicators.competition([]) is None


def test_zero_offers_count_among_offers():
    assert indicators.competition([replace(LONE, offers=0), replace(LONE, offers=4), LONE]) == 2


def test_environment_grouping_and_the_end_of_a_contract():
    green = replace(LONE, environmental=("Clause environnementale",), grouping="Conjoint")
    assert indicators.environmental([LONE, green]).count == 1
    assert indicators.grouped([LONE, replace(LONE, grouping="Pas de groupement"), green]).count == 1
    edge = replace(LONE, notified_on=months_after(TODAY, 0), months=12)
    late = replace(edge, months=13)
    assert indicators.ending([edge, late, LONE], today=TODAY) == [edge]
