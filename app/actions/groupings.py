# SPDX-License-Identifier: EUPL-1.2
"""Companies form a grouping: one leads, the others are asked, agree, and may leave."""

from app.actions import letters, links
from app.actions.base import action
from app.mail import letters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.groupings import Grouping, GroupingMember
from app.models.history import remember
from app.queries import groupings, questions
from app.rules import groupings as rules
from app.rules.accounts import require_length, require_name
from app.rules.groupings import GroupingForm, MemberState


@action
def form(
    lead: Organisation,
    *,
    by: User | None,
    name: str,
    form: GroupingForm = GroupingForm.JOINT,
    text: str = "",
    share: int | None = None,
) -> Grouping:
    """Begin a grouping that this company leads. Errors: RuleBroken on `name`, `text`, `share`."""
    rules.require_company(lead.role)
    rules.require_share(share, ())
    grouping = Grouping(
        organisation_id=lead.id,
        name=require_name(name),
        form=form,
        text=require_length(text.strip(), field="text", most=rules.LONGEST_TEXT),
        created_at=clock.now(),
        dissolved_at=None,
    )
    db.session.add(grouping)
    db.session.flush()
    _member(grouping, lead, share=share, state=MemberState.ACCEPTED, is_lead=True)
    remember(by, "grouping.formed", grouping, name=grouping.name)
    return grouping


@action
def invite(
    grouping: Grouping, organisation: Organisation, *, by: User | None, share: int | None = None
) -> GroupingMember:
    """Ask a company to join; nothing is said in its name before it agrees.

    One that declined or left may be asked again. Errors: RuleBroken on `siret` or `share`.
    """
    rules.require_company(organisation.role)
    member = groupings.member_of(grouping, organisation)
    rules.require_new_member(member.state if member else None, name=organisation.display_name)
    rules.require_share(share, [one.share for one in groupings.members(grouping)])
    if member is None:
        member = _member(grouping, organisation, share=share, state=MemberState.ASKED)
    member.state, member.share = MemberState.ASKED, share
    member.asked_at, member.answered_at = clock.now(), None
    remember(by, "grouping.invited", grouping, name=organisation.display_name)
    link = links.page("member.groupings.mine", organisation=organisation.id)
    for reader in questions.readers([organisation.id]):
        written = mail.grouping_invited(
            language=reader.language, name=reader.name, lead=grouping.lead.display_name,
            organisation=organisation.display_name, grouping=grouping.name, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
    return member


@action
def answer(member: GroupingMember, *, by: User | None, agrees: bool) -> None:
    """Join, or not; the lead is told. Errors: RuleBroken `grouping_answered`."""
    db.session.refresh(member, with_for_update={"of": GroupingMember})
    rules.require_answer(member.state)
    member.state = MemberState.ACCEPTED if agrees else MemberState.DECLINED
    member.answered_at = clock.now()
    grouping = member.grouping
    name = member.organisation.display_name
    remember(by, "grouping.joined" if agrees else "grouping.declined", grouping, name=name)
    link = links.page("member.groupings.one", grouping=grouping.id)
    for reader in questions.readers([grouping.organisation_id]):
        written = mail.grouping_answered(
            language=reader.language, name=reader.name, member=name, grouping=grouping.name,
            agrees=agrees, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)


@action
def leave(member: GroupingMember, *, by: User | None) -> None:
    """A member leaves, or the lead takes one out; the next schedule does without it.

    Errors: RuleBroken `grouping_lead_stays`: the lead dissolves the grouping instead.
    """
    rules.require_no_lead(member.is_lead)
    member.state, member.answered_at = MemberState.LEFT, clock.now()
    remember(by, "grouping.left", member.grouping, name=member.organisation.display_name)


@action
def dissolve(grouping: Grouping, *, by: User | None) -> None:
    """End a grouping: it asks for nothing more; meetings that are planned stay."""
    grouping.dissolved_at = clock.now()
    remember(by, "grouping.dissolved", grouping, name=grouping.name)


def _member(
    grouping: Grouping,
    organisation: Organisation,
    *,
    share: int | None,
    state: MemberState,
    is_lead: bool = False,
) -> GroupingMember:
    member = GroupingMember(
        grouping_id=grouping.id,
        organisation_id=organisation.id,
        is_lead=is_lead,
        share=share,
        state=state,
        asked_at=clock.now(),
        answered_at=clock.now() if is_lead else None,
    )
    db.session.add(member)
    db.session.flush()
    return member
