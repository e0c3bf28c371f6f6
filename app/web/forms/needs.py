# SPDX-License-Identifier: EUPL-1.2
"""What a buyer types to describe a need, in two minutes."""

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
from app.rules.cpv import DIVISIONS, division_name
from app.rules.errors import RuleBroken
from app.rules.needs import AmountBand, NeedKind, SetAside, cpv_of, departments_of
from app.rules.territories import DEPARTMENTS, REGION_OF
from app.rules.territories import departments_of as departments_in
from app.web.forms.fields import CountField, DayField


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
    kind = RadioField(lazy("Où en êtes-vous ?"), default=NeedKind.SOURCING)
    sectors = SelectField(lazy("Métier"))
    second_sector = SelectField(lazy("Deuxième métier"))
    third_sector = SelectField(lazy("Troisième métier"))
    cpv = SelectField(lazy("Division CPV"))
    cpv_code = StringField(lazy("Code CPV complet"))
    amount_band = SelectField(lazy("Montant estimé, hors taxes"))
    amount_exact = EurosField(lazy("Montant exact, en euros"), [Optional()])
    months = CountField(lazy("Durée, en mois"), [Optional()])
    is_innovative = BooleanField(
        lazy("Achat innovant : ce que je cherche est nouveau ou nettement amélioré")
    )
    set_aside = SelectField(lazy("Marché réservé"))
    departments = SelectMultipleField(lazy("Où ?"), option_widget=CheckboxInput())
    elsewhere = StringField(lazy("Ailleurs en France"))
    starts_on = DayField(lazy("Début souhaité"), [Optional()])

    def offer(self, *, sectors: Iterable[Any], home: str, chosen: Iterable[str] = ()) -> None:
        """Fill the lists: trades by family, and departments of the region of `home`, or all."""
        trades = _by_family(sectors)
        for field in self.trades:
            field.choices = trades
        self.kind.choices = _words(NeedKind)
        self.amount_band.choices = _words(AmountBand)
        self.set_aside.choices = _words(SetAside)
        self.cpv.choices = _divisions()
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

    def facts(self, cpv: str = "") -> Mapping[str, Any]:
        """What `actions.needs.draft` wants. cpv: the code so far, kept if its division is kept.

        Errors: RuleBroken when a department or a CPV code that was typed does not exist.
        """
        typed = self.elsewhere.data or ""
        codes = [code.upper() for code in typed.replace(",", " ").replace(";", " ").split()]
        return {
            "title": self.title.data,
            "text": self.text.data or "",
            "kind": NeedKind(self.kind.data),
            "cpv": self._cpv(cpv),
            "amount_band": AmountBand(self.amount_band.data),
            "set_aside": SetAside(self.set_aside.data),
            "departments": departments_of([*(self.departments.data or []), *codes]),
            "starts_on": self.starts_on.data,
            "months": self.months.data,
            "is_innovative": self.is_innovative.data,
            "amount_exact": self.amount_exact.data,
        }

    def _cpv(self, kept: str) -> str:
        """The long code if one is typed, else the division; `kept` where none could be typed."""
        division, typed = self.cpv.data or "", cpv_of(self.cpv_code.data or "", field="cpv_code")
        if typed and division and not typed.startswith(division):
            raise RuleBroken("cpv_other_division", field="cpv_code", division=division)
        if self.cpv_code.raw_data:
            return typed or division
        return kept if division and kept.startswith(division) else division


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
