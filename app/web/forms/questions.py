# SPDX-License-Identifier: EUPL-1.2
"""A question about a need, and its answer."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from app.language.translate import lazy


class QuestionForm(FlaskForm):
    """What a company asks; everybody will read it."""

    text = TextAreaField(
        lazy("Votre question"),
        [InputRequired(lazy("Écrivez une question complète, en une phrase au moins."))],
    )


class AnswerForm(FlaskForm):
    """What the buyer answers; everybody will read it."""

    answer = TextAreaField(
        lazy("Votre réponse"),
        [InputRequired(lazy("Écrivez une réponse, en quelques mots au moins."))],
    )
