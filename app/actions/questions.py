# SPDX-License-Identifier: EUPL-1.2
"""A company asks about a need, its buyer answers, and everybody reads the same (R2111-1)."""

from app.actions import letters, links
from app.actions.base import action
from app.actions.needs import keep_unnamed
from app.mail import letters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.history import remember
from app.models.needs import Need, NeedQuestion
from app.queries import questions
from app.rules import questions as rules


@action
def ask(need: Need, organisation: Organisation, *, by: User | None, text: str) -> NeedQuestion:
    """Ask the buyer; the question is shown to all at once, and never says who asked.

    Errors: RuleBroken on `text`, `question_not_a_company`, or `need_not_open`.
    """
    rules.require_company(organisation.role)
    rules.require_open(need.state)
    question = NeedQuestion(
        need_id=need.id,
        asked_by_id=organisation.id,
        text=rules.question_of(text),
        asked_at=clock.now(),
        answer="",
    )
    db.session.add(question)
    db.session.flush()
    remember(by, "question.asked", question)
    link = links.page("member.questions.answer", question=question.id)
    for reader in questions.readers([need.organisation_id]):
        written = mail.question_asked(
            language=reader.language, name=reader.name, need=need.title, question=question.text,
            link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
    return question


@action
def answer(question: NeedQuestion, *, by: User | None, text: str) -> None:
    """Answer for all; those who asked, or asked for a meeting about the need, get a letter.

    Errors: RuleBroken on `answer`, or `question_answered`: what was read is not rewritten.
    """
    db.session.refresh(question, with_for_update={"of": NeedQuestion})
    rules.require_unanswered(question.answer)
    need = question.need
    keep_unnamed(need, answer=text)
    question.answer, question.answered_at = rules.answer_of(text), clock.now()
    remember(by, "question.answered", question)
    link = links.page("public.needs.need", need=need.id, _anchor="questions")
    for reader in questions.readers(questions.interested(need)):
        written = mail.question_answered(
            language=reader.language, name=reader.name, need=need.title,
            buyer="" if need.is_anonymous else need.organisation.display_name,
            question=question.text, answer=question.answer, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
