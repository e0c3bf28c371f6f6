# SPDX-License-Identifier: EUPL-1.2
"""What both sides do with proposals: put aside, take back, invite; and rankings that are kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, delete, insert

from app.actions import letters, links
from app.actions.base import action
from app.mail import matching as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.editions import Edition
from app.models.history import remember
from app.models.jobs import Job, later
from app.models.matching import Dismissal, NeedInvitation, NeedRanking, Proposal
from app.models.needs import Need
from app.queries import dismissals, questions, rankings
from app.rules import dismissals as rules
from app.rules.companies import Role
from app.rules.dismissals import DismissalReason
from app.rules.errors import RuleBroken


@dataclass(frozen=True)
class Placed:
    """One line of a ranking: a company, its points, its place in each of the two lists."""

    company: int
    score: int
    rank: int | None
    company_rank: int | None
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class Ranked:
    """The ranking of one need. found: how many are proposed. aside: Exclusion → how many."""

    need: int
    placed: Collection[Placed]
    found: int
    aside: Mapping[str, int]


@action
def dismiss(
    need: Need,
    company: Organisation,
    *,
    by: User | None,
    role: Role,
    reason: DismissalReason,
    text: str = "",
) -> Dismissal:
    """« Not for me »: the pair is never proposed again to either side, until it is taken back.

    role: the side that says so. Saying it again changes the reason.
    Errors: RuleBroken `proposal_not_a_company`, or on `text`.
    """
    rules.require_company(company.role)
    said = rules.text_of(text)
    found = dismissals.between(need, company, role)
    if found is None:
        found = Dismissal(need_id=need.id, organisation_id=company.id, by_role=role)
        db.session.add(found)
    found.reason, found.text, found.said_at = reason, said, clock.now()
    found.user_id = by.id if by else None
    db.session.flush()
    remember(by, "proposal.dismissed", found, aside=reason)
    return found


@action
def restore(dismissal: Dismissal, *, by: User | None) -> None:
    """The pair may be proposed again."""
    remember(by, "proposal.restored", dismissal)
    db.session.delete(dismissal)


@action
def invite(
    need: Need, company: Organisation, *, by: User | None, edition: Edition | None = None
) -> NeedInvitation:
    """Draw a company's attention to a need, once; who speaks for it gets a letter.

    edition: the fair where they may meet. The buyer's name is kept when the need is anonymous.
    Errors: RuleBroken `proposal_not_a_company`, `invitation_not_published`, `already_invited`,
    `invitation_unread`.
    """
    rules.require_company(company.role)
    rules.require_published(need.state)
    if company.id in dismissals.invited(need):
        raise RuleBroken("already_invited", name=company.display_name)
    readers = questions.readers([company.id])
    if not readers:
        raise RuleBroken("invitation_unread", name=company.display_name)
    sent = NeedInvitation(
        need_id=need.id,
        organisation_id=company.id,
        user_id=by.id if by else None,
        invited_at=clock.now(),
    )
    db.session.add(sent)
    db.session.flush()
    remember(by, "need.invited", sent)
    for reader in readers:
        written = mail.need_invitation(
            language=reader.language, name=reader.name, company=company.display_name,
            buyer="" if need.is_anonymous else need.organisation.display_name, need=need,
            edition=edition.name if edition else "",
            link=links.page("public.needs.need", need=need.id),
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
    return sent


@action
def ask_for_ranking(*, by: User | None = None, organiser_id: int | None = None) -> Job:
    """Rank all the open needs again; one ranking at a time.

    Errors: RuleBroken `ranking_runs`.
    """
    if rankings.is_running():
        raise RuleBroken("ranking_runs")
    return later("rank_needs", owner_id=by.id if by else None, organiser_id=organiser_id)


@action
def keep_rankings(ranked: Iterable[Ranked]) -> None:
    """Put these rankings in the place of the former ones of the same needs."""
    now = clock.now()
    for one in ranked:
        _forget([one.need])
        ranking = NeedRanking(
            need_id=one.need, ranked_at=now, found=one.found, aside=dict(one.aside)
        )
        db.session.add(ranking)
        lines = [
            {
                "need_id": one.need, "organisation_id": placed.company, "score": placed.score,
                "rank": placed.rank, "company_rank": placed.company_rank,
                "reasons": dict(placed.reasons),
            }
            for placed in one.placed
        ]  # fmt: skip
        if lines:
            db.session.execute(insert(cast(Table, Proposal.__table__)), lines)


@action
def forget_rankings(needs: Collection[int]) -> None:
    """Drop the rankings of needs that are no longer open."""
    _forget(needs)


def _forget(needs: Collection[int]) -> None:
    db.session.execute(delete(Proposal).where(Proposal.need_id.in_(needs)))
    db.session.execute(delete(NeedRanking).where(NeedRanking.need_id.in_(needs)))
