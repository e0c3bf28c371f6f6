# SPDX-License-Identifier: EUPL-1.2
"""What is typed to open an account, to log in, and to change what one is called."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.language.translate import LANGUAGES, lazy


class WithAddress(FlaskForm):
    """The mail address alone: where a link is sent."""

    email = EmailField(
        lazy("Adresse électronique"),
        [DataRequired(lazy("Écrivez votre adresse, par exemple prenom@exemple.fr."))],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )


class LogIn(WithAddress):
    """Address and password; next: the page one came for."""

    password = PasswordField(
        lazy("Mot de passe"),
        [DataRequired(lazy("Écrivez votre mot de passe, ou recevez un lien par courriel."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class SignUp(FlaskForm):
    """A new account; without a password, one comes in by letters."""

    name = StringField(
        lazy("Votre prénom et votre nom"),
        [DataRequired(lazy("Écrivez votre nom : vos interlocuteurs le liront."))],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        lazy("Votre adresse électronique"),
        [DataRequired(lazy("Écrivez votre adresse : nous y envoyons un lien à confirmer."))],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    password = PasswordField(lazy("Mot de passe"), render_kw={"autocomplete": "new-password"})


class NewPassword(FlaskForm):
    """A password, chosen once."""

    password = PasswordField(
        lazy("Nouveau mot de passe"),
        [DataRequired(lazy("Écrivez un mot de passe de dix caractères au moins."))],
        render_kw={"autocomplete": "new-password"},
    )


CHOICES = [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class Account(FlaskForm):
    """What one is called, and in which language."""

    name = StringField(
        lazy("Votre prénom et votre nom"),
        [DataRequired(lazy("Écrivez votre nom : vos interlocuteurs le liront."))],
        render_kw={"autocomplete": "name"},
    )
    language = SelectField(
        lazy("Langue des pages et des courriels"),
        choices=CHOICES,
    )
