# SPDX-License-Identifier: EUPL-1.2
"""A company shows interest; the buyer's yes tells it a name that was kept."""

from datetime import UTC, date, datetime

import pytest

from app.actions import interests as actions
from app.actions import needs
from app.models import clock
from app.models.base import db
from app.models.letters import Letter
from app.queries import interests
from app.queries import needs as queries
from app.rules.errors import RuleBroken
from app.rules.needs import InterestState, NeedState
from tests.builders import a_buyer, a_company, a_member, a_need, a_sector, a_user


@pytest.fixture
def need(app):
    buyer = a_buyer(name="Ville de Valfleury")
    a_member(buyer, a_user(email="acheteur@exemple.test"))
    return a_need(buyer, a_sector(), is_anonymous=True)


@pytest.fixture
def company(app):
    company = a_company(name="Les Jardins de la Lez")
    a_member(company, a_user(email="jardins@exemple.test"))
    return company


def letters():
    return list(db.session.query(Letter).order_by(Letter.id))


def test_a_yes_tells_the_buyers_name_to_this_company_alone(need, company):
    other = a_company()
    shown = actions.show(need, company, by=None, message="Nous tondons à la faux.")
    actions.show(need, other, by=None)
    assert queries.told([company.id]) == set()
    actions.accept(shown, by=None)
    assert queries.told([company.id]) == {need.id} and queries.told([other.id]) == set()
    first, _, answer = letters()
    assert (first.kind, first.to_email) == ("interest_shown", "acheteur@exemple.test")
    assert "Les Jardins de la Lez" in first.body_text and "à la faux" in first.body_text
    assert (answer.kind, answer.to_email) == ("interest_answered", "jardins@exemple.test")
    assert "Ville de Valfleury" in answer.body_text


def test_a_no_tells_nothing(need, company):
    actions.decline(actions.show(need, company, by=None), by=None)
    assert queries.told([company.id]) == set()
    (answer,) = [one for one in letters() if one.kind == "interest_answered"]
    assert "Valfleury" not in answer.body_text + answer.body_html + answer.subject


def test_an_answer_is_given_once(need, company):
    shown = actions.show(need, company, by=None)
    actions.accept(shown, by=None)
    with pytest.raises(RuleBroken, match="interest_answered"):
        actions.decline(shown, by=None)
    assert shown.state == InterestState.ACCEPTED


def test_saying_it_twice_changes_the_words_and_writes_no_second_letter(need, company):
    actions.show(need, company, by=None, message="Bonjour")
    again = actions.show(need, company, by=None, message="Nous tondons.")
    assert again.message == "Nous tondons."
    assert len(interests.of_need(need)) == len(letters()) == 1


def test_interest_ends_with_the_day_of_answers_and_with_the_need(need, company):
    need.answer_by = date(2027, 3, 1)
    too_late = clock.frozen(datetime(2027, 3, 2, 12, tzinfo=UTC))
    with too_late, pytest.raises(RuleBroken, match="need_answers_over"):
        actions.show(need, company, by=None)
    needs.end(need, by=None, state=NeedState.AWARDED, note="À l'Esat des Rives.")
    with pytest.raises(RuleBroken, match="need_not_open"):
        actions.show(need, company, by=None)


def test_a_buyer_shows_no_interest(need):
    with pytest.raises(RuleBroken, match="question_not_a_company"):
        actions.show(need, a_buyer(), by=None)


def test_an_anonymous_need_that_names_its_buyer_is_not_published(app):
    buyer = a_buyer(name="Ville de Valfleury")
    need = a_need(
        buyer, a_sector(), is_anonymous=True, state=NeedState.DRAFT,
        text="La ville de Valfleury cherche.",
    )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        needs.publish(need, by=None)
    assert (refused.value.key, refused.value.field) == ("need_names_buyer", "text")
    needs.name_buyer(need, by=None)
    needs.publish(need, by=None)
    assert need.is_public
