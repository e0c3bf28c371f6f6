# SPDX-License-Identifier: EUPL-1.2
"""What a team says of an event: who is away, which table is shut, from when until when."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.language.translate import lazy
from app.web.forms.fields import ChoiceField

Choices = Sequence[tuple[int, str]]
NONE = 0


class EventForm(FlaskForm):
    """One absence and one closure at most; neither is needed. Slots are numbers of the problem."""

    party = ChoiceField(lazy("Qui s'absente ?"), [Optional()], coerce=int, default=NONE)
    party_from = ChoiceField(lazy("À partir de"), [Optional()], coerce=int, default=NONE)
    party_until = ChoiceField(lazy("Jusqu'au créneau de"), [Optional()], coerce=int, default=NONE)
    place = ChoiceField(lazy("Quelle table ferme ?"), [Optional()], coerce=int, default=NONE)
    place_from = ChoiceField(lazy("À partir de"), [Optional()], coerce=int, default=NONE)
    place_until = ChoiceField(lazy("Jusqu'au créneau de"), [Optional()], coerce=int, default=NONE)

    def offer(
        self, *, parties: Choices, places: Choices, slots: Choices, words: Sequence[str]
    ) -> None:
        """Fill the lists. words: for nobody, for no table, for at once, for no end."""
        nobody, no_place, at_once, no_end = words
        self.party.choices = _choices((NONE, nobody), *parties)
        self.place.choices = _choices((NONE, no_place), *places)
        for start in (self.party_from, self.place_from):
            start.choices = _choices((NONE, at_once), *slots)
        for end in (self.party_until, self.place_until):
            end.choices = _choices((NONE, no_end), *slots)


def _choices(*pairs: tuple[int, str]) -> list[SelectChoice]:
    return [SelectChoice(number, words) for number, words in pairs]
