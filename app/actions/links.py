# SPDX-License-Identifier: EUPL-1.2
"""Links that letters carry: absolute; personal ones serve one purpose, for some days."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin

from flask import current_app, url_for
from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from app.models import clock
from app.models.accounts import User
from app.models.base import db

VALID_DAYS = 7


class Purpose(StrEnum):
    """What a personal link opens; a link for one thing never opens another."""

    VERIFY = "verify"
    LOG_IN = "log_in"
    SET_PASSWORD = "set_password"  # noqa: S105


@dataclass(frozen=True)
class Opened:
    """Whose link it is, and whether it may still be used.

    lets_in: nobody came in since it was sent. A way in is used once; a proof of address may be
    clicked again, but then opens no session.
    """

    user: User
    is_fresh: bool
    lets_in: bool


class _ClockSigner(TimestampSigner):
    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


def page(endpoint: str, **address: Any) -> str:
    """The whole address of a page, whatever the name by which the site was asked."""
    path = url_for(endpoint, **address, _external=False)
    return urljoin(current_app.config["BASE_URL"] + "/", path)


def token(user: User, purpose: Purpose) -> str:
    """A secret that proves who clicked; it ends after some days, or when the stamp grows."""
    return _signed(purpose).dumps([user.id, user.stamp, _last_entry(user)])


def opened(text: str, purpose: Purpose) -> Opened | None:
    """Whose secret this is; None when it was damaged, or made for something else."""
    signed, fresh = _signed(purpose), True
    try:
        facts = signed.loads(text, max_age=VALID_DAYS * 24 * 3600)
    except SignatureExpired:
        fresh, facts = False, signed.loads(text)
    except BadData:
        return None
    user_id, stamp, last_entry = facts
    user = db.session.get(User, user_id)
    if user is None:
        return None
    lets_in = last_entry == _last_entry(user)
    is_fresh = fresh and stamp == user.stamp and (lets_in or purpose == Purpose.VERIFY)
    return Opened(user, is_fresh, lets_in)


def _last_entry(user: User) -> str:
    return user.last_login_at.isoformat() if user.last_login_at else ""


def _signed(purpose: Purpose) -> URLSafeTimedSerializer:
    key = current_app.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt=f"link:{purpose}", signer=_ClockSigner)
