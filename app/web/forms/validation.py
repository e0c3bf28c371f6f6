# SPDX-License-Identifier: EUPL-1.2
"""Why a need goes back to its buyer."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.language.translate import lazy


class SendBackForm(FlaskForm):
    """One sentence, which the buyer reads."""

    reason = TextAreaField(lazy("Ce qu'il faut corriger"))
