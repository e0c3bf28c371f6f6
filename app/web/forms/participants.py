# SPDX-License-Identifier: EUPL-1.2
"""What a team types when it decides about participants."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.language.phrases import word
from app.language.translate import gettext, lazy
from app.queries.editions import Place
from app.rules.editions import PlaceKind
from app.web.forms.fields import ChoiceField, CountField


class RefuseForm(FlaskForm):
    """Why an organisation cannot come; it reads the reason."""

    reason = TextAreaField(
        lazy("Raison, telle que l'organisation la lira"),
        [
            DataRequired(
                lazy(
                    "Il manque la raison. Écrivez par exemple : « Les stands de votre métier sont "
                    "tous pris. »"
                )
            ),
            Length(max=2000, message=lazy("C'est trop long : 2000 caractères au plus.")),
        ],
    )


class ArrangeForm(FlaskForm):
    """The place of a participant, and how many meetings at most."""

    home_place = ChoiceField(lazy("Place attitrée"), choices=[])
    max_meetings = CountField(
        lazy("Rendez-vous au plus"),
        [Optional(), NumberRange(1, 100, lazy("Écrivez un nombre entier de 1 à 100."))],
    )

    def __init__(self, places: list[Place], **named: Any) -> None:
        super().__init__(**named)
        here = [(str(place.id), _name(place)) for place in places if place.kind != PlaceKind.VIDEO]
        self.home_place.choices = [("", gettext("Aucune : le planning choisit")), *here]


def _name(place: Place) -> str:
    if place.kind == PlaceKind.TABLE:
        return f"{word(place.kind).capitalize()} {place.code}"
    return place.code
