# SPDX-License-Identifier: EUPL-1.2
"""What a team says when it asks for a schedule, and when it publishes one."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from app.language.translate import lazy
from app.rules.schedules import SECONDS, SEEDS, WAITS, RunMode
from app.web.forms.fields import CountField


class RunForm(FlaskForm):
    """Afresh or from the published schedule, how long to compute, with which seed, and how long
    anybody may wait.
    """

    mode = RadioField(
        lazy("D'où partir"),
        choices=[
            SelectChoice(
                RunMode.BEST.value, lazy("Chercher le meilleur planning, sans regarder le publié")
            ),
            SelectChoice(
                RunMode.FEW_MOVES.value,
                lazy("Partir de la version publiée et déplacer le moins possible"),
            ),
        ],
        default=RunMode.BEST.value,
    )
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
    longest_wait = CountField(
        lazy("Créneaux vides par jour, au plus (facultatif)"),
        [
            Optional(),
            NumberRange(WAITS[0], WAITS[-1], lazy("Écrivez un nombre de 0 à 20.")),
        ],
    )


class PublicationForm(FlaskForm):
    """The version in force when the consequences were shown."""

    seen = HiddenField()
