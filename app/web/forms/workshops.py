# SPDX-License-Identifier: EUPL-1.2
"""A workshop in the programme of an edition."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from app.language.translate import lazy


class WorkshopForm(FlaskForm):
    """What a workshop is about, and who holds it."""

    title_fr = StringField(lazy("Titre en français"))
    text_fr = TextAreaField(lazy("De quoi il s'agit"))
    speaker = StringField(lazy("Qui l'anime"))
    title_en = StringField(lazy("Titre en anglais"))
    text_en = TextAreaField(lazy("De quoi il s'agit, en anglais"))
