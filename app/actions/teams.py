# SPDX-License-Identifier: EUPL-1.2
"""The first steps of a new team of organisers."""

from app.actions import accounts
from app.actions.base import action
from app.models.accounts import Organiser
from app.queries import accounts as people


@action
def found(*, name: str, email: str, language: str) -> Organiser:
    """Found a team whose first member receives a link to come in.

    Errors: RuleBroken `name_missing`, `address_wrong`.
    """
    organiser = accounts.found_organiser(name=name, email=email)
    user = people.by_email(email)
    if user is None:
        user = accounts.open_account(email=email, name=name, language=language)
    accounts.join_organiser(organiser, user=user)
    accounts.send_login_link(user)
    return organiser
