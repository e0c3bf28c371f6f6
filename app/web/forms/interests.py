# SPDX-License-Identifier: EUPL-1.2
"""A company's few words to the buyer of a need."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.language.translate import lazy


class InterestForm(FlaskForm):
    """What the company could do for this need."""

    message = TextAreaField(lazy("Quelques mots pour l'acheteur"))
