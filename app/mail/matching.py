# SPDX-License-Identifier: EUPL-1.2
"""The letters about proposals: a buyer invites a company, and the digest of new needs."""

from collections.abc import Mapping, Sequence

from app.mail.written import Written, written


def need_invitation(
    *, language: str, name: str, company: str, buyer: str, need: object, edition: str, link: str
) -> Written:
    """Draws a company's attention to a need. buyer: "" while its name is kept.

    edition: the fair where the two may meet, "" when there is none.
    """
    return written(
        "need_invitation", language=language, name=name, company=company, buyer=buyer, need=need,
        edition=edition, link=link,
    )  # fmt: skip


def new_needs(
    *,
    language: str,
    name: str,
    company: str,
    told: Sequence[object],
    sectors: Mapping[int, object],
    more: int,
    link: str,
    exit: str,
) -> Written:
    """The new needs that an alert asks for: each with its reasons and its address.

    more: how many others will be told next time. exit: where one click ends these letters.
    """
    return written(
        "new_needs", language=language, name=name, company=company, told=told, sectors=sectors,
        more=more, link=link, exit=exit,
    )  # fmt: skip
