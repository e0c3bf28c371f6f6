# SPDX-License-Identifier: EUPL-1.2
"""A contract that ends becomes one draft, which nobody publishes but its buyer."""

from datetime import date

from sqlalchemy import select

from app.actions import contracts, renewals
from app.models.base import db
from app.models.history import HistoryLine
from app.models.needs import Need
from app.rules.needs import AmountBand, NeedState
from tests.builders import a_buyer


def a_contract(buyer, **more):
    facts = {"uid": "U1", "cpv": "45210000", "amount": 75_000.0, "notified_on": date(2025, 6, 1)}
    one = contracts.signed(buyer, **{**facts, "duration_months": 24, **more})
    return next(iter(contracts.note_all([one]).values()))


def test_the_draft_keeps_the_contract_its_place_its_code_and_its_end(app):
    buyer = a_buyer(department="34")
    contract = a_contract(buyer)
    need = renewals.draft(contract, by=None, title="À renouveler : toiture", text="Suite")
    assert (need.contract_id, need.organisation_id) == (contract.id, buyer.id)
    assert (need.state, need.is_public) == (NeedState.DRAFT, False)
    assert (need.cpv, need.departments, need.starts_on) == ("45210000", ["34"], date(2027, 6, 1))
    assert need.amount_band == AmountBand.UNDER_90K
    verbs = db.session.scalars(select(HistoryLine.verb)).all()
    assert verbs[-2:] == ["need.drafted", "contract.renewed"]


def test_a_second_click_hands_the_same_draft_back(app):
    contract = a_contract(a_buyer())
    first = renewals.draft(contract, by=None, title="Toiture")
    assert renewals.draft(contract, by=None, title="Autre").id == first.id
    assert len(db.session.scalars(select(Need)).all()) == 1


def test_a_contract_without_cpv_duration_or_known_department_still_becomes_a_draft(app):
    contract = a_contract(a_buyer(department=""), cpv="", duration_months=None)
    need = renewals.draft(contract, by=None, title="x" * 300)
    assert (need.cpv, need.departments, need.starts_on, len(need.title)) == ("", [], None, 200)
