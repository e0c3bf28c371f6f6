# SPDX-License-Identifier: EUPL-1.2
"""The yearly census of needs: who is written to, how often, and what counts as an answer."""

import inspect
from datetime import UTC, date, datetime, timedelta

import pytest

from app.actions import campaigns as actions
from app.actions import jobs, needs
from app.models import clock
from app.models.base import db
from app.models.jobs import Job
from app.models.letters import Letter
from app.queries import campaigns
from app.rules.campaigns import Asked, Reply
from app.rules.companies import BuyerKind
from app.rules.errors import RuleBroken
from app.rules.jobs import JobState
from app.rules.needs import AmountBand, NeedKind, NeedState, SetAside
from tests.builders import (
    a_buyer,
    a_member,
    a_registration,
    a_user,
    an_edition,
)

DAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def fair(app):
    """An edition, and three buyers with a person each; a fourth has nobody to write to."""
    edition = an_edition()
    for number, kind in enumerate((BuyerKind.PUBLIC, BuyerKind.PUBLIC, BuyerKind.PRIVATE)):
        buyer = a_buyer(
            name=f"Acheteur {number}", buyer_kind=kind, department=("34", "30")[number % 2]
        )
        a_member(buyer, a_user(email=f"acheteur{number}@exemple.test"))
        if number == 0:
            a_registration(edition, buyer)
    a_buyer(name="Personne n'y parle")
    db.session.commit()
    return edition


def opened(edition, **facts):
    usual = {"name": "Besoins 2027", "year": 2027, "answer_by": date(2027, 1, 31)}
    with clock.frozen(DAY):
        return actions.open_campaign(edition, by=None, **{**usual, **facts})


def lines(campaign):
    return {line.organisation.name: line for line in campaigns.lines(campaign)}


def letters(kind):
    found = db.session.query(Letter).filter_by(kind=kind).order_by(Letter.to_email)
    return [letter.to_email for letter in found]


def a_draft(buyer):
    return needs.draft(
        buyer, by=None, title="Tonte", kind=NeedKind.SOURCING, sectors=(), departments=["34"],
        amount_band=AmountBand.UNKNOWN, set_aside=SetAside.NONE,
    )  # fmt: skip


def test_opening_writes_once_to_everybody_somebody_speaks_for(fair):
    campaign = opened(fair, message="Pensez aux petits lots.")
    assert letters("campaign_opened") == [f"acheteur{number}@exemple.test" for number in range(3)]
    assert {line.buyer.letters for line in campaigns.lines(campaign)} == {1}
    letter = db.session.query(Letter).first()
    assert "Pensez aux petits lots." in letter.body_text
    assert "31 janvier 2027" in letter.body_text


