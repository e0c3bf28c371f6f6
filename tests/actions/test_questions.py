# SPDX-License-Identifier: EUPL-1.2
"""Questions about a need: asked by companies, answered once, the same for everybody."""

import pytest

from app.actions import questions as actions
from app.models.base import db
from app.models.history import HistoryLine
from app.models.letters import Letter
from app.queries import questions
from app.rules.errors import RuleBroken
from app.rules.meetings import RequestState
from app.rules.needs import NeedState
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_request,
    a_user,
    an_edition,
)

WORDS = "Le fauchage des talus est-il compris ?"


def letters_of(kind):
    return {
        letter.to_email: letter
        for letter in db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id)
    }


def test_the_buyer_gets_the_question_and_never_the_name_of_the_company(app):
    buyer, company = a_buyer(), a_company(name="Les Jardins de la Lez")
    reader, need = a_member(buyer), a_need(buyer, title="Entretien de 12 parcs")
    person = a_member(company, a_user(name="Luc Pastre"))

    question = actions.ask(need, company, by=person, text=f"  {WORDS} ")

    assert questions.of_need(need) == [question]
    assert (question.text, question.answer, question.answered_at) == (WORDS, "", None)
    letter = letters_of("question_asked")[reader.email]
    for text in (letter.subject, letter.body_text, letter.body_html):
        assert "Jardins" not in text and "Pastre" not in text
    assert f"/questions/{question.id}/repondre" in letter.body_text


def test_an_answer_is_written_to_who_asked_and_to_who_asked_for_a_meeting_about_it(app):
    buyer, asking, meeting, other, declined = a_buyer(), *(a_company() for _ in range(4))
    need, edition = a_need(buyer), an_edition()
    theirs = a_registration(edition, buyer)
    one, two, *_ = [a_member(who) for who in (asking, meeting, other, declined)]
    a_request(a_registration(edition, meeting), theirs, need_id=need.id)
    a_request(a_registration(edition, other), theirs)
    a_request(
        a_registration(edition, declined), theirs, need_id=need.id, state=RequestState.DECLINED
    )
    question = actions.ask(need, asking, by=one, text=WORDS)

    actions.answer(question, by=a_member(buyer), text="Oui, deux fois par an.")

    told = letters_of("question_answered")
    assert set(told) == {one.email, two.email}
    assert all("deux fois par an" in letter.body_text for letter in told.values())
    assert question.answered_at is not None
    verbs = [line.verb for line in db.session.query(HistoryLine).order_by(HistoryLine.id)]
    assert verbs == ["question.asked", "question.answered"]


def test_a_person_of_two_interested_companies_gets_one_letter(app):
    buyer, person = a_buyer(), a_user()
    need, first, second = a_need(buyer), a_company(), a_company()
    for company in (first, second):
        a_member(company, person)
        question = actions.ask(need, company, by=person, text=WORDS)
    actions.answer(question, by=None, text="Oui.")
    assert db.session.query(Letter).filter_by(kind="question_answered").count() == 1


def test_an_answer_that_was_read_is_not_rewritten(app):
    need = a_need(a_buyer())
    question = actions.ask(need, a_company(), by=None, text=WORDS)
    actions.answer(question, by=None, text="Oui.")
    with pytest.raises(RuleBroken, match="question_answered"):
        actions.answer(question, by=None, text="Non.")
    assert question.answer == "Oui."


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "question_too_short"), ("Combien ?", "question_too_short"), ("x y " * 600, "too_long")],
)
def test_a_question_is_a_sentence(app, text, key):
    with pytest.raises(RuleBroken) as refused:
        actions.ask(a_need(a_buyer()), a_company(), by=None, text=text)
    assert (refused.value.key, refused.value.field) == (key, "text")


def test_an_empty_answer_is_refused_beside_its_field(app):
    question = actions.ask(a_need(a_buyer()), a_company(), by=None, text=WORDS)
    with pytest.raises(RuleBroken) as refused:
        actions.answer(question, by=None, text=" ")
    assert (refused.value.key, refused.value.field) == ("answer_too_short", "answer")


def test_only_companies_ask_and_only_about_published_needs(app):
    with pytest.raises(RuleBroken, match="question_not_a_company"):
        actions.ask(a_need(a_buyer()), a_buyer(), by=None, text=WORDS)
    for state in (NeedState.DRAFT, NeedState.CLOSED):
        with pytest.raises(RuleBroken, match="need_not_open"):
            actions.ask(a_need(a_buyer(), state=state), a_company(), by=None, text=WORDS)


def test_the_buyer_may_still_answer_when_the_need_is_closed(app):
    need = a_need(a_buyer())
    question = actions.ask(need, a_company(), by=None, text=WORDS)
    need.state = NeedState.CLOSED
    actions.answer(question, by=None, text="Trop tard, mais oui.")
    assert questions.unanswered([need]) == {}
