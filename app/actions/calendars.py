# SPDX-License-Identifier: EUPL-1.2
"""A person may close the address of a private calendar and open another."""

import secrets

from app.actions.base import action
from app.models.accounts import User
from app.models.base import db
from app.models.history import remember
from app.models.registrations import Delegate

SECRET_BYTES = 24


@action
def renew(delegate: Delegate, *, by: User) -> Delegate:
    """Give the private calendar of a delegate a new secret; the old address no longer answers."""
    delegate = db.session.get_one(Delegate, delegate.id)
    delegate.feed_token = secrets.token_urlsafe(SECRET_BYTES)
    remember(by, "calendar.renewed", delegate)
    return delegate
