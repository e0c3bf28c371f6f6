# SPDX-License-Identifier: EUPL-1.2
"""Forming a consortium, and inviting a company into it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from app.language.phrases import word
from app.language.translate import lazy
from app.rules.consortia import ConsortiumForm
from app.web.forms.fields import ChoiceField, CountField


class NewConsortiumForm(FlaskForm):
    """What a consortium is called, and who answers for what."""

    name = StringField(lazy("Nom du groupement"))
    form = ChoiceField(lazy("Forme"), coerce=ConsortiumForm)
    text = TextAreaField(lazy("Ce que vous faites ensemble"))
    share = CountField(lazy("Votre part, en pour cent"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.form.choices = [(one.value, word(one)) for one in ConsortiumForm]


class InvitationForm(FlaskForm):
    """Which company to ask."""

    siret = StringField(lazy("Numéro SIRET de l'entreprise"))
    share = CountField(lazy("Sa part, en pour cent"))
