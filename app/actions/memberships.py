# SPDX-License-Identifier: EUPL-1.2
"""Who speaks for an organisation: claims made with a letter, confirmed, approved or refused."""

from typing import Any

from app.actions import accounts, companies, letters, links
from app.actions.base import action
from app.mail import letters as texts
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Membership, Organisation
from app.models.history import remember
from app.queries import accounts as people
from app.queries import companies as directory
from app.queries import teams
from app.rules.companies import MembershipState, Role
from app.rules.errors import RuleBroken


@action
def claim_by_letter(
    organisation: Organisation, *, email: str, name: str, language: str, password: str | None = None
) -> User:
    """Claim a listing without being logged in: the account is opened if it is new.

    Whoever reads the letters of the address then confirms; nothing is granted before.
    Errors: RuleBroken `address_wrong`, `name_missing`, `password_short`.
    """
    user = people.by_email(email) or accounts.open_account(
        email=email, name=name, language=language, password=password
    )
    companies.claim(organisation, by=user, proven=False)
    accounts.send_verification(user, organisation=organisation.display_name)
    return user


@action
def claim_here(organisation: Organisation, *, by: User) -> Membership:
    """Claim a listing while logged in; somebody whose address is not proved gets a letter first."""
    membership = companies.claim(organisation, by=by)
    if membership.state == MembershipState.UNVERIFIED:
        accounts.send_verification(by, organisation=organisation.display_name)
    if membership.state == MembershipState.PENDING:
        _tell_who_answers(membership)
    return membership


@action
def list_and_claim(*, role: Role, by: User, **facts: Any) -> Organisation:
    """Put one's own organisation into the directory, and speak for it. Errors: see both."""
    organisation = companies.list_organisation(role=role, by=by, source="typed", **facts)
    claim_here(organisation, by=by)
    return organisation


@action
def list_and_claim_by_letter(
    *, role: Role, email: str, person: str, language: str, password: str | None, **facts: Any
) -> Organisation:
    """The same without being logged in: the letter that is sent must be answered first."""
    organisation = companies.list_organisation(role=role, source="typed", **facts)
    claim_by_letter(organisation, email=email, name=person, language=language, password=password)
    return organisation


@action
def confirm(user: User) -> list[Membership]:
    """The link of the letter was followed: the address is proved, and the claims made take effect.

    Returns what this changed.
    """
    accounts.verify(user)
    waiting = directory.memberships(user, MembershipState.UNVERIFIED)
    for membership in waiting:
        companies.grant_or_wait(membership)
        if membership.state == MembershipState.PENDING:
            _tell_who_answers(membership)
    return waiting


@action
def approve(membership: Membership, *, by: User) -> None:
    """A colleague, or the organiser, lets somebody speak for the organisation too.

    Errors: RuleBroken `claim_step` when the claim was answered already.
    """
    if membership.state != MembershipState.PENDING:
        raise RuleBroken("claim_step")
    companies.speak(membership, let_in_by=by)
    user, organisation = membership.user, membership.organisation
    link = links.page("member.listing.listing", organisation=organisation.id)
    written = texts.claim_approved(
        language=user.language, name=user.name, organisation=organisation.display_name, link=link
    )
    letters.put(written, to=user.email, name=user.name)


@action
def refuse(membership: Membership, *, by: User) -> None:
    """A claim is turned down, or a colleague leaves; the last one who speaks cannot.

    Errors: RuleBroken `last_member`.
    """
    organisation = membership.organisation
    if membership.state == MembershipState.ACTIVE and len(directory.members(organisation)) == 1:
        raise RuleBroken("last_member")
    remember(by, "organisation.left", organisation, user=membership.user_id)
    db.session.delete(membership)


def _tell_who_answers(membership: Membership) -> None:
    """Colleagues where there are some; else the teams of organisers, who alone can say yes."""
    colleagues = [one.user for one in directory.members(membership.organisation)]
    for reader in colleagues:
        _tell(membership, reader.email, reader.name, reader.language)
    for team in teams.all_of(membership.organisation) if not colleagues else ():
        _tell(membership, team.email, team.name, "fr", as_team=True)


def _tell(
    membership: Membership, to: str, name: str, language: str, *, as_team: bool = False
) -> None:
    organisation, asking = membership.organisation, membership.user
    written = texts.claim_waiting(
        language=language,
        name=name,
        asking=asking.name,
        email=asking.email,
        organisation=organisation.display_name,
        link=links.page("member.team.team", organisation=organisation.id),
        as_team=as_team,
    )
    letters.put(written, to=to, name=name)
