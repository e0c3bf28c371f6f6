# SPDX-License-Identifier: EUPL-1.2
"""Questions about a need: who may ask, when, and that everybody gets the same answer (R2111-1)."""

from app.rules.accounts import require_length
from app.rules.companies import Role
from app.rules.errors import RuleBroken
from app.rules.needs import NeedState

SHORTEST_QUESTION = 10
LONGEST = 2000


def require_company(role: Role) -> None:
    """Companies ask, the buyer answers. Errors: RuleBroken `question_not_a_company`."""
    if role != Role.COMPANY:
        raise RuleBroken("question_not_a_company")


def require_open(state: NeedState) -> None:
    """Only a published need may be asked about. Errors: RuleBroken `need_not_open`."""
    if state != NeedState.PUBLISHED:
        raise RuleBroken("need_not_open")


def require_unanswered(answer: str) -> None:
    """An answer that was read is not replaced. Errors: RuleBroken `question_answered`."""
    if answer:
        raise RuleBroken("question_answered")


def question_of(text: str) -> str:
    """The question without blanks around it. Errors: RuleBroken on `text`."""
    said = require_length(text.strip(), field="text", most=LONGEST)
    if len(said) < SHORTEST_QUESTION or len(said.split()) < 3:
        raise RuleBroken("question_too_short", field="text")
    return said


def answer_of(text: str) -> str:
    """The answer without blanks around it. Errors: RuleBroken on `answer`."""
    said = require_length(text.strip(), field="answer", most=LONGEST)
    if len(said) < 2:
        raise RuleBroken("answer_too_short", field="answer")
    return said
