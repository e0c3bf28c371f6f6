# SPDX-License-Identifier: EUPL-1.2
"""A sheet of guidance, good practice or news, and what it is about."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput

from app.language.phrases import word
from app.language.translate import gettext, lazy
from app.queries.guidance import About, Sheet, SheetVersion
from app.rules.guidance import SheetKind, Wording
from app.web.forms.fields import ChoiceField

WORDS = tuple(Wording.__dataclass_fields__)
NEED = re.compile(r"(?:besoins/|^)(\d+)/?$")


class SheetForm(FlaskForm):
    """The words of a sheet in both languages; a good practice also says who, how and what came."""

    kind = ChoiceField(lazy("Sorte de fiche"), coerce=SheetKind)
    credit = StringField(lazy("Au nom de"))
    title_fr = StringField(lazy("Titre en français"))
    summary_fr = TextAreaField(lazy("En deux phrases"))
    text_fr = TextAreaField(lazy("Texte en français"))
    title_en = StringField(lazy("Titre en anglais"))
    summary_en = TextAreaField(lazy("En deux phrases, en anglais"))
    text_en = TextAreaField(lazy("Texte en anglais"))
    buyer = StringField(lazy("Acheteur"))
    contract = StringField(lazy("Marché"))
    clause = TextAreaField(lazy("Clause ou réservation"))
    result = TextAreaField(lazy("Résultat"))
    sectors = SelectMultipleField(lazy("Métiers"), coerce=int, option_widget=CheckboxInput())
    editions = SelectMultipleField(lazy("Éditions"), coerce=int, option_widget=CheckboxInput())
    workshops = SelectMultipleField(lazy("Ateliers"), coerce=int, option_widget=CheckboxInput())
    needs = TextAreaField(lazy("Besoins"))

    def __init__(
        self, *, sectors: list[Any], editions: list[Any], workshops: list[Any], **given: Any
    ) -> None:
        super().__init__(**given)
        self.kind.choices = [(kind.value, word(kind)) for kind in SheetKind]
        self.sectors.choices = [(one.id, one.name_fr) for one in sectors]
        self.editions.choices = [(one.id, one.name) for one in editions]
        self.workshops.choices = [(one.id, one.title_fr) for one in workshops]

    @property
    def wording(self) -> Wording:
        return Wording(**{name: (self[name].data or "").strip() for name in WORDS})

    @property
    def need_numbers(self) -> list[int]:
        """The numbers at the end of the addresses that were pasted, one a line."""
        lines = (line.strip() for line in (self.needs.data or "").splitlines())
        return [int(found[1]) for line in lines if (found := NEED.search(line))]

    def validate_needs(self, field: TextAreaField) -> None:
        """Errors: ValidationError with the line that is no address of a need."""
        for line in (field.data or "").splitlines():
            if line.strip() and not NEED.search(line.strip()):
                raise ValidationError(
                    gettext(
                        "« %(line)s » n'est pas l'adresse d'un besoin. Copiez-la depuis la page "
                        "du besoin, par exemple https://…/besoins/12.",
                        line=line.strip(),
                    )
                )


def filled(sheet: Sheet, words: SheetVersion, about: About) -> dict[str, Any]:
    """What the form shows of a sheet that exists."""
    return {
        "kind": sheet.kind,
        "credit": sheet.credit,
        **{name: getattr(words, name) for name in WORDS},
        "sectors": [one.id for one in about.sectors],
        "editions": [one.id for one in about.editions],
        "workshops": [one.id for one in about.workshops],
        "needs": "\n".join(str(one.id) for one in about.needs),
    }
