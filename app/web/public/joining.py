# SPDX-License-Identifier: EUPL-1.2
"""A company or a buyer finds itself in the directory, claims its listing, or makes a new one."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.actions import memberships
from app.language import translate
from app.language.translate import gettext
from app.queries import companies as directory
from app.queries.companies import Membership, Organisation
from app.rules.companies import MembershipState, Role
from app.rules.permissions import Permission
from app.web.forms.accounts import SignUp
from app.web.forms.companies import NewListing, Nothing
from app.web.shared import login
from app.web.shared.forms import said_on
from app.web.shared.guard import guard
from app.web.shared.limits import against_floods_of_letters

FEW_LETTERS = 2


@guard(Permission.VISIT)
def company() -> str:
    """A company looks for itself, by SIRET or by name."""
    return _look_up(Role.COMPANY)


@guard(Permission.VISIT)
def buyer() -> str:
    """A buyer looks for itself, by SIRET or by name."""
    return _look_up(Role.BUYER)


@guard(Permission.VISIT)
@against_floods_of_letters
def new_company() -> str | Response:
    """A company that the directory does not know yet."""
    return _make_listing(Role.COMPANY)


@guard(Permission.VISIT)
@against_floods_of_letters
def new_buyer() -> str | Response:
    """A buyer that the directory does not know yet."""
    return _make_listing(Role.BUYER)


@guard(Permission.VISIT, organisation=directory.by_id)
@against_floods_of_letters
def claim(organisation: Organisation) -> str | Response:
    """Ask to speak for a listing; who is not logged in opens an account in the same step."""
    if login.somebody() is not None:
        return _claim_here(organisation)
    form = SignUp()
    if form.validate_on_submit():
        with said_on(form):
            _claim_by_letter(organisation, form)
            return redirect(url_for("public.accounts.letter_sent"))
    return _claim_page(organisation, form)


def _look_up(role: Role) -> str:
    text = request.args.get("q", "").strip()
    is_enough = len(text) >= FEW_LETTERS
    found = directory.search(text, role=role) if is_enough else None
    return render_template("web/public/joining.html", role=role, text=text, found=found)


def _make_listing(role: Role) -> str | Response:
    somebody = login.somebody()
    siret = request.args.get("siret", "")
    form = NewListing(role, is_logged_in=somebody is not None, siret=siret)
    if form.validate_on_submit():
        with said_on(form):
            organisation = _listed(form, role)
            sent = url_for("public.accounts.letter_sent")
            return redirect(_after_claim(organisation) if somebody else sent)
    return render_template("web/public/new_listing.html", form=form, role=role)


def _listed(form: NewListing, role: Role) -> Organisation:
    """The listing and the claim of it, in one transaction."""
    if login.somebody() is not None:
        return memberships.list_and_claim(role=role, by=login.me(), **form.facts)
    return memberships.list_and_claim_by_letter(
        role=role, language=translate.language(), **form.facts
    )


def _claim_by_letter(organisation: Organisation, form: SignUp) -> None:
    memberships.claim_by_letter(
        organisation,
        email=form.email.data or "",
        name=form.name.data or "",
        language=translate.language(),
        password=form.password.data or None,
    )


def _claim_here(organisation: Organisation) -> str | Response:
    form = Nothing()
    if form.validate_on_submit():
        memberships.claim_here(organisation, by=login.me())
        return redirect(_after_claim(organisation))
    known = directory.membership(organisation, login.me())
    return _claim_page(organisation, form, known)


def _claim_page(
    organisation: Organisation, form: SignUp | Nothing, known: Membership | None = None
) -> str:
    return render_template(
        "web/public/claim.html",
        form=form,
        organisation=organisation,
        known=known,
        is_claimed=bool(directory.members(organisation)),
    )


def _after_claim(organisation: Organisation) -> str:
    """Where one goes: the listing when one may speak for it at once, else one's account."""
    membership = directory.membership(organisation, login.me())
    if membership is not None and membership.state == MembershipState.ACTIVE:
        flash(gettext("Vous parlez maintenant pour %(name)s. Complétez sa fiche.",
                      name=organisation.display_name), "good")  # fmt: skip
        return url_for("member.listing.listing", organisation=organisation.id)
    if membership is not None and membership.state == MembershipState.PENDING:
        flash(gettext("Votre demande est partie. Vous recevrez la réponse par courriel."))
    else:
        flash(gettext("Confirmez d'abord votre adresse : un courriel vient de partir."))
    return url_for("member.account.account")
