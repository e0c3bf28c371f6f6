# SPDX-License-Identifier: EUPL-1.2
"""The letters that a team of organisers had written, and what became of each."""

from collections import Counter

from sqlalchemy import func, or_, select

from app.models.base import db
from app.models.letters import Letter as Letter
from app.models.letters import SuspendedAddress as SuspendedAddress
from app.queries.pages import Page, page_of
from app.queries.rows import one_of
from app.rules.letters import LetterState, same_address


def by_id(letter_id: int) -> Letter:
    """The letter of this number. Errors: NotFound."""
    return one_of(Letter, letter_id)


def wanted(
    organiser_id: int,
    *,
    state: LetterState | None = None,
    kind: str | None = None,
    text: str = "",
    page: int = 1,
) -> Page[Letter]:
    """The team's letters, the latest first: of this kind, in this state, to such a reader."""
    found = select(Letter).where(Letter.organiser_id == organiser_id)
    if state is not None:
        found = found.where(Letter.state == state)
    if kind:
        found = found.where(Letter.kind == kind)
    if text.strip():
        said = text.strip()
        found = found.where(
            or_(
                Letter.to_email.icontains(said, autoescape=True),
                Letter.to_name.icontains(said, autoescape=True),
            )
        )
    return page_of(found.order_by(Letter.written_at.desc(), Letter.id.desc()), page)


def not_delivered(organiser_id: int) -> list[Letter]:
    """The team's letters that no server would take."""
    failed = select(Letter).where(
        Letter.organiser_id == organiser_id, Letter.state == LetterState.FAILED
    )
    return list(db.session.scalars(failed.order_by(Letter.id)))


def counts(organiser_id: int) -> Counter[LetterState]:
    """How many of the team's letters are in each state."""
    by_state = (
        select(Letter.state, func.count())
        .where(Letter.organiser_id == organiser_id)
        .group_by(Letter.state)
    )
    return Counter(dict(db.session.execute(by_state).all()))


def kinds(organiser_id: int) -> list[str]:
    """The kinds of letters that the team has had written."""
    written = select(Letter.kind).where(Letter.organiser_id == organiser_id).distinct()
    return sorted(db.session.scalars(written))


def suspended(address: str) -> SuspendedAddress | None:
    """Why letters to many leave this address out, if they do."""
    found = select(SuspendedAddress).where(SuspendedAddress.address == same_address(address))
    return db.session.scalar(found)
