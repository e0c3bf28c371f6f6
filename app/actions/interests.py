# SPDX-License-Identifier: EUPL-1.2
"""A company shows interest in a need; its buyer says yes or no, and may so step out of the dark."""

from app.actions import letters, links
from app.actions.base import action
from app.mail import needs as mail
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.history import remember
from app.models.needs import Need, NeedInterest
from app.queries import interests, questions
from app.rules.accounts import require_length
from app.rules.errors import RuleBroken
from app.rules.needs import InterestState
from app.rules.questions import LONGEST, require_company, require_open


@action
def show(need: Need, company: Organisation, *, by: User | None, message: str = "") -> NeedInterest:
    """Tell the buyer that a need interests this company; saying it twice changes the message.

    Errors: RuleBroken `question_not_a_company`, `need_not_open`, `need_answers_over`, or on
    `message`.
    """
    require_company(company.role)
    require_open(need.state)
    if need.answer_by is not None and need.answer_by < clock.today():
        raise RuleBroken("need_answers_over", answer_by=need.answer_by)
    said = require_length(message.strip(), field="message", most=LONGEST)
    shown = interests.between(need, company)
    if shown is not None:
        shown.message = said
        return shown
    shown = NeedInterest(
        need_id=need.id, need=need, company_id=company.id, company=company, message=said,
        state=InterestState.WAITING, shown_at=clock.now(), answered_at=None,
    )  # fmt: skip
    db.session.add(shown)
    db.session.flush()
    remember(by, "interest.shown", shown)
    link = links.page("public.needs.need", need=need.id, _anchor="interets")
    for reader in questions.readers([need.organisation_id]):
        written = mail.interest_shown(
            language=reader.language, name=reader.name, need=need.title,
            company=company.display_name, message=said, link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
    return shown


@action
def accept(interest: NeedInterest, *, by: User | None) -> None:
    """The buyer would like to know more; this company now reads whose need it is."""
    _answer(interest, InterestState.ACCEPTED, by)


@action
def decline(interest: NeedInterest, *, by: User | None) -> None:
    """Not this company; nothing more is told to it."""
    _answer(interest, InterestState.DECLINED, by)


def _answer(interest: NeedInterest, state: InterestState, by: User | None) -> None:
    """Errors: RuleBroken `interest_answered`: what was told cannot be untold."""
    db.session.refresh(interest, with_for_update={"of": NeedInterest})
    if interest.state != InterestState.WAITING:
        raise RuleBroken("interest_answered")
    interest.state, interest.answered_at = state, clock.now()
    remember(by, f"interest.{state.value}", interest)
    need, is_yes = interest.need, state == InterestState.ACCEPTED
    link = links.page("public.needs.need", need=need.id)
    for reader in questions.readers([interest.company_id]):
        written = mail.interest_answered(
            language=reader.language, name=reader.name, need=need.title, accepted=is_yes,
            buyer=need.organisation.display_name if is_yes else "", link=link,
        )  # fmt: skip
        letters.put(written, to=reader.email, name=reader.name)
