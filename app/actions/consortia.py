# SPDX-License-Identifier: EUPL-1.2
"""Companies form a consortium: one leads, the others are asked, agree, and may leave."""

from app.actions import letters, links
from app.actions.base import action
from app.mail import letters as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.consortia import Consortium, ConsortiumMember
from app.models.history import remember
from app.queries import consortia, questions
from app.rules import consortia as rules
from app.rules.accounts import require_length, require_name
from app.rules.consortia import ConsortiumForm, MemberState


@action
def form(
    lead: Organisation,
    *,
    by: User | None,
    name: str,
    form: ConsortiumForm = ConsortiumForm.JOINT,
    text: str = "",
    share: int | None = None,
) -> Consortium:
    """Begin a consortium that this company leads. Errors: RuleBroken on `name`, `text`, `share`."""
    rules.require_company(lead.role)
    rules.require_share(share, ())
    consortium = Consortium(
        organisation_id=lead.id,
        name=require_name(name),
        form=form,
        text=require_length(text.strip(), field="text", most=rules.LONGEST_TEXT),
        created_at=clock.now(),
        dissolved_at=None,
    )
    db.session.add(consortium)
    db.session.flush()
    _member(consortium, lead, share=share, state=MemberState.ACCEPTED, is_lead=True)
    remember(by, "consortium.formed", consortium, name=consortium.name)
    return consortium


@action
def invite(
    consortium: Consortium, organisation: Organisation, *, by: User | None, share: int | None = None
) -> ConsortiumMember:
    """Ask a company to join; nothing is said in its name before it agrees.

    One that declined or left may be asked again. Errors: RuleBroken on `siret` or `share`.
    """
    rules.require_company(organisation.role)
    member = consortia.member_of(consortium, organisation)
    rules.require_new_member(member.state if member else None, name=organisation.display_name)
    rules.require_share(share, [one.share for one in consortia.members(consortium)])
    if member is None:
        member = _member(consortium, organisation, share=share, state=MemberState.ASKED)
    member.state, member.share = MemberState.ASKED, share
    member.asked_at, member.answered_at = clock.now(), None
    remember(by, "consortium.invited", consortium, name=organisation.display_name)
    link = links.page("member.consortia.mine", organisation=organisation.id)
    for reader in questions.readers([organisation.id]):
        written = mail.consortium_invited(
            language=reader.language, name=reader.name, lead=consortium.lead.display_name,
            organisation=organisation.display_name, consortium=consortium.name, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
    return member


@action
def answer(member: ConsortiumMember, *, by: User | None, agrees: bool) -> None:
    """Join, or not; the lead is told. Errors: RuleBroken `consortium_answered`."""
    db.session.refresh(member, with_for_update={"of": ConsortiumMember})
    rules.require_answer(member.state)
    member.state = MemberState.ACCEPTED if agrees else MemberState.DECLINED
    member.answered_at = clock.now()
    consortium = member.consortium
    name = member.organisation.display_name
    remember(by, "consortium.joined" if agrees else "consortium.declined", consortium, name=name)
    link = links.page("member.consortia.one", consortium=consortium.id)
    for reader in questions.readers([consortium.organisation_id]):
        written = mail.consortium_answered(
            language=reader.language, name=reader.name, member=name, consortium=consortium.name,
            agrees=agrees, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)


@action
def leave(member: ConsortiumMember, *, by: User | None) -> None:
    """A member leaves, or the lead takes one out; the next schedule does without it.

    Errors: RuleBroken `consortium_lead_stays`: the lead dissolves the consortium instead.
    """
    rules.require_no_lead(member.is_lead)
    member.state, member.answered_at = MemberState.LEFT, clock.now()
    remember(by, "consortium.left", member.consortium, name=member.organisation.display_name)


@action
def dissolve(consortium: Consortium, *, by: User | None) -> None:
    """End a consortium: it asks for nothing more; meetings that are planned stay."""
    consortium.dissolved_at = clock.now()
    remember(by, "consortium.dissolved", consortium, name=consortium.name)


def _member(
    consortium: Consortium,
    organisation: Organisation,
    *,
    share: int | None,
    state: MemberState,
    is_lead: bool = False,
) -> ConsortiumMember:
    member = ConsortiumMember(
        consortium_id=consortium.id,
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
