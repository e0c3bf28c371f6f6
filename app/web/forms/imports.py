# SPDX-License-Identifier: EUPL-1.2
"""The form that brings a table of organisations."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField

from app.language import phrases
from app.language.translate import lazy
from app.rules.companies import BuyerKind, Role


class ImportForm(FlaskForm):
    """Who is in the table, and the table."""

    role = RadioField(lazy("Ce fichier contient"), default=Role.COMPANY.value)
    usual_kind = SelectField(lazy("Si le fichier ne dit pas la nature des acheteurs"))
    file = FileField(
        lazy("Le fichier"),
        validators=[FileRequired(lazy("Choisissez un fichier CSV ou XLSX sur votre ordinateur."))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = [
            (Role.COMPANY.value, lazy("des entreprises")),
            (Role.BUYER.value, lazy("des acheteurs")),
        ]
        self.usual_kind.choices = [(kind.value, phrases.word(kind)) for kind in BuyerKind]
