# SPDX-License-Identifier: EUPL-1.2
"""What a refused action says in its form, where the person typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from wtforms import Form

from app.language import phrases
from app.rules.errors import Refusal, RuleBroken


@contextmanager
def said_on(form: Form) -> Iterator[None]:
    """What follows is done and answered, or refused on the form, which is then shown again."""
    try:
        yield
    except RuleBroken as problem:
        say_on(form, problem)


def say_on(form: Form, problem: Refusal) -> None:
    """Put the sentence of a refusal on its field, or above the form; what was typed stays."""
    sentence = phrases.refusal(problem)
    if problem.field is not None and problem.field in form:
        field = form[problem.field]
        field.errors = [*field.errors, sentence]
    else:
        form.form_errors.append(sentence)
