# SPDX-License-Identifier: EUPL-1.2
"""One's own account: name, language, password, and whom one speaks for."""

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from app.actions import accounts
from app.language.translate import gettext
from app.queries import accounts as people
from app.queries import companies
from app.rules.permissions import Permission
from app.web.forms.accounts import Account, NewPassword
from app.web.shared import login
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.limits import against_floods_of_letters


@guard(Permission.HAVE_ACCOUNT)
def account() -> str | Response:
    """What one is called, and everything one speaks for or waits to."""
    form = Account(obj=login.me())
    if form.validate_on_submit():
        with said_on(form):
            accounts.describe(
                login.me(), name=form.name.data or "", language=form.language.data or "fr"
            )
            session["language"] = form.language.data
            return _done(gettext("C'est enregistré."))
    return _page(form, NewPassword())


@guard(Permission.HAVE_ACCOUNT)
def password() -> str | Response:
    """Choose a password, or another one; all other sessions end."""
    form = NewPassword()
    if form.validate_on_submit():
        with said_on(form):
            accounts.set_password(login.me(), password=form.password.data or "")
            login.let_in(login.me())
            return _done(
                gettext("Votre mot de passe est en place ; vos autres sessions sont closes.")
            )
    return _page(Account(obj=login.me(), formdata=None), form)


@guard(Permission.HAVE_ACCOUNT)
@against_floods_of_letters
def send_verification() -> Response:
    """The letter that proves the address was lost: send it again."""
    accounts.send_verification(login.me())
    return redirect(url_for("public.accounts.letter_sent"))


def _page(form: Account, new_password: NewPassword) -> str:
    return render_template(
        "web/member/account.html",
        form=form,
        new_password=new_password,
        memberships=companies.memberships(login.me()),
        organisers=people.organisers(login.me()),
    )


def _done(words: str) -> Response:
    flash(words, "good")
    return redirect(url_for("member.account.account"))
