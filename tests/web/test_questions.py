# SPDX-License-Identifier: EUPL-1.2
"""Questions and answers as people see them: the same register for everybody."""

import pytest

from app.actions import questions as actions
from app.models.base import db
from app.models.needs import NeedQuestion
from app.rules.needs import NeedState
from tests.builders import a_buyer, a_company, a_member, a_need, a_user, log_in_as

WORDS = "Le fauchage des talus est-il compris ?"


@pytest.fixture
def need(client):
    buyer = a_buyer(name="Ville de Valfleury")
    a_member(buyer, a_user(email="acheteur@exemple.test"))
    need = a_need(buyer, title="Entretien de 12 parcs")
    db.session.commit()
    return need


@pytest.fixture
def company(client, need):
    company = a_company(name="Les Jardins de la Lez")
    user = a_member(company)
    db.session.commit()
    log_in_as(client, user)
    return company


def asked(need):
    question = actions.ask(need, a_company(name="Concurrente"), by=None, text=WORDS)
    db.session.commit()
    return question


def test_a_company_asks_in_one_form_and_everybody_reads_it_without_its_name(client, need, company):
    address = f"/besoins/{need.id}/questions/nouvelle"
    assert address in client.get(f"/besoins/{need.id}").text
    answer = client.post(address, data={"text": WORDS})
    assert answer.status_code == 302 and answer.location.endswith("#questions")

    client.post("/deconnexion")
    page = client.get(f"/besoins/{need.id}").text
    assert "Le fauchage des talus est-il compris" in page and "réponse attendue" in page
    assert "Jardins de la Lez" not in page


def test_a_question_too_short_comes_back_with_what_was_typed(client, need, company):
    page = client.post(f"/besoins/{need.id}/questions/nouvelle", data={"text": "Combien ?"})
    assert page.status_code == 422
    assert "en une phrase au moins" in page.text and "Combien ?" in page.text
    assert db.session.query(NeedQuestion).count() == 0


def test_the_buyer_answers_from_the_need_and_everybody_reads_it(client, need):
    question = asked(need)
    buyer = db.session.query(type(need.organisation)).filter_by(name="Ville de Valfleury").one()
    log_in_as(client, a_member(buyer))
    db.session.commit()
    address = f"/questions/{question.id}/repondre"
    page = client.get(f"/besoins/{need.id}").text
    assert address in page and "Concurrente" not in page
    assert "1 question sans réponse" in client.get(f"/espace/{buyer.id}/besoins").text

    assert client.post(address, data={"answer": ""}).status_code == 422
    client.post(address, data={"answer": "Oui, deux fois par an."})
    assert client.get(address).status_code == 302  # answered once
    client.post("/deconnexion")
    assert "Oui, deux fois par an." in client.get(f"/besoins/{need.id}").text


def test_nobody_asks_without_an_account_nor_answers_for_another_buyer(client, need):
    question = asked(need)
    address = f"/besoins/{need.id}/questions/nouvelle"
    assert "/connexion" in client.get(address).location
    log_in_as(client, a_member(a_buyer()))
    db.session.commit()
    assert client.post(address, data={"text": WORDS}).status_code == 422
    assert client.get(f"/questions/{question.id}/repondre").status_code == 404
    assert db.session.query(NeedQuestion).count() == 1


def test_a_draft_is_asked_about_by_nobody(client, company):
    draft = a_need(a_buyer(), state=NeedState.DRAFT)
    db.session.commit()
    assert client.get(f"/besoins/{draft.id}/questions/nouvelle").status_code == 404


def test_the_register_costs_one_query_however_long_it_is(client, need, count_queries):
    asked(need)
    number = need.id

    def questions():
        db.session.remove()
        with count_queries:
            client.get(f"/besoins/{number}")
        return len(count_queries)

    questions()
    for_one = questions()
    again = db.session.get(type(need), number)
    for _ in range(20):
        asked(again)
    assert questions() == for_one
