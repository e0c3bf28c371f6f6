# SPDX-License-Identifier: EUPL-1.2
"""Asking for the newsletter, and composing an issue of it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput

from app.language.phrases import word
from app.language.translate import LANGUAGES, lazy
from app.queries.newsletters import Contents
from app.rules.newsletters import Audience, Part
from app.rules.territories import DEPARTMENTS
from app.web.forms.fields import ChoiceField


class ReadingForm(FlaskForm):
    """What one wants to read about."""

    audience = ChoiceField(lazy("Vous êtes"), coerce=Audience)
    departments = SelectMultipleField(lazy("Vos départements"), option_widget=CheckboxInput())
    language = ChoiceField(lazy("Langue de la lettre"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.audience.choices = [(one.value, word(one)) for one in Audience]
        self.departments.choices = [(code, f"{code} {name}") for code, name in DEPARTMENTS.items()]
        self.language.choices = list(LANGUAGES.items())

    @property
    def wishes(self) -> dict[str, Any]:
        return {
            "audience": self.audience.data,
            "departments": self.departments.data or [],
            "language": self.language.data,
        }


class SubscriptionForm(ReadingForm):
    """An address to which the newsletter will go, once confirmed."""

    email = StringField(lazy("Votre adresse électronique"))


class IssueForm(FlaskForm):
    """The word of the team in both languages, and what stays of the news."""

    title_fr = StringField(lazy("Titre en français"))
    intro_fr = TextAreaField(lazy("Le mot de l'équipe, en français"))
    title_en = StringField(lazy("Titre en anglais"))
    intro_en = TextAreaField(lazy("Le mot de l'équipe, en anglais"))
    needs = SelectMultipleField(lazy("Nouveaux besoins"), coerce=int, option_widget=CheckboxInput())
    companies = SelectMultipleField(
        lazy("Nouvelles entreprises"), coerce=int, option_widget=CheckboxInput()
    )
    sheets = SelectMultipleField(
        lazy("Nouvelles fiches"), coerce=int, option_widget=CheckboxInput()
    )
    editions = SelectMultipleField(
        lazy("Prochains rendez-vous"), coerce=int, option_widget=CheckboxInput()
    )

    def __init__(self, new: Contents, **given: Any) -> None:
        super().__init__(**given)
        self.needs.choices = [(one.id, one.title) for one in new.needs]
        self.companies.choices = [(one.id, one.display_name) for one in new.companies]
        self.sheets.choices = [(one.sheet.id, one.words.title_fr) for one in new.sheets]
        self.editions.choices = [(one.id, one.name) for one in new.editions]

    @property
    def arranged(self) -> dict[str, Any]:
        """What the action `arrange` takes."""
        return {
            "titles": {"fr": self.title_fr.data or "", "en": self.title_en.data or ""},
            "intros": {"fr": self.intro_fr.data or "", "en": self.intro_en.data or ""},
            "chosen": {part: self[part.value].data or [] for part in Part},
        }
