# SPDX-License-Identifier: EUPL-1.2
"""What is typed to ask for a meeting, to accept one, or to decline."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.language import phrases
from app.language.translate import gettext, lazy
from app.rules.meetings import DEFAULT_PRIORITY, PRIORITIES, DeclineReason

WORDS = {
    1: lazy("1, mon premier choix"),
    2: "2",
    3: lazy("3, j'aimerais bien"),
    4: "4",
    5: lazy("5, s'il reste une place"),
}


class RequestForm(FlaskForm):
    """A new request; about: "need-12", "offer-3" or nothing."""

    side = SelectField(lazy("Qui se rencontre"), coerce=int, default=0)
    about = SelectField(lazy("À propos de"))
    message = TextAreaField(
        lazy("Pourquoi cette rencontre ?"),
        [
            InputRequired(
                lazy(
                    "Écrivez au moins une phrase. Exemple : « Nous entretenons déjà deux parcs à "
                    "10 km de chez vous. »"
                )
            )
        ],
    )
    priority = RadioField(
        lazy("Votre priorité"),
        coerce=int,
        default=DEFAULT_PRIORITY,
        choices=[SelectChoice(str(number), WORDS[number]) for number in PRIORITIES],
    )

    def offer(self, needs: Iterable[Any], offers: Iterable[Any]) -> None:
        """Fill the list of what the meeting may be about."""
        self.about.choices = [
            SelectChoice("", gettext("Rien de précis : faire connaissance")),
            *(
                SelectChoice(f"need-{need.id}", gettext("Besoin : %(name)s", name=need.title))
                for need in needs
            ),
            *(
                SelectChoice(f"offer-{one.id}", gettext("Offre : %(name)s", name=one.name))
                for one in offers
            ),
        ]

    def stand_for(self, company: str, consortia: Iterable[Any]) -> None:
        """Fill the list of who meets on the company's side: it alone, or a consortium it leads."""
        self.side.choices = [
            SelectChoice("0", gettext("%(name)s seule", name=company)),
            *(
                SelectChoice(str(one.id), gettext("Le groupement %(name)s", name=one.name))
                for one in consortia
            ),
        ]

    def chosen(self, kind: str) -> int | None:
        """The number of the chosen need or offer."""
        found, _, number = (self.about.data or "").partition("-")
        return int(number) if found == kind else None


class AcceptForm(FlaskForm):
    """Saying yes, and how much."""

    priority = IntegerField(lazy("Votre priorité"), default=DEFAULT_PRIORITY)


class DeclineForm(FlaskForm):
    """Saying no: each reason is a button of its own."""

    answer = TextAreaField(lazy("Quelques mots de plus"))
    reason = RadioField(lazy("Pourquoi ?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [
            SelectChoice(reason.value, phrases.word(reason)) for reason in DeclineReason
        ]
        self.reason.validators = [InputRequired(gettext("Choisissez une raison, en un clic."))]
