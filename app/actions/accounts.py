# SPDX-License-Identifier: EUPL-1.2
"""People open an account, prove their address, log in, and change what they are called."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from app.actions import letters, links
from app.actions.base import action
from app.actions.links import Purpose
from app.mail import letters as texts
from app.models import clock
from app.models.accounts import Organiser, OrganiserMember, User
from app.models.base import db
from app.models.history import remember
from app.queries import accounts
from app.rules.accounts import require_address, require_name, require_password
from app.rules.errors import RuleBroken


@action
def sign_up(*, email: str, name: str, language: str, password: str | None = None) -> User:
    """Open an account and ask its owner, by a letter, to prove the address.

    An address that has an account already gets a way in instead: the page says the same to both.
    Errors: RuleBroken `address_wrong`, `name_missing`, `password_short`.
    """
    known = accounts.by_email(email)
    if known is not None:
        send_login_link(known)
        return known
    user = open_account(email=email, name=name, language=language, password=password)
    send_verification(user)
    return user


@action
def open_account(*, email: str, name: str, language: str, password: str | None = None) -> User:
    """Open an account whose address is still to be proved, without writing a letter."""
    user = User(
        email=require_address(email),
        name=require_name(name),
        language=language,
        password_hash=_hashed(password) if password else None,
        verified_at=None,
        last_login_at=None,
        stamp=1,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    remember(user, "account.opened", user)
    return user


@action
def verify(user: User) -> None:
    """The address is proved."""
    if user.verified_at is None:
        user.verified_at = clock.now()
        remember(user, "account.verified", user)


@action
def send_verification(user: User, *, organisation: str = "") -> None:
    """Write the letter that asks to prove the address, and the right to speak for a listing."""
    link = links.page("public.accounts.verify", token=links.token(user, Purpose.VERIFY))
    written = texts.verify_address(
        language=user.language, name=user.name, link=link, organisation=organisation
    )
    letters.put(written, to=user.email, name=user.name)


@action
def send_login_link(user: User) -> None:
    """Write the letter that lets its reader in."""
    link = links.page("public.accounts.enter", token=links.token(user, Purpose.LOG_IN))
    written = texts.login_link(language=user.language, name=user.name, link=link)
    letters.put(written, to=user.email, name=user.name)


@action
def ask_for_login_link(email: str, *, language: str) -> None:
    """Send a way in to this address, if somebody has it; the person asking cannot tell."""
    user = accounts.by_email(email)
    if user is not None:
        send_login_link(user)


@action
def ask_for_new_password(email: str, *, language: str) -> None:
    """Send a link that opens the page of the new password, if somebody has this address."""
    user = accounts.by_email(email)
    if user is None:
        return
    secret = links.token(user, Purpose.SET_PASSWORD)
    link = links.page("public.accounts.new_password", token=secret)
    written = texts.new_password(language=user.language, name=user.name, link=link)
    letters.put(written, to=user.email, name=user.name)


@action
def log_in_by_password(email: str, password: str) -> User:
    """The account of this address and password. Errors: RuleBroken `wrong_password`."""
    user = accounts.by_email(email)
    kept = user.password_hash if user else None
    if not _is_right(kept or _never(), password) or user is None or kept is None:
        raise RuleBroken("wrong_password", field="password")
    if _hasher().check_needs_rehash(kept):
        user.password_hash = _hashed(password)
    user.last_login_at = clock.now()
    return user


@action
def log_in_by_link(user: User) -> None:
    """The person reads the letters of this address, hence owns the account.

    Who opened an account in the name of somebody else and never proved the address loses the
    password they chose.
    """
    if user.verified_at is None:
        user.password_hash, user.stamp = None, user.stamp + 1
        verify(user)
    user.last_login_at = clock.now()


@action
def note_log_in(user: User) -> None:
    """Remember when somebody came in; links sent before are then used up."""
    user.last_login_at = clock.now()


@action
def set_password(user: User, *, password: str) -> None:
    """Choose a password; every other session and link ends. Errors: RuleBroken `password_short`."""
    user.password_hash = _hashed(password)
    user.stamp += 1
    remember(user, "account.password_set", user)


@action
def replace_password(user: User, *, password: str) -> None:
    """Choose a password by the link of a letter, which proves the address as well."""
    set_password(user, password=password)
    verify(user)
    user.last_login_at = clock.now()


@action
def describe(user: User, *, name: str, language: str) -> None:
    """Change one's name and the language of one's letters. Errors: RuleBroken `name_missing`."""
    user.name, user.language = require_name(name), language


@action
def found_organiser(*, name: str, email: str, demonstration: bool = False) -> Organiser:
    """A team that will run fairs."""
    organiser = Organiser(name=require_name(name), email=email, is_demonstration=demonstration)
    db.session.add(organiser)
    remember(None, "organiser.founded", organiser)
    return organiser


@action
def join_organiser(organiser: Organiser, *, user: User) -> None:
    """A person enters the team; entering twice changes nothing."""
    if organiser.id in accounts.person_of(user).organisers:
        return
    db.session.add(OrganiserMember(organiser_id=organiser.id, user_id=user.id))
    remember(user, "organiser.joined", organiser)


def _hasher() -> PasswordHasher:
    """Argon2id as its library recommends (RFC 9106); a trifle in tests."""
    if current_app.testing:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher()


def _hashed(password: str) -> str:
    return _hasher().hash(require_password(password))


def _never() -> str:
    """A hash that nobody's password has: an unknown address takes as long as a wrong password."""
    if "hash_of_nobody" not in current_app.extensions:
        current_app.extensions["hash_of_nobody"] = _hasher().hash(secrets.token_hex())
    return str(current_app.extensions["hash_of_nobody"])


def _is_right(kept: str, password: str) -> bool:
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
