# SPDX-License-Identifier: EUPL-1.2
"""The forms that bring a table of organisations or of public contracts, and say its columns."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length

from app.language import phrases
from app.language.translate import language, lazy
from app.queries import listings
from app.queries.imports import DirectoryImport
from app.rules.columns import Column
from app.rules.companies import BuyerKind, CompanyKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import Holds, Usual
from app.rules.mapping import columns_of

NOTHING = ""
LEFT_ASIDE = "–"


class ImportForm(FlaskForm):
    """What is in the table, and the table."""

    CONTRACTS = "contracts"

    role = RadioField(lazy("Ce fichier contient"), default=Role.COMPANY.value)
    source = StringField(
        lazy("Le nom de cette liste"),
        validators=[Length(max=70, message=lazy("Un nom de liste a 70 caractères au plus."))],
    )
    usual_kind = SelectField(lazy("Si le fichier ne dit pas la nature des acheteurs"))
    usual_company_kind = SelectField(lazy("Si le fichier ne dit pas le type des entreprises"))
    label = SelectField(lazy("Label que portent toutes les entreprises du fichier"))
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
        kinds = [(kind.value, phrases.word(kind)) for kind in CompanyKind]
        self.usual_company_kind.choices = [(NOTHING, lazy("ne rien dire")), *kinds]
        in_english = language() == "en"
        held = [
            (label.slug, label.name_en if in_english else label.name_fr)
            for label in listings.labels()
        ]
        self.label.choices = [(NOTHING, lazy("aucun")), *held]

    @property
    def holds(self) -> Role | None:
        """The organisations in the table, None for public contracts."""
        return None if self.role.data == self.CONTRACTS else Role(self.role.data)

    @property
    def usual(self) -> Usual:
        """What counts where the table says nothing, of organisations of this role."""
        if self.holds != Role.COMPANY:
            return Usual(buyer_kind=BuyerKind(self.usual_kind.data))
        kind = self.usual_company_kind.data
        return Usual(company_kind=CompanyKind(kind) if kind else None, label=self.label.data or "")


def columns_for(an_import: DirectoryImport) -> list[tuple[str, str]]:
    """What each column of such a table may be: value, word."""
    role = None if an_import.holds == Holds.CONTRACTS else an_import.role
    words = [(column.value, phrases.word(column)) for column in columns_of(role)]
    return [(NOTHING, LEFT_ASIDE), *words]


def columns_said(an_import: DirectoryImport, typed: Mapping[str, str]) -> dict[Column, int]:
    """Column → its place, as somebody chose them.

    Errors: RuleBroken `import_column_twice` when one is chosen for two columns of the file.
    """
    known = {value for value, _ in columns_for(an_import) if value}
    said: dict[Column, int] = {}
    for place in range(len(an_import.header)):
        value = typed.get(f"column-{place}", NOTHING)
        if value not in known:
            continue
        column = Column(value)
        if column in said:
            raise RuleBroken("import_column_twice", column=phrases.word(column))
        said[column] = place
    return said