def test_only_buyers_who_come_or_of_some_departments_are_asked(fair):
    assert list(lines(opened(fair, asked=Asked.COMING))) == ["Acheteur 0"]
    assert list(lines(opened(fair, name="Gard", departments=["30"]))) == ["Acheteur 1"]
    with pytest.raises(RuleBroken) as refused:
        opened(fair, name="Ailleurs", departments=["59"])
    assert (refused.value.key, refused.value.field) == ("campaign_nobody", "asked")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"answer_by": None}, "answer_by"),
        ({"answer_by": date(2026, 11, 1)}, "answer_by"), ({"year": 27}, "year"),
    ],
)  # fmt: skip
def test_a_wrong_campaign_is_refused_on_its_field(fair, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        opened(fair, **wrong)
    assert refused.value.field == field
    assert letters("campaign_opened") == []


def test_a_reminder_goes_to_those_who_have_not_answered_and_never_twice_a_day(fair):
    campaign = opened(fair)
    told = lines(campaign)
    actions.say_nothing(told["Acheteur 0"].buyer, by=None)
    a_draft(told["Acheteur 1"].organisation)
    with (
        clock.frozen(DAY + timedelta(hours=23)),
        pytest.raises(RuleBroken, match="campaign_all_written"),
    ):
        actions.send(campaign, by=None)
    with clock.frozen(DAY + timedelta(hours=25)):
        actions.send(campaign, by=None)
        assert letters("campaign_reminded") == ["acheteur2@exemple.test"]
        with pytest.raises(RuleBroken, match="campaign_all_written"):
            actions.send(campaign, by=None)


def test_a_batch_carried_out_twice_writes_once(fair):
    campaign = opened(fair)
    with clock.frozen(DAY + timedelta(days=2)):
        numbers = campaigns.to_write(campaign)
        assert actions.write(campaign, numbers) == 3
        assert actions.write(campaign, numbers) == 0
    assert len(letters("campaign_reminded")) == 3


def test_answers_are_counted_by_kind_and_department(fair):
    campaign = opened(fair)
    told = lines(campaign)
    actions.say_nothing(told["Acheteur 0"].buyer, by=None)
    need = a_draft(told["Acheteur 1"].organisation)
    assert need.campaign_id == campaign.id
    found = campaigns.lines(campaign)
    tally = campaigns.tally(found)
    assert (tally.all, tally.needs, tally.nothing, round(tally.rate, 2)) == (3, 1, 1, 0.67)
    by_kind = campaigns.tallies(found, lambda buyer: str(buyer.buyer_kind))
    assert [(kind, one.answered, one.all) for kind, one in by_kind.items()] == [
        (BuyerKind.PUBLIC, 2, 2), (BuyerKind.PRIVATE, 0, 1),
    ]  # fmt: skip


def test_a_need_says_more_than_nothing_and_a_withdrawn_one_says_nothing(fair):
    campaign = opened(fair)
    line = lines(campaign)["Acheteur 0"]
    actions.say_nothing(line.buyer, by=None)
    assert lines(campaign)["Acheteur 0"].reply == Reply.NOTHING
    need = a_draft(line.organisation)
    assert lines(campaign)["Acheteur 0"].reply == Reply.NEEDS
    needs.end(need, by=None, state=NeedState.WITHDRAWN)
    assert lines(campaign)["Acheteur 0"].reply == Reply.NOTHING
    actions.change_mind(line.buyer, by=None)
    assert lines(campaign)["Acheteur 0"].reply == Reply.WAITING


def test_a_closed_campaign_takes_no_answer_and_writes_no_letter(fair):
    campaign = opened(fair)
    actions.close_campaign(campaign, by=None)
    buyer = campaigns.lines(campaign)[0].buyer
    for act in (actions.say_nothing, actions.change_mind):
        with pytest.raises(RuleBroken, match="campaign_closed"):
            act(buyer, by=None)
    with clock.frozen(DAY + timedelta(days=3)), pytest.raises(RuleBroken, match="campaign_closed"):
        actions.send(campaign, by=None)
    assert a_draft(buyer.organisation).campaign_id is None


def test_a_cancelled_sending_stops_and_the_next_one_goes_on(fair, monkeypatch):
    monkeypatch.setattr("app.jobs.campaigns.BUYERS_AT_ONCE", 1)
    monkeypatch.setattr("app.jobs.progress.SECONDS_BETWEEN_REPORTS", 0.0)
    written = inspect.unwrap(actions.write)

    def stop_after_one(campaign, numbers):
        done = written(campaign, numbers)
        jobs.cancel(db.session.query(Job).filter_by(kind="write_campaign").one(), by=None)
        return done

    monkeypatch.setattr("app.actions.campaigns.write", stop_after_one)
    campaign = opened(fair)
    job = db.session.query(Job).filter_by(kind="write_campaign").one()
    db.session.refresh(job)
    assert job.state == JobState.CANCELLED
    assert 0 < len(letters("campaign_opened")) < 3
    monkeypatch.undo()
    with clock.frozen(DAY + timedelta(hours=1)):
        actions.send(campaign, by=None)
    assert len(letters("campaign_opened")) == 3
