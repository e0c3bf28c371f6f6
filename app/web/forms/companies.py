# SPDX-License-Identifier: EUPL-1.2
"""What is typed about an organisation: who it is, what it does, how far it goes."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput

from app.language import phrases
from app.language.places import place
from app.language.translate import gettext, language, lazy
from app.queries import companies
from app.queries.companies import Sector
from app.rules.companies import BuyerKind, CompanyKind, GeoRange, PrestaType, Role
from app.rules.territories import DEPARTMENTS, LONGEST_REACH_KM, departments_of
from app.web.forms.accounts import SignUp

OCCITANIE = "R76"


class Claim(SignUp):
    """Who claims a listing, when nobody is logged in."""


class NewListing(FlaskForm):
    """An organisation that is not in the directory yet."""

    siret = StringField(
        lazy("Numéro SIRET"),
        [InputRequired(lazy("Écrivez les 14 chiffres du SIRET, ils sont sur votre avis Insee."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    name = StringField(
        lazy("Nom de l'organisation"),
        [InputRequired(lazy("Écrivez le nom, comme sur vos papiers."))],
        render_kw={"autocomplete": "organization"},
    )
    post_code = StringField(
        lazy("Code postal"),
        [InputRequired(lazy("Écrivez le code postal : il dit où vous êtes."))],
        render_kw={"inputmode": "numeric", "autocomplete": "postal-code"},
    )
    city = StringField(
        lazy("Ville"),
        [InputRequired(lazy("Écrivez le nom de la ville."))],
        render_kw={"autocomplete": "address-level2"},
    )
    company_kind = SelectField(lazy("Type de structure"))
    buyer_kind = RadioField(lazy("Vous achetez en tant que"), default=BuyerKind.PUBLIC)

    def __init__(self, role: Role, **given: object) -> None:
        super().__init__(**given)
        if role == Role.COMPANY:
            self.company_kind.choices = _worded(CompanyKind)
            del self.buyer_kind
        else:
            self.buyer_kind.choices = _worded(BuyerKind)
            del self.company_kind


class Listing(FlaskForm):
    """What a listing says of the organisation itself."""

    name = StringField(
        lazy("Raison sociale"), [InputRequired(lazy("Écrivez le nom, comme sur vos papiers."))]
    )
    brand = StringField(lazy("Nom d'usage"))
    address = StringField(lazy("Adresse"))
    post_code = StringField(lazy("Code postal"), render_kw={"inputmode": "numeric"})
    city = StringField(lazy("Ville"))
    company_kind = SelectField(lazy("Type de structure"))
    buyer_kind = RadioField(lazy("Vous achetez en tant que"))
    headcount = IntegerField(
        lazy("Nombre de salariés"),
        [Optional(), NumberRange(0, message=lazy("Écrivez un nombre entier de personnes."))],
    )
    website = StringField(lazy("Site internet"), render_kw={"inputmode": "url"})
    description = TextAreaField(lazy("Présentation"))
    logo = FileField(lazy("Logo"), render_kw={"accept": "image/png,image/jpeg,image/webp"})

    def __init__(self, role: Role, **given: object) -> None:
        super().__init__(**given)
        if role == Role.COMPANY:
            self.company_kind.choices = _worded(CompanyKind)
            del self.buyer_kind
        else:
            self.buyer_kind.choices = _worded(BuyerKind)
            del self.company_kind

    @property
    def facts(self) -> dict[str, object]:
        """What was typed, by the names of `actions.companies.describe`; the picture stays apart."""
        return {
            name: field.data
            for name, field in self._fields.items()
            if name not in ("csrf_token", "logo")
        }

    @property
    def picture(self) -> bytes | None:
        """The file that was sent, if any."""
        sent = self.logo.data
        return sent.read() or None if sent else None


class NewActivity(FlaskForm):
    """A trade: what, of which type, how far."""

    sector = SelectField(
        lazy("Métier"), [InputRequired(lazy("Choisissez un métier dans la liste."))]
    )
    presta_types = SelectMultipleField(
        lazy("Ce que vous proposez"), option_widget=CheckboxInput(), validate_choice=False
    )
    geo_range = RadioField(lazy("Où vous intervenez"), default=GeoRange.ZONES)
    zones = SelectMultipleField(lazy("Lesquels"), option_widget=CheckboxInput())
    other_zone = SelectField(lazy("Ou un autre département"))
    distance_km = IntegerField(
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
        self.sector.choices = sectors_by_family()
        self.presta_types.choices = _worded(PrestaType)
        self.geo_range.choices = _worded(GeoRange)
        self.zones.choices = [
            (OCCITANIE, place(OCCITANIE)),
            *((code, place(code)) for code in near),
        ]
        others = [(code, place(code)) for code in DEPARTMENTS if code not in near]
        self.other_zone.choices = [("", ""), *others]

    @property
    def facts(self) -> dict[str, object]:
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
        [InputRequired(lazy("Nommez l'offre, par exemple « Tonte et taille »."))],
    )
    description = StringField(lazy("En une phrase"))


class Nothing(FlaskForm):
    """A button that changes something: nothing but its token."""

    next = HiddenField()


def name_of(named: Sector) -> str:
    """The name of a trade in the reader's language."""
    return str(named.name_en if language() == "en" else named.name_fr)


def sectors_by_family() -> dict[str, list[tuple[str, str]]]:
    """Families and their trades, as a list with headings shows them."""
    found: dict[str, list[tuple[str, str]]] = {gettext("À choisir"): [("", gettext("Votre métier…"))]}
    for sector in companies.sectors():
        family = sector.group.name_en if language() == "en" else sector.group.name_fr
        found.setdefault(family, []).append((str(sector.id), name_of(sector)))
    return found


def _worded(kind: type[CompanyKind | BuyerKind | PrestaType | GeoRange]) -> list[tuple[str, str]]:
    return [(member.value, phrases.word(member)) for member in kind]
