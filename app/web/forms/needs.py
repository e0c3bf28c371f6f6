# SPDX-License-Identifier: EUPL-1.2
"""What a buyer types to describe a need: five things in two minutes, the rest if it likes."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from app.language import phrases, translate
from app.language.reasons import named
from app.language.translate import gettext, lazy
from app.rules.companies import CompanyKind, GeoRange, PrestaType
from app.rules.cpv import DIVISIONS, division_name
from app.rules.errors import RuleBroken
from app.rules.needs import (
    AmountBand,
    NeedKind,
    SetAside,
    cpv_of,
    departments_of,
    kinds_of,
    presta_types_of,
)
from app.rules.territories import DEPARTMENTS, REGION_OF
from app.rules.territories import departments_of as departments_in
from app.web.forms.fields import CountField, DayField

REACHES = {
    GeoRange.ZONES: lazy("Dans les départements cochés"),
    GeoRange.COUNTRY: lazy("Partout en France"),
    GeoRange.CUSTOM: lazy("Autour de notre siège"),
}


class EurosField(CountField):
    """An amount in whole euros; spaces and the sign are left out."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Errors: ValueError with a sentence when what was typed is not an amount."""
        typed = "".join(valuelist[0].split()).rstrip("€") if valuelist else ""
        try:
            super().process_formdata([typed])
        except ValueError:
            words = gettext("Écrivez un montant en euros, sans centimes, par exemple 45000.")
            raise ValueError(words) from None


def _ticks(label: Any) -> SelectMultipleField:
    """Boxes of which any may be ticked; what they hold is read by the rules."""
    return SelectMultipleField(label, option_widget=CheckboxInput(), validate_choice=False)


