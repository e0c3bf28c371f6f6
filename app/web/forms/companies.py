# SPDX-License-Identifier: EUPL-1.2
"""What is typed about an organisation: who it is, what it does, how far it goes."""

from contextlib import closing
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, TextInput

from app.language import phrases
from app.language.places import place
from app.language.translate import gettext, language, lazy
from app.queries import companies
from app.queries.companies import Sector, SectorGroup
from app.rules.companies import (
    HANDICAP,
    INTEGRATION,
    BuyerKind,
    CompanyKind,
    Family,
    GeoRange,
    PrestaType,
    Role,
)
from app.rules.territories import DEPARTMENTS, LONGEST_REACH_KM, departments_of
from app.web.forms.fields import ChoiceField, CountField, EurosField

OCCITANIE = "R76"


class NewListing(FlaskForm):
    """An organisation that is not in the directory yet, and who asks for it unless logged in."""

    siret = StringField(
        lazy("Numéro SIRET"), render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )
    vat_number = StringField(
        lazy("Numéro de TVA intracommunautaire"), render_kw={"autocomplete": "off"}
    )
    name = StringField(
        lazy("Nom de l'organisation"),
        [DataRequired(lazy("Écrivez le nom, comme sur vos papiers."))],
        render_kw={"autocomplete": "organization"},
    )
    post_code = StringField(
        lazy("Code postal"),
        [DataRequired(lazy("Écrivez le code postal : il dit où vous êtes."))],
        render_kw={"inputmode": "numeric", "autocomplete": "postal-code"},
    )
    city = StringField(
        lazy("Ville"),
        [DataRequired(lazy("Écrivez le nom de la ville."))],
        render_kw={"autocomplete": "address-level2"},
    )
    company_kind = ChoiceField(
        lazy("Type de structure"), [DataRequired(lazy("Choisissez votre type de structure."))]
    )
    buyer_kind = RadioField(lazy("Vous achetez en tant que"), default=BuyerKind.PUBLIC)
    person = StringField(
        lazy("Votre prénom et votre nom"),
        [DataRequired(lazy("Écrivez votre nom : vos interlocuteurs le liront."))],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        lazy("Votre adresse électronique"),
        [DataRequired(lazy("Écrivez votre adresse : nous y envoyons un lien à confirmer."))],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    password = PasswordField(lazy("Mot de passe"), render_kw={"autocomplete": "new-password"})

    def __init__(self, role: Role, *, is_logged_in: bool, **given: object) -> None:
        super().__init__(**given)
        _keep_kinds_of(self, role)
        if is_logged_in:
            del self.person, self.email, self.password

    def validate_siret(self, field: StringField) -> None:
        """One of the two numbers tells which organisation it is."""
        if not field.data and not self.vat_number.data:
            words = gettext("Écrivez les 14 chiffres du SIRET, ils sont sur votre avis Insee.")
            raise ValidationError(words)

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of the actions of `memberships`."""
        typed = {name: field.data for name, field in self._fields.items() if name != "csrf_token"}
        return {**typed, "password": typed["password"] or None} if "password" in typed else typed


class Listing(FlaskForm):
    """What a listing says of the organisation itself."""

    name = StringField(
        lazy("Raison sociale"), [DataRequired(lazy("Écrivez le nom, comme sur vos papiers."))]
    )
    brand = StringField(lazy("Nom d'usage"))
    address = StringField(lazy("Adresse"))
    post_code = StringField(lazy("Code postal"), render_kw={"inputmode": "numeric"})
    city = StringField(lazy("Ville"))
    company_kind = ChoiceField(
        lazy("Type de structure"), [DataRequired(lazy("Choisissez votre type de structure."))]
    )
    buyer_kind = RadioField(lazy("Vous achetez en tant que"))
    family = ChoiceField(
        lazy("Famille de l'économie sociale et solidaire"), filters=[lambda said: said or ""]
    )
    legal_form = StringField(
        lazy("Catégorie juridique"), render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )
    headcount = CountField(
        lazy("Nombre de salariés"),
        [Optional(), NumberRange(0, message=lazy("Écrivez un nombre entier de personnes."))],
        render_kw={"inputmode": "numeric"},
    )
    turnover = EurosField(
        lazy("Chiffre d'affaires annuel, en euros"), [Optional()], widget=TextInput()
    )
    largest_contract = EurosField(
        lazy("Votre plus gros marché jusqu'ici, en euros"), [Optional()], widget=TextInput()
    )
    may_group = BooleanField(lazy("Nous pouvons répondre à plusieurs, en groupement"))
    website = StringField(lazy("Site internet"), render_kw={"inputmode": "url"})
    description = TextAreaField(lazy("Présentation"))
    logo = FileField(lazy("Logo"), render_kw={"accept": "image/png,image/jpeg,image/webp"})

    def __init__(self, role: Role, **given: object) -> None:
        super().__init__(**given)
        _keep_kinds_of(self, role)

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of `actions.companies.describe`; the picture stays apart."""
        return {
            name: field.data
            for name, field in self._fields.items()
            if name not in ("csrf_token", "logo")
        }

    @property
    def picture(self) -> bytes | None:
        """The file that was sent, if any."""
        return sent(self.logo)


def sent(field: FileField) -> bytes | None:
    """The content of the file that was sent, if any."""
    if not field.data:
        return None
    with closing(field.data) as file:
        content: bytes = file.read()
    return content or None


class NewActivity(FlaskForm):
    """A trade: what, of which type, how far."""

    sector = ChoiceField(
        lazy("Métier"), [DataRequired(lazy("Choisissez un métier dans la liste."))]
    )
    presta_types = SelectMultipleField(
        lazy("Ce que vous proposez"), option_widget=CheckboxInput(), validate_choice=False
    )
    geo_range = RadioField(lazy("Où vous intervenez"), default=GeoRange.ZONES)
    zones = SelectMultipleField(lazy("Lesquels"), option_widget=CheckboxInput())
    other_zone = ChoiceField(lazy("Ou un autre département"), default="")
    distance_km = CountField(
        lazy("Distance en kilomètres, si c'est autour de votre siège"),
        [
            Optional(),
            NumberRange(
                1, LONGEST_REACH_KM, message=lazy("Écrivez une distance de 1 à 1000 kilomètres.")
            ),
        ],
        render_kw={"inputmode": "numeric"},
    )

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        near = departments_of(OCCITANIE)
        self.sector.choices = trades_by_family()
        self.presta_types.choices = _worded(PrestaType)
        self.geo_range.choices = _worded(GeoRange)
        self.zones.choices = [SelectChoice(code, place(code)) for code in (OCCITANIE, *near)]
        others = [SelectChoice(code, place(code)) for code in DEPARTMENTS if code not in near]
        self.other_zone.choices = [SelectChoice("", gettext("aucun autre")), *others]

    @property
    def facts(self) -> dict[str, Any]:
        """By the names of `actions.companies.add_activity`, the sector apart."""
        elsewhere = [self.other_zone.data] if self.other_zone.data else []
        return {
            "presta_types": self.presta_types.data or [],
            "geo_range": GeoRange(self.geo_range.data),
            "zones": [*(self.zones.data or []), *elsewhere],
            "distance_km": self.distance_km.data,
        }


class NewOffer(FlaskForm):
    """Something one sells."""

    name = StringField(
        lazy("Ce que vous vendez"),
        [DataRequired(lazy("Nommez l'offre, par exemple « Tonte et taille »."))],
    )
    description = StringField(lazy("En une phrase"))


class Nothing(FlaskForm):
    """A button that changes something: nothing but its token."""

    next = HiddenField()


def name_of(named: Sector | SectorGroup) -> str:
    """The name of a trade, or family, in the reader's language."""
    return str(named.name_en if language() == "en" else named.name_fr)


def trades_by_family() -> list[SelectChoice]:
    """Every trade under the name of its family."""
    trades = [
        SelectChoice(str(trade.id), name_of(trade), optgroup=name_of(trade.group))
        for trade in companies.sectors()
    ]
    return [SelectChoice("", gettext("Votre métier…")), *trades]


def _keep_kinds_of(form: "NewListing | Listing", role: Role) -> None:
    """Companies say which structure they are; buyers whether they are public."""
    if role == Role.COMPANY:
        form.company_kind.choices = _kinds()
        del form.buyer_kind
    else:
        form.buyer_kind.choices = _worded(BuyerKind)
        del form.company_kind
    if isinstance(form, Listing):
        _keep_capacity_of(form, role)


def _keep_capacity_of(form: "Listing", role: Role) -> None:
    """Companies say how much they can do, and of which family they are; buyers do not sell."""
    if role == Role.COMPANY:
        form.family.choices = [SelectChoice("", gettext("selon la forme juridique")),
                               *_worded(Family)]  # fmt: skip
    else:
        del form.family, form.turnover, form.largest_contract, form.may_group


def _kinds() -> list[SelectChoice]:
    """Kinds of structure by what makes them so; those outside the SSE stand apart."""
    groups = {
        gettext("Insertion"): (*sorted(INTEGRATION), CompanyKind.GEIQ, CompanyKind.SEP),
        gettext("Handicap"): sorted(HANDICAP),
        gettext("Autre famille de l'économie sociale et solidaire"): sorted(
            kind for kind in CompanyKind if kind.value in set(Family)
        ),
        gettext("Hors de l'économie sociale et solidaire"): (CompanyKind.RESPONSIBLE,),
    }
    found = [
        SelectChoice(kind.value, phrases.word(kind), optgroup=group)
        for group, kinds in groups.items()
        for kind in kinds
    ]
    return [SelectChoice("", gettext("Votre type de structure…")), *found]


def _worded(kind: type[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(member.value, phrases.word(member)) for member in kind]
