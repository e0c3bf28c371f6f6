# SPDX-License-Identifier: EUPL-1.2
"""What is typed about named lists: what they are called, and a note on each organisation kept."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.language.translate import lazy
from app.queries.favourites import Favourite, Shortlist
from app.rules.favourites import LONGEST_NOTE
from app.web.forms.fields import ChoiceField

MISSING = lazy(
    "Il manque le nom de la liste. Écrivez par exemple : « Traiteurs pour le séminaire »."
)


class ListForm(FlaskForm):
    """What a list is called."""

    name = StringField(
        lazy("Nom de la liste"),
        [DataRequired(MISSING), Length(max=200, message=lazy("C'est trop long : 200 signes."))],
    )


class NoteForm(FlaskForm):
    """The private note on an organisation that is kept, and the list it is in."""

    note = TextAreaField(
        lazy("Note, pour vos collègues seulement"),
        [Length(max=LONGEST_NOTE, message=lazy("C'est trop long : 2000 signes au plus."))],
    )
    shortlist = ChoiceField(lazy("Liste"))

    def __init__(self, favourite: Favourite, lists: list[Shortlist]) -> None:
        """Offer the lists of the organisation."""
        super().__init__(obj=favourite, prefix=f"f{favourite.id}")
        self.shortlist.choices = [SelectChoice(str(one.id), one.name) for one in lists]
        if not self.is_submitted():
            self.shortlist.data = str(favourite.shortlist_id)
