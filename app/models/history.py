# SPDX-License-Identifier: EUPL-1.2
"""Who did what, when: lines that are only ever added."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models import clock
from app.models.accounts import User
from app.models.base import Base, Code, Facts, Instant, Key, db, link


class HistoryLine(Base):
    """One thing that one person did to one subject, such as `registration.approved`."""

    __tablename__ = "history_line"

    id: Mapped[Key]
    at: Mapped[Instant]
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    organiser_id: Mapped[int | None] = link("organiser")
    verb: Mapped[Code]
    subject_kind: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[int] = mapped_column(index=True)
    facts: Mapped[Facts]


def remember(by: User | None, verb: str, subject: Base, **facts: object) -> None:
    """Write a line of history in the same transaction as the change it tells of."""
    if getattr(subject, "id", None) is None:
        db.session.flush()
    db.session.add(
        HistoryLine(
            at=clock.now(),
            user_id=by.id if by else None,
            organiser_id=getattr(subject, "organiser_id", None),
            verb=verb,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,  # type: ignore[attr-defined]
            facts=facts,
        )
    )
