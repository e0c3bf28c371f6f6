# SPDX-License-Identifier: EUPL-1.2
"""What is typed about proposals: why not, which alerts, and a purchase that is only thought of."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput

from app.language import phrases, translate
from app.language.translate import gettext, lazy
from app.rules.alerts import Rhythm
from app.rules.companies import BuyerKind
from app.rules.dismissals import LONGEST, DismissalReason
from app.rules.needs import cpv_of, departments_of
from app.rules.sectors import FAMILIES
from app.rules.territories import DEPARTMENTS, REGION_OF
from app.rules.territories import departments_of as departments_in
from app.web.forms.fields import ChoiceField, CountField
from app.web.forms.needs import EurosField

OCCITANIE = "R76"


class DismissalForm(FlaskForm):
    """« Not for me »: one button for each reason, and a word more if one likes."""

    reason = RadioField(
        lazy("Raison"), [InputRequired(lazy("Choisissez une raison dans la liste."))]
    )
    text = TextAreaField(lazy("Un mot de plus"), render_kw={"maxlength": LONGEST})
    next = HiddenField()

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.reason.choices = [
            SelectChoice(one.value, phrases.word(one)) for one in DismissalReason
        ]


class AlertForm(FlaskForm):
    """Which new needs one wants to hear of."""

    families = SelectMultipleField(
        lazy("Familles de métiers"), option_widget=CheckboxInput(), validate_choice=False
    )
    departments = SelectMultipleField(
        lazy("Départements"), option_widget=CheckboxInput(), validate_choice=False
    )
    distance_km = CountField(
        lazy("Ou à moins de tant de kilomètres de votre siège"),
        [Optional()],
        render_kw={"inputmode": "numeric"},
    )
    most_euros = EurosField(
        lazy("Montant au plus, en euros hors taxes"),
        [Optional()],
        render_kw={"inputmode": "numeric"},
    )
    rhythm = RadioField(lazy("À quel rythme ?"), default=Rhythm.WEEKLY)

    def __init__(self, *, own: list[str], home: str, **given: object) -> None:
        super().__init__(**given)
        names = {one.slug: _name(one) for one in FAMILIES}
        first = [slug for slug in names if slug in own]
        chosen = [*first, *(self.families.data or [])]
        self.families.choices = [
            SelectChoice(slug, names[slug]) for slug in names if slug in chosen or not first
        ]
        near = set(departments_in(REGION_OF.get(home, OCCITANIE))) | set(
            self.departments.data or []
        )
        self.departments.choices = [
            SelectChoice(code, f"{name} ({code})")
            for code, name in DEPARTMENTS.items()
            if code in near
        ]
        self.rhythm.choices = [SelectChoice(one.value, phrases.word(one)) for one in Rhythm]

    @property
    def facts(self) -> dict[str, Any]:
        """By the names of `actions.alerts.ask_for`."""
        return {
            "families": self.families.data or [],
            "departments": self.departments.data or [],
            "distance_km": self.distance_km.data,
            "most_euros": self.most_euros.data,
            "rhythm": Rhythm(self.rhythm.data),
        }


class PurchaseForm(FlaskForm):
    """A purchase that is only thought of; it lives in the address, nothing is kept."""

    class Meta:
        csrf = False

    metier = ChoiceField(lazy("Famille de métiers"), default="")
    cpv = StringField(lazy("Ou code CPV"), render_kw={"inputmode": "numeric", "maxlength": 10})
    departement = SelectMultipleField(lazy("Où ?"), option_widget=CheckboxInput())
    ailleurs = SelectField(lazy("Ou un autre département"), default="")
    montant = EurosField(
        lazy("Montant estimé, en euros hors taxes"),
        [Optional()],
        render_kw={"inputmode": "numeric"},
    )
    mois = CountField(lazy("Durée, en mois"), [Optional()], render_kw={"inputmode": "numeric"})
    acheteur = RadioField(lazy("Vous achetez en tant que"), default=BuyerKind.PUBLIC.value)

    def __init__(self, *, home: str = "", **given: object) -> None:
        super().__init__(**given)
        families = [SelectChoice(one.slug, _name(one)) for one in FAMILIES]
        self.metier.choices = [SelectChoice("", gettext("D'après le code CPV")), *families]
        near = departments_in(REGION_OF.get(home, OCCITANIE))
        named = [SelectChoice(code, f"{name} ({code})") for code, name in DEPARTMENTS.items()]
        self.departement.choices = [one for one in named if one.value in near]
        others = [one for one in named if one.value not in near]
        self.ailleurs.choices = [SelectChoice("", gettext("aucun autre")), *others]
        self.acheteur.choices = [SelectChoice(one.value, phrases.word(one)) for one in BuyerKind]

    @property
    def facts(self) -> dict[str, Any]:
        """By the names of `queries.potential.Purchase`. Errors: RuleBroken on `cpv`."""
        elsewhere = [self.ailleurs.data] if self.ailleurs.data else []
        return {
            "family": self.metier.data or "",
            "cpv": cpv_of(self.cpv.data or "", field="cpv"),
            "departments": tuple(departments_of([*(self.departement.data or []), *elsewhere])),
            "euros": self.montant.data,
            "months": self.mois.data,
            "is_public": self.acheteur.data != BuyerKind.PRIVATE,
        }


def _name(family: Any) -> str:
    return str(family.french if translate.language() == "fr" else family.english)
