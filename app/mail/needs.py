# SPDX-License-Identifier: EUPL-1.2
"""The letters about needs: submitted, published, sent back, of interest, and the yearly census."""

from datetime import date

from app.mail.written import Written, written


def need_submitted(*, language: str, name: str, need: str, buyer: str, link: str) -> Written:
    """Tells the team that a need waits to be read."""
    return written(
        "need_submitted", language=language, name=name, need=need, buyer=buyer, link=link
    )


def need_approved(*, language: str, name: str, need: str, link: str) -> Written:
    """Tells a buyer that everybody now reads its need."""
    return written("need_approved", language=language, name=name, need=need, link=link)


def need_sent_back(*, language: str, name: str, need: str, reason: str, link: str) -> Written:
    """Tells a buyer what to mend in its need."""
    return written(
        "need_sent_back", language=language, name=name, need=need, reason=reason, link=link
    )


def interest_shown(
    *, language: str, name: str, need: str, company: str, message: str, link: str
) -> Written:
    """Tells a buyer that one of its needs interests a company."""
    return written(
        "interest_shown", language=language, name=name, need=need, company=company,
        message=message, link=link,
    )  # fmt: skip


def interest_answered(
    *, language: str, name: str, need: str, accepted: bool, buyer: str, link: str
) -> Written:
    """Tells a company what became of its interest. buyer: "" when its name is not told."""
    return written(
        "interest_answered", language=language, name=name, need=need, accepted=accepted,
        buyer=buyer, link=link,
    )  # fmt: skip


def campaign_opened(
    *,
    language: str,
    name: str,
    campaign: str,
    year: int,
    organisation: str,
    team: str,
    answer_by: date,
    message: str,
    link: str,
) -> Written:
    """Asks a buyer what it will buy this year; message: some words of the team."""
    return written(
        "campaign_opened", language=language, name=name, campaign=campaign, year=year,
        organisation=organisation, team=team, answer_by=answer_by, message=message, link=link,
    )  # fmt: skip


def campaign_reminded(
    *,
    language: str,
    name: str,
    campaign: str,
    year: int,
    organisation: str,
    team: str,
    answer_by: date,
    message: str,
    link: str,
) -> Written:
    """Asks once more a buyer who has not answered."""
    return written(
        "campaign_reminded", language=language, name=name, campaign=campaign, year=year,
        organisation=organisation, team=team, answer_by=answer_by, message=message, link=link,
    )  # fmt: skip
