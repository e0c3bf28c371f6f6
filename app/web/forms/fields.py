# SPDX-License-Identifier: EUPL-1.2
"""Fields for days, hours, instants and counts that say in our words how to mend what was typed."""

import re
from typing import Any

from wtforms import DateField, DateTimeLocalField, IntegerField, SelectField, TimeField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from app.language.translate import gettext, language, number


class DayField(DateField):
    """A day, as 2027-11-24."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Errors: ValueError with a sentence when what was typed is not a day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Écrivez une date, par exemple 2027-11-24.")) from None


class HourField(TimeField):
    """An hour of the day, as 09:00."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Errors: ValueError with a sentence when what was typed is not an hour."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Écrivez une heure, par exemple 09:00.")) from None


class MomentField(DateTimeLocalField):
    """A day and an hour where the fair takes place; empty means none."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(*arguments, format=formats, **named)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Errors: ValueError with a sentence when what was typed is not an instant."""
        if not valuelist or not valuelist[0]:
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            words = gettext("Écrivez une date et une heure, par exemple 2027-10-15T18:00.")
            raise ValueError(words) from None


class CountField(IntegerField):
    """A whole number."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Errors: ValueError with a sentence when what was typed is not a whole number."""
        if not valuelist or not valuelist[0]:
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Écrivez un nombre entier, par exemple 7.")) from None


class EurosField(CountField):
    """A whole sum in euros, with or without spaces and the sign: « 450 000 € »."""

    def _value(self) -> str:
        typed = self.raw_data[0] if self.raw_data else None
        told = "" if self.data is None else number(self.data)
        return str(typed) if typed is not None else told

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Errors: ValueError with a sentence when what was typed is not a whole sum."""
        typed = "".join(valuelist[0].split()).strip("€") if valuelist else ""
        if language() == "en" and re.fullmatch(r"\d{1,3}(,\d{3})+", typed):
            typed = typed.replace(",", "")  # in French a comma would begin the cents
        if typed and not typed.isdecimal():
            self.raw_data = valuelist
            raise ValueError(
                gettext("Écrivez un montant en euros, sans centimes, par exemple 450 000.")
            )
        super().process_formdata([typed] if typed else [])


class ChoiceField(SelectField):
    """One of a few words."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.type = SelectField.__name__  # pages draw it as they draw any other choice

    def pre_validate(self, form: BaseForm) -> None:
        """Errors: ValidationError with a sentence when it is none of them."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(gettext("Choisissez dans la liste.")) from None
