# SPDX-License-Identifier: EUPL-1.2
"""What a refused action says in its form, where the person typed."""

from wtforms import Form

from app.language import phrases
from app.rules.errors import Refusal


def say_on(form: Form, problem: Refusal) -> None:
    """Put the sentence of a refusal on its field, or above the form; what was typed stays."""
    sentence = phrases.refusal(problem)
    if problem.field is not None and problem.field in form:
        field = form[problem.field]
        field.errors = [*field.errors, sentence]
    else:
        form.form_errors.append(sentence)