class NeedForm(FlaskForm):
    """One short form; a draft may be saved with a title alone."""

    title = StringField(
        lazy("De quoi avez-vous besoin ?"),
        [
            InputRequired(
                lazy("Donnez un titre au besoin, par exemple « Entretien de 12 parcs ».")
            ),
            Length(max=200, message=lazy("Le titre tient en 200 caractères : gardez l'essentiel.")),
        ],
    )
    text = TextAreaField(lazy("En quelques phrases"))
    sectors = SelectField(lazy("Métier"))
    amount_band = SelectField(lazy("Montant estimé, hors taxes"))
    departments = SelectMultipleField(lazy("Où ?"), option_widget=CheckboxInput())
    starts_on = DayField(lazy("Début souhaité"), [Optional()])
    answer_by = DayField(lazy("Réponses attendues jusqu'au"), [Optional()])

    kind = RadioField(lazy("Où en êtes-vous ?"), default=NeedKind.SOURCING)
    tender_on = DayField(lazy("Publication prévue"), [Optional()])
    ends_on = DayField(lazy("Fin prévue"), [Optional()])
    months = CountField(lazy("Durée, en mois"), [Optional()])
    amount_exact = EurosField(lazy("Montant exact, en euros"), [Optional()])
    second_sector = SelectField(lazy("Deuxième métier"))
    third_sector = SelectField(lazy("Troisième métier"))
    cpv = SelectField(lazy("Division CPV"), validate_choice=False)
    cpv_code = StringField(lazy("Code CPV complet"))
    cpv_words = StringField(lazy("Chercher un code CPV"))
    cpv_codes = _ticks(lazy("Codes CPV"))
    geo_range = RadioField(lazy("Jusqu'où ?"), default=GeoRange.ZONES, validate_choice=False)
    distance_km = CountField(lazy("Distance, en kilomètres"), [Optional()])
    elsewhere = StringField(lazy("Ailleurs en France"))
    presta_types = _ticks(lazy("Ce que vous achetez"))
    wanted_kinds = _ticks(lazy("Structures recherchées"))
    set_aside = SelectField(lazy("Marché réservé"))
    is_innovative = BooleanField(
        lazy("Achat innovant : ce que je cherche est nouveau ou nettement amélioré")
    )
    is_anonymous = BooleanField(lazy("Ne pas montrer notre nom"))

    def offer(self, *, sectors: Iterable[Any], home: str, chosen: Iterable[str] = ()) -> None:
        """Fill the lists: trades by family, and departments of the region of `home`, or all."""
        trades = _by_family(sectors)
        for field in self.trades:
            field.choices = trades
        self.kind.choices = _words(NeedKind)
        self.amount_band.choices = _words(AmountBand)
        self.set_aside.choices = _words(SetAside)
        self.presta_types.choices = _words(PrestaType)
        self.wanted_kinds.choices = _words(CompanyKind)
        self.geo_range.choices = [SelectChoice(one.value, said) for one, said in REACHES.items()]
        self.cpv.choices = _divisions()
        self.cpv_codes.choices = []
        near = set(departments_in(REGION_OF.get(home, ""))) | set(chosen)
        if self.departments.data:
            near |= set(self.departments.data) & DEPARTMENTS.keys()
        self.departments.choices = [
            SelectChoice(code, f"{name} ({code})")
            for code, name in DEPARTMENTS.items()
            if code in near or not near
        ]

    @property
    def trades(self) -> tuple[SelectField, ...]:
        return self.sectors, self.second_sector, self.third_sector

    @property
    def sector_ids(self) -> list[int]:
        """The chosen trades, each once, in the order chosen."""
        chosen = [int(field.data) for field in self.trades if field.data]
        return list(dict.fromkeys(chosen))

    @property
    def ticked_codes(self) -> list[str]:
        """The CPV codes that are ticked, each once; the first one is the main one."""
        ticked = (cpv_of(code, field="cpv_words") for code in self.cpv_codes.data or [])
        return list(dict.fromkeys(code for code in ticked if code))

    @property
    def is_precise(self) -> bool:
        """Whether more than the five first things was said, or went wrong."""
        said = (
            self.tender_on, self.ends_on, self.months, self.amount_exact, self.second_sector,
            self.third_sector, self.cpv, self.cpv_code, self.cpv_words, self.cpv_codes,
            self.distance_km, self.elsewhere, self.presta_types, self.wanted_kinds,
            self.is_innovative, self.is_anonymous,
        )  # fmt: skip
        return (
            any(field.data or field.errors for field in said)
            or self.set_aside.data not in (None, SetAside.NONE)
            or self.geo_range.data not in (None, GeoRange.ZONES)
            or bool(self.set_aside.errors)
        )

    def facts(self, cpv: str = "") -> Mapping[str, Any]:
        """What `actions.needs.draft` wants. cpv: the code so far, kept if its division is kept.

        Errors: RuleBroken when a department or a CPV code that was typed does not exist.
        """
        typed = self.elsewhere.data or ""
        codes = [code.upper() for code in typed.replace(",", " ").replace(";", " ").split()]
        main, *others = self._cpv(cpv)
        reach = self.geo_range.data
        return {
            "title": self.title.data,
            "text": self.text.data or "",
            "kind": NeedKind(self.kind.data),
            "cpv": main,
            "other_cpv": others,
            "amount_band": AmountBand(self.amount_band.data),
            "set_aside": SetAside(self.set_aside.data),
            "geo_range": GeoRange(reach) if reach in set(GeoRange) else GeoRange.ZONES,
            "distance_km": self.distance_km.data,
            "departments": departments_of([*(self.departments.data or []), *codes]),
            "answer_by": self.answer_by.data,
            "tender_on": self.tender_on.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
            "months": self.months.data,
            "is_innovative": self.is_innovative.data,
            "is_anonymous": self.is_anonymous.data,
            "amount_exact": self.amount_exact.data,
            "presta_types": presta_types_of(self.presta_types.data or []),
            "wanted_kinds": kinds_of(self.wanted_kinds.data or []),
        }

    def _cpv(self, kept: str) -> list[str]:
        """The ticked codes; without the whole vocabulary, the long code typed, or its division.

        kept: the code so far, where none could be typed.
        """
        if not self.cpv.raw_data:
            digits = (self.cpv_words.data or "").strip()
            typed = [cpv_of(digits, field="cpv_words")] if digits[:8].isdecimal() else []
            return list(dict.fromkeys([*self.ticked_codes, *typed])) or [""]
        division, code = self.cpv.data or "", cpv_of(self.cpv_code.data or "", field="cpv_code")
        cpv_of(division)
        if code and division and not code.startswith(division):
            raise RuleBroken("cpv_other_division", field="cpv_code", division=division)
        if self.cpv_code.raw_data:
            return [code or division]
        return [kept if division and kept.startswith(division) else division]


def _words(kind: Any) -> list[SelectChoice]:
    return [SelectChoice(member.value, phrases.word(member)) for member in kind]


def _by_family(sectors: Iterable[Any]) -> list[SelectChoice]:
    trades = [
        SelectChoice(str(sector.id), named(sector), optgroup=named(sector.group))
        for sector in sectors
    ]
    return [SelectChoice("", gettext("Choisissez un métier")), *trades]


def _divisions() -> list[SelectChoice]:
    language = translate.language()
    names = [SelectChoice(code, f"{code} {division_name(code, language)}") for code in DIVISIONS]
    return [SelectChoice("", gettext("Je ne sais pas")), *names]
