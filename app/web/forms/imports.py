# SPDX-License-Identifier: EUPL-1.2
"""The form that brings a table of organisations or of public contracts."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField

from app.language import phrases
from app.language.translate import lazy
from app.rules.companies import BuyerKind, Role


class ImportForm(FlaskForm):
    """What is in the table, and the table."""

    CONTRACTS = "contracts"

    role = RadioField(lazy("Ce fichier contient"), default=Role.COMPANY.value)
    usual_kind = SelectField(lazy("Si le fichier ne dit pas la nature des acheteurs"))
    file = FileField(
        lazy("Le fichier"),
        validators=[
            FileRequired(lazy("Choisissez un fichier CSV, XLSX ou JSON sur votre ordinateur."))
        ],
    )

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = [
            (Role.COMPANY.value, lazy("des entreprises")),
            (Role.BUYER.value, lazy("des acheteurs")),
            (self.CONTRACTS, lazy("des marchés publics (données essentielles, DECP)")),
        ]
        self.usual_kind.choices = [(kind.value, phrases.word(kind)) for kind in BuyerKind]
