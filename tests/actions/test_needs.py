# SPDX-License-Identifier: EUPL-1.2
"""A buyer's need from its draft to its end."""

from datetime import UTC, datetime

import pytest

from app.actions import needs as actions
from app.models import clock
from app.models.base import db
from app.models.history import HistoryLine
from app.queries import eligibility, needs
from app.rules.companies import BuyerKind
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside
from app.rules.reservations import Answer
from tests.builders import a_buyer, a_company, a_need, a_sector, a_user


def draft(organisation, *sectors, **facts):
    usual = {
        "title": "Entretien de 12 parcs",
        "kind": NeedKind.SOURCING,
        "amount_band": AmountBand.UNKNOWN,
        "set_aside": SetAside.NONE,
        "departments": ["34"],
    }
    return actions.draft(organisation, by=None, sectors=sectors, **{**usual, **facts})


def test_a_draft_is_kept_with_its_trades_and_found_without_accents(app):
    sector = a_sector("Élagage")
    need = draft(a_buyer(), sector, text="À Béziers", cpv="77310000-6")

    assert (need.state, need.cpv) == (NeedState.DRAFT, "77310000")
    assert needs.sectors(need) == [sector]
    assert "elagage" in need.search and "beziers" in need.search


def test_a_company_has_no_needs(app):
    with pytest.raises(RuleBroken, match="need_not_a_buyer"):
        draft(a_company(), a_sector())


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"title": "  "}, "need_title"),
        ({"title": "x" * 201}, "too_long"),
        ({"cpv": "99"}, "cpv_unknown"),
        ({"cpv": "7"}, "cpv_unknown"),
        ({"cpv": "jardin"}, "cpv_unknown"),
        ({"departments": ["34", "999"]}, "department_unknown"),
    ],
)
def test_a_wrong_fact_names_its_field_and_nothing_is_kept(app, wrong, key):
    buyer = a_buyer()
    with pytest.raises(RuleBroken) as refused:
        draft(buyer, a_sector(), **wrong)
    assert refused.value.key == key
    assert refused.value.field in wrong
    assert needs.of_organisation(buyer) == []


def test_an_incomplete_draft_is_not_published(app):
    buyer = a_buyer()
    with pytest.raises(RuleBroken, match="need_sectors"):
        actions.publish(draft(buyer), by=None)
    with pytest.raises(RuleBroken, match="need_departments"):
        actions.publish(draft(buyer, a_sector(), departments=[]), by=None)


def test_publishing_at_once_is_all_or_nothing(app):
    buyer = a_buyer()
    db.session.commit()
    with pytest.raises(RuleBroken, match="need_sectors"):
        draft(buyer, publishing=True)
    assert needs.of_organisation(buyer) == []


def test_a_need_is_published_closed_and_published_again(app):
    user = a_user()
    need = draft(a_buyer(), a_sector())
    for act, state in (
        (actions.publish, NeedState.PUBLISHED),
        (actions.close, NeedState.CLOSED),
        (actions.publish, NeedState.PUBLISHED),
    ):
        act(need, by=user)
        assert need.state == state
    with pytest.raises(RuleBroken, match="need_step"):
        actions.publish(need, by=user)
    verbs = [line.verb for line in db.session.query(HistoryLine).order_by(HistoryLine.id)]
    assert verbs == ["need.drafted", "need.published", "need.closed", "need.published"]


def test_a_published_need_stays_complete_when_it_changes(app):
    need = a_need(a_buyer(), a_sector())
    with pytest.raises(RuleBroken, match="need_sectors"):
        actions.change(need, by=None, sectors=[])
    actions.change(need, by=None, title="Autre", sectors=[a_sector("Traiteur")])
    assert need.title == "Autre" and "traiteur" in need.search
    assert [sector.name_fr for sector in needs.sectors(need)] == ["Traiteur"]


def test_an_exact_estimate_sets_the_band_and_a_wrong_duration_is_refused(app):
    need = draft(a_buyer(), a_sector(), amount_exact=55_000, months=24, is_innovative=True)
    assert (need.amount_band, need.months) == (AmountBand.UNDER_60K, 24)
    with pytest.raises(RuleBroken) as refused:
        draft(a_buyer(), a_sector(), months=0)
    assert (refused.value.key, refused.value.field) == ("number_out", "months")


def test_a_need_is_judged_by_the_rules_of_the_day_it_was_published(app):
    def published(day):
        with clock.frozen(day):
            need = draft(
                a_buyer(), a_sector(), cpv="77310000", amount_exact=50_000, publishing=True
            )
        return eligibility.verdicts(need)[0].answer

    assert published(datetime(2025, 6, 15, 12, tzinfo=UTC)) == Answer.NO
    assert published(datetime(2026, 6, 15, 12, tzinfo=UTC)) == Answer.YES


def test_a_reservation_that_the_law_forbids_is_kept_as_a_draft_but_not_published(app):
    unlawful = {"set_aside": SetAside.SSE, "cpv": "77310000", "months": 12}
    need = draft(a_buyer(), a_sector(), **unlawful)
    with pytest.raises(RuleBroken, match="set_aside_cpv"):
        actions.publish(need, by=None)
    assert need.state == NeedState.DRAFT
    actions.change(need, by=None, cpv="85311000", publishing=True)
    assert need.state == NeedState.PUBLISHED
    with pytest.raises(RuleBroken, match="set_aside_too_long"):
        actions.change(need, by=None, months=48)


def test_a_private_buyer_reserves_as_it_likes(app):
    buyer = a_buyer(buyer_kind=BuyerKind.PRIVATE)
    need = draft(buyer, a_sector(), set_aside=SetAside.SSE, cpv="77", publishing=True)
    assert need.state == NeedState.PUBLISHED
