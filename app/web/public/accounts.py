# SPDX-License-Identifier: EUPL-1.2
"""Opening an account, proving an address, logging in and out."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import accounts, memberships
from app.actions.links import Opened, Purpose, opened
from app.language import translate
from app.language.translate import gettext
from app.queries import accounts as people
from app.queries import companies
from app.queries.accounts import User
from app.rules.companies import MembershipState
from app.rules.errors import NotFound
from app.rules.permissions import Permission
from app.web.forms.accounts import LogIn, NewPassword, SignUp, WithAddress
from app.web.shared import login
from app.web.shared.addresses import safe_next
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.limits import against_floods_of_letters, against_guessing
from app.web.shared.navigation import landing, shows_demonstration


@guard(Permission.VISIT)
@against_guessing
def log_in() -> str | Response:
    """Come in by password; the same page sends a link to those who have none."""
    form = LogIn(next=request.args.get("next"))
    if form.validate_on_submit():
        with said_on(form):
            user = accounts.log_in_by_password(form.email.data or "", form.password.data or "")
            return _welcome(user, form.next.data)
    return _log_in_page(form)


@guard(Permission.VISIT)
@against_floods_of_letters
def send_link() -> str | Response:
    """Send a link that lets in; the answer is the same whether the address is known or not."""
    form = LogIn()
    if not form.email.validate(form):
        form.password.errors = ()
        return _log_in_page(form)
    accounts.ask_for_login_link(form.email.data or "", language=translate.language())
    return redirect(url_for("public.accounts.letter_sent"))


@guard(Permission.VISIT)
def letter_sent() -> str:
    """What to do now: read the letter."""
    return render_template("web/public/letter_sent.html")


@guard(Permission.VISIT)
def log_out() -> Response:
    """Leave."""
    login.let_out()
    return redirect(url_for("public.home.home"))


@guard(Permission.VISIT)
@against_floods_of_letters
def sign_up() -> str | Response:
    """Open an account that speaks for nobody yet."""
    form = SignUp()
    if form.validate_on_submit():
        with said_on(form):
            accounts.sign_up(
                email=form.email.data or "",
                name=form.name.data or "",
                language=translate.language(),
                password=form.password.data or None,
            )
            return redirect(url_for("public.accounts.letter_sent"))
    return render_template("web/public/sign_up.html", form=form)


@guard(Permission.VISIT)
def enter(token: str) -> str | Response:
    """The link of a letter: a button lets in, so that a mail scanner does not use it up."""
    link = opened(token, Purpose.LOG_IN)
    if link is None or not link.is_fresh:
        return _stale(link, Purpose.LOG_IN, token)
    if request.method == "GET":
        return render_template("web/public/enter.html", user=link.user)
    accounts.log_in_by_link(link.user)
    return _welcome(link.user, None)


@guard(Permission.VISIT)
def verify(token: str) -> str | Response:
    """The link of a letter proves the address, and makes the claims that waited for it."""
    link = opened(token, Purpose.VERIFY)
    if link is None or not link.is_fresh:
        return _stale(link, Purpose.VERIFY, token)
    waiting = companies.memberships(link.user, MembershipState.UNVERIFIED)
    if request.method == "GET":
        return render_template("web/public/verify.html", user=link.user, waiting=waiting)
    answered = memberships.confirm(link.user)
    if link.lets_in:
        accounts.note_log_in(link.user)
        login.let_in(link.user)
    if any(claim.state == MembershipState.PENDING for claim in answered):
        flash(gettext("Votre adresse est confirmée. Vos collègues vont répondre."), "good")
    else:
        flash(gettext("Votre adresse est confirmée."), "good")
    if answered and answered[0].state == MembershipState.ACTIVE:
        address = url_for("member.listing.listing", organisation=answered[0].organisation_id)
        return redirect(address)
    return redirect(url_for("member.account.account"))


@guard(Permission.VISIT)
@against_floods_of_letters
def send_again(purpose: str, token: str) -> Response:
    """A link was too old: send a new one to the same person, whom the old one names."""
    if purpose not in set(Purpose):
        raise NotFound
    link = opened(token, Purpose(purpose))
    if link is None:
        raise NotFound
    if purpose == Purpose.VERIFY:
        waiting = companies.memberships(link.user, MembershipState.UNVERIFIED)
        name = waiting[-1].organisation.display_name if waiting else ""
        accounts.send_verification(link.user, organisation=name)
    elif purpose == Purpose.LOG_IN:
        accounts.send_login_link(link.user)
    else:
        accounts.ask_for_new_password(link.user.email, language=link.user.language)
    return redirect(url_for("public.accounts.letter_sent"))


@guard(Permission.VISIT)
@against_floods_of_letters
def forgotten() -> str | Response:
    """The password is forgotten: a letter opens the page of the new one."""
    form = WithAddress()
    if form.validate_on_submit():
        accounts.ask_for_new_password(form.email.data or "", language=translate.language())
        return redirect(url_for("public.accounts.letter_sent"))
    return render_template("web/public/forgotten.html", form=form)


@guard(Permission.VISIT)
def new_password(token: str) -> str | Response:
    """The link of a letter opens this page: choose a password, and come in."""
    link = opened(token, Purpose.SET_PASSWORD)
    if link is None or not link.is_fresh:
        return _stale(link, Purpose.SET_PASSWORD, token)
    form = NewPassword()
    if form.validate_on_submit():
        with said_on(form):
            accounts.replace_password(link.user, password=form.password.data or "")
            flash(gettext("Votre nouveau mot de passe est en place."), "good")
            return _welcome(link.user, None)
    return render_template("web/public/new_password.html", form=form, user=link.user)


@guard(Permission.VISIT)
def demonstration(who: str) -> Response:
    """Come in at one click as one of the invented people of a demonstration."""
    user = people.demonstration_people().get(who) if shows_demonstration() else None
    if user is None:
        raise NotFound
    accounts.note_log_in(user)
    return _welcome(user, None)


def _log_in_page(form: LogIn) -> str:
    invented = people.demonstration_people() if shows_demonstration() else {}
    return render_template("web/public/log_in.html", form=form, invented=invented)


def _welcome(user: User, wanted: str | None) -> Response:
    login.let_in(user)
    return redirect(safe_next(wanted, otherwise=landing()))


def _stale(link: Opened | None, purpose: Purpose, token: str) -> str:
    """A page that says so in one sentence, with a button that sends a new link."""
    return render_template(
        "web/public/stale_link.html", known=link is not None, purpose=purpose, token=token
    )
