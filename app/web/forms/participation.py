# SPDX-License-Identifier: EUPL-1.2
"""What an organisation types to come to an edition, and about the people it sends."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from app.language.translate import lazy
from app.rules.editions import Mode

SHORT = Length(max=200, message=lazy("Ce texte est trop long : 200 caractères au plus."))


class RegistrationForm(FlaskForm):
    """Asking to come, or changing what was said."""

    message = TextAreaField(lazy("Un mot pour l'équipe du salon"))
    needs_accessible = BooleanField(lazy("Une table accessible en fauteuil roulant est nécessaire"))


class DelegateForm(FlaskForm):
    """A person with a badge; attendance is asked only where there are video rooms."""

    first_name = StringField(lazy("Prénom"), [SHORT], render_kw={"autocomplete": "off"})
    last_name = StringField(lazy("Nom"), [SHORT], render_kw={"autocomplete": "off"})
    function = StringField(lazy("Fonction"), [SHORT])
    email = EmailField(
        lazy("Adresse électronique"),
        [SHORT],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    phone = TelField(
        lazy("Téléphone"),
        [Length(max=40, message=lazy("Un numéro de téléphone tient en 40 caractères."))],
        render_kw={"autocomplete": "off"},
    )
    attendance = RadioField(
        lazy("Participe"),
        choices=[
            SelectChoice("here", lazy("sur place")),
            SelectChoice("remote", lazy("à distance, par visio")),
        ],
        default="here",
    )

    def fit(self, mode: Mode) -> None:
        """Ask how the person takes part only when there is a choice."""
        if mode != Mode.HYBRID:
            del self.attendance

    @property
    def facts(self) -> dict[str, object]:
        """What `actions.registrations.add_delegate` wants."""
        remote = "attendance" in self and self.attendance.data == "remote"
        texts = ("first_name", "last_name", "function", "email", "phone")
        return {**{name: self[name].data or "" for name in texts}, "remote": remote}


class AvailabilityForm(FlaskForm):
    """The token alone: the boxes, one per delegate and slot, are written by the page itself."""
