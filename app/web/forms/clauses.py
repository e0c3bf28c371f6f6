# SPDX-License-Identifier: EUPL-1.2
"""Clauses ticked in the library."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput

from app.language.clauses import named
from app.language.translate import lazy
from app.rules.clauses import Clause


class ClausesForm(FlaskForm):
    """One box for each clause."""

    # Which clauses there are is for the action to say, in our words.
    clauses = SelectMultipleField(
        lazy("Clauses"), option_widget=CheckboxInput(), validate_choice=False
    )
    renewed = BooleanField(lazy("Prendre le texte d'aujourd'hui pour toutes"))

    def offer(self, clauses: Iterable[Clause]) -> None:
        """Fill the list."""
        self.clauses.choices = [SelectChoice(one.code, named(one)) for one in clauses]
