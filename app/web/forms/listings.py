# SPDX-License-Identifier: EUPL-1.2
"""What is typed to be believed: labels with proof, networks, references, photos."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from app.language.translate import gettext, language, lazy
from app.queries import listings
from app.queries.listings import Label
from app.web.forms.companies import sent
from app.web.forms.fields import ChoiceField, CountField, DayField


class NewLabel(FlaskForm):
    """A label, what proves it, until when."""

    label = ChoiceField(lazy("Label"), [DataRequired(lazy("Choisissez un label dans la liste."))])
    proof_link = StringField(lazy("Page qui le montre"), render_kw={"inputmode": "url"})
    proof = FileField(
        lazy("Ou le certificat, en fichier"),
        render_kw={"accept": "application/pdf,image/png,image/jpeg,image/webp"},
    )
    expires_on = DayField(lazy("Valable jusqu'au"), [Optional()])

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        known = [SelectChoice(str(one.id), label_name(one)) for one in listings.labels()]
        self.label.choices = [SelectChoice("", gettext("Votre label…")), *known]

    @property
    def facts(self) -> dict[str, Any]:
        """By the names of `actions.listings.hold_label`, the label apart."""
        return {
            "expires_on": self.expires_on.data,
            "proof_link": self.proof_link.data or "",
            "proof": sent(self.proof),
        }


class NewNetwork(FlaskForm):
    """A federation one is a member of."""

    network = ChoiceField(
        lazy("Réseau"), [DataRequired(lazy("Choisissez un réseau dans la liste."))]
    )

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        known = [SelectChoice(str(one.id), one.display_name) for one in listings.networks()]
        self.network.choices = [SelectChoice("", gettext("Votre réseau…")), *known]


class NewReference(FlaskForm):
    """A client one has worked for."""

    client = StringField(lazy("Client"), [DataRequired(lazy("Nommez le client."))])
    year = CountField(lazy("Année"), [Optional()], render_kw={"inputmode": "numeric"})
    text = TextAreaField(lazy("Ce que vous avez fait"))

    @property
    def facts(self) -> dict[str, Any]:
        """By the names of `actions.listings.add_reference`."""
        return {
            "client": self.client.data or "",
            "year": self.year.data,
            "text": self.text.data or "",
        }


class NewPhoto(FlaskForm):
    """A picture of the work, and what it shows."""

    photo = FileField(lazy("Photo"), render_kw={"accept": "image/png,image/jpeg,image/webp"})
    alternative = StringField(
        lazy("Ce que montre la photo"),
        [DataRequired(lazy("Dites ce que montre la photo, pour qui ne la voit pas."))],
    )

    @property
    def picture(self) -> bytes:
        """The file that was sent, empty when there was none."""
        return sent(self.photo) or b""


def label_name(label: Label) -> str:
    """The name of a label in the reader's language."""
    return str(label.name_en if language() == "en" else label.name_fr)
