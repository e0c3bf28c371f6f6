# SPDX-License-Identifier: EUPL-1.2
"""Contracts prove what companies did, and those that end soon are found by their expected end."""

import csv
from datetime import UTC, date, datetime

import pytest

from app.actions import contracts as actions
from app.models import clock
from app.queries import contracts, renewals
from app.queries.renewals import Narrowing
from app.rules.decp import Holder
from tests.builders import a_buyer, a_company

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def noted(buyer, uid="U1", **more):
    facts = {"cpv": "45210000", "amount": 100_000.0, "notified_on": date(2025, 6, 1)}
    one = actions.signed(buyer, uid=uid, **{**facts, "duration_months": 24, **more})
    return next(iter(actions.note_all([one]).values()))


def reads(counted):
    """The transaction that opens is no query."""
    return sum(statement.startswith("SELECT") for statement in counted.statements)


def ending(**asked):
    return renewals.ending(Narrowing(**asked), today=TODAY)


def test_a_company_shows_what_it_won_whichever_establishment_won_it(app):
    buyer = a_buyer()
    company = a_company(siret="73282932000074")
    other = Holder("73282932000090", "Les Verts"), Holder("35600000000048", "La Table")
    noted(buyer, holders=other)
    noted(buyer, "U2", holders=(Holder("35600000000048"),))
    found = contracts.of_listing(company)
    assert ([one.uid for one in found.contracts], found.total, found.amount) == (["U1"], 1, 1e5)
    assert [one.name for one in found.holders[found.contracts[0].id]] == ["Les Verts", "La Table"]


def test_a_company_without_siret_won_nothing_that_we_know(app):
    noted(a_buyer(), holders=(Holder("BE0428759497", is_siret=False),))
    assert contracts.of_listing(a_company(siret=None, vat_number="BE0428759497")).total == 0


def test_a_buyer_shows_its_latest_contracts_and_says_how_many_more(app):
    buyer = a_buyer()
    for month in range(1, 5):
        noted(buyer, f"U{month}", notified_on=date(2025, month, 1))
    noted(a_buyer(), "another's")
    found = contracts.of_listing(buyer, most=3)
    assert [one.uid for one in found.contracts] == ["U4", "U3", "U2"]
    assert (found.total, found.more, found.amount) == (4, 1, 4e5)


@pytest.mark.parametrize("many", [1, 50])
def test_what_a_listing_proves_costs_three_queries(app, count_queries, many):
    buyer = a_buyer()
    for number in range(many):
        noted(buyer, f"U{number}", holders=(Holder("73282932000074"),))
    with count_queries:
        assert contracts.of_listing(buyer).total == many
    assert reads(count_queries) == 3


def test_only_what_ends_between_today_and_the_horizon_is_found_both_days_included(app):
    buyer = a_buyer()
    for uid, day in (("past", 20), ("today", 21), ("last", 21)):
        months = 12 if uid == "last" else 0
        noted(buyer, uid, notified_on=date(2025 + months // 12, 11, day), duration_months=12)
    noted(buyer, "later", notified_on=date(2026, 11, 22), duration_months=12)
    assert [one.uid for one in ending().page.lines] == ["today", "last"]
    assert [one.uid for one in ending(months=6).page.lines] == ["today"]
    assert [one.uid for one in ending(months=18).page.lines] == ["today", "last", "later"]


def test_they_are_narrowed_by_buyer_department_and_family(app):
    herault, aude = a_buyer(department="34"), a_buyer(department="11")
    noted(herault, "works")
    noted(aude, "green", cpv="77310000")
    assert [one.uid for one in ending(buyer=aude.id).page.lines] == ["green"]
    assert [one.uid for one in ending(department="34").page.lines] == ["works"]
    assert [one.uid for one in ending(family="espaces-verts").page.lines] == ["green"]
    chosen = Narrowing(department="34")
    assert renewals.departments(chosen, today=TODAY) == ["11", "34"]
    assert renewals.buyers(chosen, today=TODAY) == [(herault.id, herault.name)]


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_of_those_that_end_costs_four_queries(app, count_queries, many):
    for number in range(many):
        noted(a_buyer(), f"U{number}")
    with count_queries:
        found = ending()
        assert [one.organisation.name for one in found.page.lines]
    assert found.page.total == many
    assert reads(count_queries) == 4


def test_73_real_contracts_of_occitanie_end_within_a_year(app, shared_data):
    path = shared_data / "data/scenario/renewals_occitanie.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    buyers = {
        row["buyer_siret"]: a_buyer(siret=row["buyer_siret"], name=row["buyer_name"])
        for row in {row["buyer_siret"]: row for row in rows}.values()
    }
    actions.note_all(
        actions.signed(
            buyers[row["buyer_siret"]],
            uid=row["uid"],
            cpv=row["cpv"],
            amount=float(row["amount_eur_ht"]),
            notified_on=date.fromisoformat(row["notified_on"]),
            duration_months=int(row["duration_months"]),
        )
        for row in rows
    )
    with clock.frozen(NOON):
        found = renewals.ending(Narrowing(months=12), today=renewals.today())
    assert found.page.total == 73
