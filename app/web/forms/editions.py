# SPDX-License-Identifier: EUPL-1.2
"""What a team types about an edition, its half-days and its places."""

from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from app.language.phrases import word
from app.language.translate import lazy
from app.queries.editions import Edition
from app.rules.editions import BlockOfSlots, Mode, PlaceKind
from app.web.forms.fields import ChoiceField, CountField, DayField, HourField, MomentField

WRITTEN = ("name", "theme", "starts_on", "ends_on", "venue", "city", "practical", "timezone")
DEADLINES = ("registration_closes_at", "requests_close_at", "answers_close_at")
ZONES = (
    ("Europe/Paris", lazy("Paris")),
    ("America/Guadeloupe", lazy("Guadeloupe")),
    ("America/Martinique", lazy("Martinique")),
    ("America/Cayenne", lazy("Guyane")),
    ("Indian/Reunion", lazy("La Réunion")),
    ("Indian/Mayotte", lazy("Mayotte")),
    ("Pacific/Noumea", lazy("Nouvelle-Calédonie")),
    ("Pacific/Tahiti", lazy("Tahiti")),
)


def _short(most: int = 200) -> Length:
    return Length(max=most, message=lazy("C'est trop long : 200 caractères au plus."))


class SettingsForm(FlaskForm):
    """Everything about an edition that may change after it was opened."""

    name = StringField(
        lazy("Nom de l'édition"),
        [DataRequired(lazy("Il manque le nom. Écrivez par exemple Coventis 2027.")), _short()],
    )
    theme = StringField(lazy("Thème"), [_short()])
    mode = ChoiceField(lazy("Forme du salon"), choices=[])
    starts_on = DayField(lazy("Premier jour"), [InputRequired(lazy("Il manque le premier jour."))])
    ends_on = DayField(
        lazy("Dernier jour"),
        [
            InputRequired(
                lazy("Il manque le dernier jour. Pour un salon d'un jour, répétez le premier.")
            )
        ],
    )
    venue = StringField(lazy("Lieu"), [_short()])
    city = StringField(lazy("Ville"), [_short()])
    timezone = ChoiceField(lazy("Heure de"), choices=[])
    practical = TextAreaField(lazy("Informations pratiques"))
    registration_closes_at = MomentField(lazy("Fin des inscriptions"))
    requests_close_at = MomentField(lazy("Fin des demandes de rendez-vous"))
    answers_close_at = MomentField(lazy("Fin des réponses"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.mode.choices = [(mode.value, word(mode)) for mode in Mode]
        self.timezone.choices = list(ZONES)

    @classmethod
    def of(cls, edition: Edition, **changed: Any) -> Self:
        """The form as an edition stands, hours being those of the fair."""
        zone = ZoneInfo(edition.timezone)
        facts = {name: getattr(edition, name) for name in WRITTEN} | {"mode": edition.mode.value}
        for name in DEADLINES:
            instant = getattr(edition, name)
            facts[name] = instant.astimezone(zone).replace(tzinfo=None) if instant else None
        form = cls(**{**facts, **changed})
        if edition.timezone not in dict(ZONES):
            form.timezone.choices = [*ZONES, (edition.timezone, edition.timezone)]
        return form

    def facts(self) -> dict[str, Any]:
        """What was typed, as the actions want it: deadlines are instants."""
        facts: dict[str, Any] = {name: _clean(self[name].data) for name in WRITTEN}
        zone = ZoneInfo(self.timezone.data)
        facts |= {name: _instant(self[name].data, zone) for name in DEADLINES}
        return {**facts, "mode": Mode(self.mode.data)}


class NewEditionForm(SettingsForm):
    """An edition that is opened: of which fair, by which team."""

    organiser = ChoiceField(lazy("Équipe"), choices=[], coerce=int)
    series_name = StringField(
        lazy("Salon qui revient"),
        [DataRequired(lazy("Il manque le nom du salon. Écrivez par exemple Coventis.")), _short()],
    )


class BlockForm(FlaskForm):
    """A half-day cut into slots."""

    name = StringField(
        lazy("Nom de la plage"),
        [DataRequired(lazy("Il manque un nom. Écrivez par exemple Mercredi matin.")), _short()],
    )
    day = DayField(lazy("Jour"), [InputRequired(lazy("Il manque le jour."))])
    starts = HourField(lazy("Début"), [InputRequired(lazy("Il manque l'heure de début."))])
    slot_minutes = CountField(
        lazy("Minutes par rendez-vous"),
        [InputRequired(lazy("Il manque la durée d'un rendez-vous."))],
        default=20,
    )
    changeover_minutes = CountField(
        lazy("Minutes pour changer de table"),
        [InputRequired(lazy("Écrivez 0 s'il n'y a pas de pause entre deux rendez-vous."))],
        default=5,
    )
    count = CountField(
        lazy("Nombre de créneaux"),
        [InputRequired(lazy("Il manque le nombre de créneaux."))],
        default=7,
    )

    def asked(self) -> BlockOfSlots:
        """The half-day as the rules see it."""
        return BlockOfSlots(
            self.day.data,
            self.starts.data,
            self.slot_minutes.data,
            self.changeover_minutes.data,
            self.count.data,
        )


class PlacesForm(FlaskForm):
    """Several places at once."""

    kind = ChoiceField(lazy("Sorte de place"), choices=[])
    first = CountField(
        lazy("Premier numéro"), [InputRequired(lazy("Il manque le premier numéro."))], default=1
    )
    count = CountField(
        lazy("Combien"), [InputRequired(lazy("Il manque le nombre de places."))], default=10
    )
    accessible = BooleanField(lazy("Accessibles en fauteuil roulant"), default=True)
    screen = BooleanField(lazy("Avec un écran"))
    link = StringField(lazy("Adresse des salles de visio"), [_short()])

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kind.choices = [(kind.value, word(kind).capitalize()) for kind in PlaceKind]


def _clean(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _instant(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    return local.replace(tzinfo=zone) if local else None
