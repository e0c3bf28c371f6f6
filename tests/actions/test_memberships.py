# SPDX-License-Identifier: EUPL-1.2
"""Claims made by letter, confirmed, approved or refused."""

import pytest

from app.actions import memberships
from app.models.base import db
from app.models.letters import Letter
from app.queries import companies as directory
from app.rules.companies import MembershipState, Role
from app.rules.errors import RuleBroken
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_user,
    an_organiser,
    an_organiser_member,
)

CLAIRE = {"email": "claire@exemple.test", "name": "Claire", "language": "fr"}


def kinds() -> list[tuple[str, str]]:
    return [(letter.to_email, letter.kind) for letter in db.session.query(Letter).order_by("id")]


def test_a_claim_counts_once_the_letter_is_answered(app):
    company = a_company()
    user = memberships.claim_by_letter(company, **CLAIRE)
    assert directory.membership(company, user).state == MembershipState.UNVERIFIED
    assert kinds() == [("claire@exemple.test", "verify_address")]

    memberships.confirm(user)
    assert directory.membership(company, user).state == MembershipState.ACTIVE
    assert user.verified_at is not None


def test_nobody_claims_in_the_name_of_somebody_else(app):
    known, company = a_user(email="claire@exemple.test", name="Claire V."), a_company()
    memberships.claim_by_letter(company, **CLAIRE, password="choisi par un autre")

    assert directory.membership(company, known).state == MembershipState.UNVERIFIED
    assert (known.name, known.password_hash) == ("Claire V.", None)


def test_the_colleagues_of_a_second_claimant_are_told_and_say_yes(app):
    company = a_company(brand="Les Jardins")
    colleague = a_member(company)
    user = memberships.claim_by_letter(company, **CLAIRE)
    memberships.confirm(user)
    claim = directory.membership(company, user)
    assert claim is not None
    assert claim.state == MembershipState.PENDING
    assert kinds()[-1] == (colleague.email, "claim_waiting")

    memberships.approve(claim, by=colleague)
    assert directory.membership(company, user).state == MembershipState.ACTIVE
    assert kinds()[-1] == ("claire@exemple.test", "claim_approved")


def test_a_claim_is_answered_once(app):
    company = a_company()
    colleague = a_member(company)
    claim = memberships.claim_here(company, by=a_user())
    memberships.approve(claim, by=colleague)
    with pytest.raises(RuleBroken) as refused:
        memberships.approve(claim, by=colleague)
    assert refused.value.key == "claim_step"


def test_a_refused_claim_leaves_nothing(app):
    company = a_company()
    colleague, user = a_member(company), a_user()
    memberships.refuse(memberships.claim_here(company, by=user), by=colleague)
    assert directory.membership(company, user) is None


def test_the_last_person_who_speaks_cannot_be_taken_away(app):
    company = a_company()
    user = a_member(company)
    (only,) = directory.members(company)
    with pytest.raises(RuleBroken) as refused:
        memberships.refuse(only, by=user)
    assert refused.value.key == "last_member"


def test_a_listing_that_is_refused_leaves_neither_account_nor_letter(app):
    facts = {"email": "claire@exemple.test", "person": "Claire", "language": "fr"}
    with pytest.raises(RuleBroken):
        memberships.list_and_claim_by_letter(
            role=Role.COMPANY, password="court", siret="73282932000074", name="Jardins", **facts
        )
    assert kinds() == []
    assert directory.by_siret("73282932000074") is None


def test_somebody_speaks_for_several_organisations(app):
    user = a_user()
    for organisation in (a_company(), a_buyer()):
        memberships.claim_here(organisation, by=user)
    states = [membership.state for membership in directory.memberships(user)]
    assert states == [MembershipState.ACTIVE, MembershipState.ACTIVE]


def test_where_nobody_can_vouch_for_an_address_the_team_is_told_and_says_yes(app):
    team = an_organiser()
    boss = an_organiser_member(team)
    an_organiser(is_demonstration=True)
    company = a_company(website="https://jardins.example")
    claim = memberships.claim_here(company, by=a_user(email="zoe@ailleurs.example"))
    assert company.claimed_at is None
    assert kinds() == [(team.email, "claim_waiting")]
    letter = db.session.query(Letter).one()
    assert "Personne ne tient encore cette fiche" in letter.body_text
    assert "vous organisez le salon" in letter.body_text

    memberships.approve(claim, by=boss)
    assert claim.state == MembershipState.ACTIVE
    assert company.claimed_at is not None
    assert kinds()[-1] == ("zoe@ailleurs.example", "claim_approved")
