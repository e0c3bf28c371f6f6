# SPDX-License-Identifier: EUPL-1.2
"""What a team types to open a census of needs."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from app.language import phrases
from app.language.translate import lazy
from app.rules.campaigns import Asked
from app.rules.territories import DEPARTMENTS
from app.web.forms.fields import CountField, DayField


class CampaignForm(FlaskForm):
    """Whom to ask, what about, until when."""

    name = StringField(lazy("Nom du recensement"))
    year = CountField(lazy("Année des achats"))
    answer_by = DayField(lazy("Réponses attendues jusqu'au"), [Optional()])
    asked = RadioField(lazy("Qui interroger ?"), default=Asked.ALL)
    departments = SelectMultipleField(
        lazy("Seulement dans ces départements"), option_widget=CheckboxInput()
    )
    message = TextAreaField(lazy("Quelques mots de l'équipe"))

    def offer(self, departments: list[str]) -> None:
        """Fill the lists: departments where there are buyers."""
        self.asked.choices = [SelectChoice(one.value, phrases.word(one)) for one in Asked]
        self.departments.choices = [
            SelectChoice(code, f"{DEPARTMENTS[code]} ({code})")
            for code in departments
            if code in DEPARTMENTS
        ]
