# SPDX-License-Identifier: EUPL-1.2
"""A company's question about a need, and the buyer's answer to all."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import questions as actions
from app.language.translate import gettext
from app.queries import needs, questions
from app.queries.needs import Need
from app.queries.questions import NeedQuestion
from app.rules.errors import NotAllowed
from app.rules.permissions import Permission
from app.web.forms.questions import AnswerForm, QuestionForm
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.login import me
from app.web.shared.standing import standing


@guard(Permission.ASK_ABOUT_NEED, need=needs.by_id)
def ask(need: Need) -> str | Response | tuple[str, int]:
    """Write a question that everybody will read, without one's name."""
    organisation = standing()
    if organisation is None:
        raise NotAllowed
    form = QuestionForm()
    if form.validate_on_submit():
        with said_on(form):
            actions.ask(need, organisation, by=me(), text=form.text.data or "")
            words = gettext("Votre question est posée, sans votre nom. L'acheteur est prévenu.")
            flash(words, "good")
            return _back(need)
    page = render_template(
        "web/member/question_form.html", form=form, need=need, asked=questions.of_need(need)
    )
    return (page, 422) if form.errors else page


@guard(Permission.MANAGE_NEED, question=questions.by_id)
def answer(question: NeedQuestion) -> str | Response | tuple[str, int]:
    """Answer once, for all."""
    if request.method == "GET" and question.answer:
        return _back(question.need)
    form = AnswerForm()
    if form.validate_on_submit():
        with said_on(form):
            actions.answer(question, by=me(), text=form.answer.data or "")
            flash(gettext("Votre réponse est publiée : toutes les entreprises la lisent."), "good")
            return _back(question.need)
    page = render_template("web/member/answer_form.html", form=form, question=question)
    return (page, 422) if form.errors else page


def _back(need: Need) -> Response:
    return redirect(url_for("public.needs.need", need=need.id, _anchor="questions"))
