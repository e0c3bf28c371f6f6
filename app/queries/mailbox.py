# SPDX-License-Identifier: EUPL-1.2
"""The mailbox of a demonstration: what its invented people would have received."""

from sqlalchemy import ColumnElement, or_, select

from app.models.base import db
from app.models.letters import Letter as Letter
from app.queries.pages import Page, page_of
from app.rules.errors import NotFound
from app.rules.letters import INVENTED, LetterState


def letters(text: str = "", *, page: int = 1) -> Page[Letter]:
    """The letters to invented people, the latest first, to such a name or address."""
    found = select(Letter).where(*_invented())
    if text:
        found = found.where(
            or_(
                Letter.to_email.icontains(text, autoescape=True),
                Letter.to_name.icontains(text, autoescape=True),
                Letter.subject.icontains(text, autoescape=True),
            )
        )
    return page_of(found.order_by(Letter.written_at.desc(), Letter.id.desc()), page, size=30)


def by_id(letter_id: int) -> Letter:
    """One letter to an invented person. Errors: NotFound, also for a letter to a real one."""
    letter = db.session.scalar(select(Letter).where(Letter.id == letter_id, *_invented()))
    if letter is None:
        raise NotFound
    return letter


def _invented() -> list[ColumnElement[bool]]:
    """Kept, and to an address that can never exist: a real person's letter is never shown."""
    never = [Letter.to_email.endswith(ending, autoescape=True) for ending in INVENTED]
    return [Letter.state == LetterState.KEPT, or_(*never)]
