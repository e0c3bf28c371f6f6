# SPDX-License-Identifier: EUPL-1.2
"""« Not for me », invitations sent once, and rankings that are kept."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.actions import matching
from app.actions.matching import Placed, Ranked
from app.models.base import db
from app.models.history import HistoryLine
from app.models.letters import Letter
from app.models.matching import Dismissal, NeedInvitation, Proposal
from app.queries import dismissals, rankings
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.errors import RuleBroken
from app.rules.needs import NeedState
from tests.builders import (
    a_buyer,
    a_company,
    a_member,
    a_need,
    a_registration,
    a_sector,
    a_user,
    an_edition,
)


def test_a_proposal_is_put_aside_once_by_each_side_and_may_be_taken_back(app):
    need, company, person = a_need(a_buyer()), a_company(), a_user()
    far = matching.dismiss(
        need, company, by=person, role=Role.COMPANY, reason=DismissalReason.TOO_FAR
    )
    again = matching.dismiss(
        need, company, by=person, role=Role.COMPANY, reason=DismissalReason.TOO_BIG, text=" a  b "
    )
    matching.dismiss(need, company, by=None, role=Role.BUYER, reason=DismissalReason.OTHER)

    assert far.id == again.id
    assert (again.reason, again.text) == (DismissalReason.TOO_BIG, "a b")
    assert dismissals.refused([need.id]) == {need.id: {company.id}}
    matching.restore(again, by=person)
    assert dismissals.of_company(company) == []
    assert [one.reason for one in dismissals.of_need(need)] == [DismissalReason.OTHER]
    verbs = list(db.session.scalars(select(HistoryLine.verb).order_by(HistoryLine.id)))
    assert verbs == ["proposal.dismissed"] * 3 + ["proposal.restored"]


def test_the_database_holds_one_dismissal_of_a_side(app):
    need, company = a_need(a_buyer()), a_company()
    said = matching.dismiss(need, company, by=None, role=Role.COMPANY, reason=DismissalReason.OTHER)
    db.session.add(
        Dismissal(
            need_id=need.id, organisation_id=company.id, by_role=Role.COMPANY,
            reason=DismissalReason.TOO_FAR, text="", said_at=said.said_at,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_reason_is_short_and_a_buyer_is_not_proposed(app):
    need, company = a_need(a_buyer()), a_company()
    for refused, facts, key in (
        (company, {"text": "x" * 301}, "dismissal_too_long"),
        (a_buyer(), {}, "proposal_not_a_company"),
    ):
        with pytest.raises(RuleBroken) as problem:
            matching.dismiss(
                need, refused, by=None, role=Role.BUYER, reason=DismissalReason.OTHER, **facts
            )
        assert problem.value.key == key


def test_reasons_are_counted_by_side_for_the_buyers_who_come(app):
    edition, buyer = an_edition(), a_buyer()
    a_registration(edition, buyer)
    need, elsewhere = a_need(buyer), a_need(a_buyer())
    for _ in range(2):
        matching.dismiss(
            need, a_company(), by=None, role=Role.COMPANY, reason=DismissalReason.TOO_FAR
        )
    matching.dismiss(need, a_company(), by=None, role=Role.BUYER, reason=DismissalReason.OTHER)
    matching.dismiss(elsewhere, a_company(), by=None, role=Role.BUYER, reason=DismissalReason.OTHER)
    assert dismissals.counted(edition) == {
        Role.COMPANY: {DismissalReason.TOO_FAR: 2}, Role.BUYER: {DismissalReason.OTHER: 1},
    }  # fmt: skip


def test_a_company_is_invited_once_to_a_need_by_a_letter_to_each_of_its_people(app):
    need, company = a_need(a_buyer(name="Ville d'Ès"), title="Tonte"), a_company()
    people = [a_member(company), a_member(company, a_user(language="en"))]

    matching.invite(need, company, by=None, edition=an_edition(name="Coventis 2027"))

    letters = list(db.session.scalars(select(Letter).order_by(Letter.id)))
    assert [one.to_email for one in letters] == [one.email for one in people]
    assert "Ville d'Ès" in letters[0].subject
    assert f"/besoins/{need.id}" in letters[0].body_text
    assert "Coventis 2027" in letters[0].body_text
    with pytest.raises(RuleBroken) as again:
        matching.invite(need, company, by=None)
    assert again.value.key == "already_invited"
    assert len(list(db.session.scalars(select(NeedInvitation)))) == 1


def test_an_invitation_keeps_the_name_of_a_buyer_who_keeps_it(app):
    buyer = a_buyer(name="Ville secrète")
    need, company = a_need(buyer, is_anonymous=True), a_company()
    a_member(company)
    matching.invite(need, company, by=None)
    letter = db.session.scalars(select(Letter)).one()
    assert "secrète" not in letter.subject + letter.body_text + letter.body_html


@pytest.mark.parametrize(
    ("state", "member", "key"),
    [
        (NeedState.DRAFT, True, "invitation_not_published"),
        (NeedState.PUBLISHED, False, "invitation_unread"),
    ],
)
def test_nobody_is_invited_to_a_draft_and_no_letter_goes_to_nobody(app, state, member, key):
    need, company = a_need(a_buyer(), state=state), a_company()
    if member:
        a_member(company)
    with pytest.raises(RuleBroken) as refused:
        matching.invite(need, company, by=None)
    assert refused.value.key == key


def test_a_new_ranking_takes_the_place_of_the_former_one(app):
    need, one, other = a_need(a_buyer(), a_sector()), a_company(), a_company()
    first = [Placed(one.id, 90, 1, 1, {"sector": 100}), Placed(other.id, 40, 2, None, {})]
    matching.keep_rankings([Ranked(need.id, first, 2, {"out_of_reach": 3})])
    matching.keep_rankings([Ranked(need.id, [Placed(other.id, 80, 1, 1, {})], 1, {})])

    kept = rankings.kept(need)
    assert kept is not None
    assert (kept.companies, kept.found, kept.aside) == ([other.id], 1, {})
    assert [line.score for line in db.session.scalars(select(Proposal))] == [80]
    matching.forget_rankings([need.id])
    assert rankings.kept(need) is None
