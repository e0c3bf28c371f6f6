# SPDX-License-Identifier: EUPL-1.2
"""Who is here: Flask-Login, and the person as the policy sees it."""

from typing import cast

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.queries import accounts
from app.queries.accounts import User
from app.rules.permissions import Permission, Person, allows


class Visitor(UserMixin):
    """An account as Flask-Login wants it; its stamp ends all sessions when it grows."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        return f"{self.user.id}:{self.user.stamp}"


def me() -> User:
    """The account of the person who is logged in (guards see to it that there is one)."""
    return cast(Visitor, current_user).user


def somebody() -> User | None:
    """The account of the person who is logged in, or None."""
    return current_user.user if current_user.is_authenticated else None


def person() -> Person:
    """The person asking, read once per request."""
    if "person" not in g:
        g.person = accounts.person_of(somebody())
    return cast(Person, g.person)


def can(permission: Permission, subject: object = None) -> bool:
    """Whether this person has this permission; templates ask it too."""
    return allows(permission, person(), subject)


def let_in(user: User) -> None:
    """Open a session for this account, in its language."""
    g.pop("person", None)
    login_user(Visitor(user), remember=False)
    session["language"] = user.language


def let_out() -> None:
    """End the session."""
    g.pop("person", None)
    logout_user()


def _load(session_id: str) -> Visitor | None:
    user_id, _, stamp = session_id.partition(":")
    user = accounts.by_id(int(user_id))
    return Visitor(user) if user and str(user.stamp) == stamp else None


def init_app(app: Flask) -> None:
    """Let Flask-Login read accounts, and templates ask for permissions."""
    manager = LoginManager(app)
    manager.user_loader(_load)
    app.jinja_env.globals.update(me=somebody, can=can, Permission=Permission)
