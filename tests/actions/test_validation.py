# SPDX-License-Identifier: EUPL-1.2
"""The team reads needs before everybody does, when it wants to."""

import pytest

from app.actions import needs, validation
from app.actions.base import action
from app.models.base import db
from app.models.letters import Letter
from app.queries import validation as queue
from app.rules.errors import RuleBroken
from app.rules.needs import NeedState
from tests.builders import (
    a_buyer,
    a_member,
    a_need,
    a_registration,
    a_sector,
    a_user,
    an_edition,
    an_organiser,
    an_organiser_member,
)


@pytest.fixture
def team(app):
    organiser = an_organiser(validates_needs=True)
    an_organiser_member(organiser, a_user(email="equipe@exemple.test"))
    return organiser


@pytest.fixture
def edition(team):
    return an_edition(team)


@pytest.fixture
def need(edition):
    buyer = a_buyer(name="Ville de Valfleury")
    a_member(buyer, a_user(email="acheteur@exemple.test"))
    a_registration(edition, buyer)
    return a_need(buyer, a_sector(), state=NeedState.DRAFT, title="Entretien de 12 parcs")


def letters():
    return [(one.kind, one.to_email) for one in db.session.query(Letter).order_by(Letter.id)]


def test_a_need_waits_for_the_team_which_is_told_and_then_its_buyer(need, team):
    needs.publish(need, by=None)
    assert (need.state, need.organiser_id, need.published_on) == (
        NeedState.SUBMITTED, team.id, None,
    )  # fmt: skip
    validation.approve(need, by=None)
    assert need.state == NeedState.PUBLISHED and need.published_on is not None
    assert letters() == [
        ("need_submitted", "equipe@exemple.test"),
        ("need_approved", "acheteur@exemple.test"),
    ]


def test_a_need_is_sent_back_with_a_reason_corrected_and_published(need):
    needs.publish(need, by=None)
    with pytest.raises(RuleBroken) as refused:
        validation.send_back(need, by=None, reason=" ")
    assert refused.value.field == "reason"
    validation.send_back(need, by=None, reason="Le métier ne correspond pas au titre.")
    assert need.state == NeedState.SENT_BACK and "métier" in need.reason
    needs.change(need, by=None, title="Élagage", publishing=True)
    assert (need.state, need.reason) == (NeedState.SUBMITTED, "")
    validation.approve(need, by=None)
    assert need.is_public


def test_a_published_need_may_still_be_sent_back(need):
    needs.publish(need, by=None)
    validation.approve(need, by=None)
    validation.send_back(need, by=None, reason="Une entreprise y est nommée.")
    assert not need.is_public


def test_nothing_is_published_twice_nor_without_having_been_proposed(need):
    with pytest.raises(RuleBroken, match="need_step"):
        validation.approve(need, by=None)
    needs.publish(need, by=None)
    validation.approve(need, by=None)
    with pytest.raises(RuleBroken, match="need_step"):
        validation.approve(need, by=None)


def test_a_buyer_takes_a_need_back_before_it_is_read(need):
    needs.publish(need, by=None)
    needs.take_back(need, by=None)
    assert need.state == NeedState.DRAFT
    with pytest.raises(RuleBroken, match="need_step"):
        needs.take_back(need, by=None)


def test_when_the_team_trusts_buyers_a_need_is_published_at_once(need, team):
    validation.read_needs_first(team, by=None, wanted=False)
    needs.publish(need, by=None)
    assert need.state == NeedState.PUBLISHED and letters() == []


def test_the_team_of_the_edition_where_the_buyer_comes_reads_its_needs(edition, team):
    another = an_edition(an_organiser(validates_needs=False))
    coming = a_buyer()
    a_registration(another, coming)
    assert queue.validator(coming) is None  # its own team trusts it, though another one comes first
    assert queue.validator(a_buyer()) == team


def test_many_needs_are_published_at_once_or_none(need, edition):
    other = a_need(need.organisation, a_sector(), state=NeedState.DRAFT)
    for one in (need, other):
        needs.publish(one, by=None)
    waiting = queue.waiting(edition, [need.id, other.id])
    assert validation.approve_all(waiting, by=None) == 2
    assert queue.waiting(edition, [need.id, other.id]) == []


def test_the_database_keeps_states_honest(need):
    for wrong in (
        {"state": "submitted", "organiser_id": None},
        {"state": "sent_back", "reason": ""},
        {"geo_range": "CUSTOM", "distance_km": None},
    ):
        with pytest.raises(RuleBroken, match="conflict"):
            _write(need, wrong)
        db.session.rollback()


def _write(need, facts):
    @action
    def change():
        for name, value in facts.items():
            setattr(need, name, value)

    change()
