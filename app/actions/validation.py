# SPDX-License-Identifier: EUPL-1.2
"""An organiser's team reads the needs of its buyers: it publishes them, or sends them back."""

from collections.abc import Collection

from app.actions import letters, links, needs
from app.actions.base import action
from app.mail import needs as mail
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.history import remember
from app.models.needs import Need
from app.queries import questions
from app.rules import needs as rules
from app.rules.errors import RuleBroken
from app.rules.needs import NeedState


@action
def approve(need: Need, *, by: User | None) -> None:
    """Show a need that was submitted to everybody, and tell its buyer.

    Errors: RuleBroken `need_step`, or what has become unlawful or incomplete meanwhile.
    """
    db.session.refresh(need, with_for_update={"of": Need})
    if need.state != NeedState.SUBMITTED:
        raise RuleBroken("need_step", now=need.state, wanted=NeedState.PUBLISHED)
    needs.require_publishable(need)
    needs.show(need)
    remember(by, "need.approved", need)
    link = links.page("public.needs.need", need=need.id)
    for reader in questions.readers([need.organisation_id]):
        written = mail.need_approved(
            language=reader.language, name=reader.name, need=need.title, link=link
        )
        letters.put(written, to=reader.email, name=reader.name, organiser_id=need.organiser_id)


@action
def approve_all(waiting: Collection[Need], *, by: User | None) -> int:
    """Publish all of these needs, or none when one of them cannot be. Returns how many."""
    for need in waiting:
        approve(need, by=by)
    return len(waiting)


@action
def send_back(need: Need, *, by: User | None, reason: str) -> None:
    """Give a need back to its buyer, who reads why; a published one leaves the public list.

    Errors: RuleBroken `need_step`, or `need_reason` on `reason`.
    """
    rules.require_step(need.state, NeedState.SENT_BACK)
    need.reason = rules.require_reason(reason)
    need.state, need.updated_at = NeedState.SENT_BACK, clock.now()
    remember(by, "need.sent_back", need, why=need.reason)
    link = links.page("member.needs.edit", need=need.id)
    for reader in questions.readers([need.organisation_id]):
        written = mail.need_sent_back(
            language=reader.language, name=reader.name, need=need.title, reason=need.reason,
            link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name, organiser_id=need.organiser_id)


@action
def read_needs_first(organiser: Organiser, *, by: User | None, wanted: bool) -> None:
    """Whether the team reads each need before it is published; those waiting go on waiting."""
    organiser.validates_needs = wanted
    remember(by, "organiser.reads_needs" if wanted else "organiser.trusts_buyers", organiser)
