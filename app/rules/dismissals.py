# SPDX-License-Identifier: EUPL-1.2
"""« Not for me »: why a side puts a proposal aside, and what it may say more."""

from enum import StrEnum

from app.rules.companies import Role
from app.rules.errors import RuleBroken
from app.rules.needs import NeedState

LONGEST = 300


class DismissalReason(StrEnum):
    """Why it is not for this side; counted, so that organisers see what is missing."""

    TOO_FAR = "too_far"
    TOO_BIG = "too_big"
    TOO_SMALL = "too_small"
    NOT_OUR_TRADE = "not_our_trade"
    ALREADY_MET = "already_met"
    NO_CAPACITY = "no_capacity"
    OTHER = "other"


def require_company(role: Role) -> None:
    """What is proposed for a need is a company. Errors: RuleBroken `proposal_not_a_company`."""
    if role != Role.COMPANY:
        raise RuleBroken("proposal_not_a_company")


def text_of(said: str) -> str:
    """What was written beside the reason. Errors: RuleBroken `dismissal_too_long`."""
    text = " ".join(said.split())
    if len(text) > LONGEST:
        raise RuleBroken("dismissal_too_long", field="text", most=LONGEST, written=len(text))
    return text


def require_published(state: NeedState) -> None:
    """Nobody is invited to a draft. Errors: RuleBroken `invitation_not_published`."""
    if state != NeedState.PUBLISHED:
        raise RuleBroken("invitation_not_published")
