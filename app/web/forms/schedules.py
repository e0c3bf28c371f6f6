# SPDX-License-Identifier: EUPL-1.2
"""What a team says when it asks for a schedule, and when it publishes one."""

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, NumberRange

from app.language.translate import lazy
from app.rules.schedules import SECONDS, SEEDS
from app.web.forms.fields import CountField


class RunForm(FlaskForm):
    """How long to compute, and with which seed."""

    seconds = CountField(
        lazy("Temps de calcul, en secondes"),
        [
            InputRequired(lazy("Il manque le temps de calcul. Écrivez par exemple 20.")),
            NumberRange(SECONDS[0], SECONDS[-1], lazy("Écrivez un nombre de 1 à 3600.")),
        ],
    )
    seed = CountField(
        lazy("Graine"),
        [
            InputRequired(lazy("Il manque la graine. Écrivez par exemple 1.")),
            NumberRange(SEEDS[0], SEEDS[-1], lazy("Écrivez un nombre de 1 à 999999.")),
        ],
    )


class PublicationForm(FlaskForm):
    """The version in force when the consequences were shown."""

    seen = HiddenField()
