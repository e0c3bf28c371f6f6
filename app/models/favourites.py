# SPDX-License-Identifier: EUPL-1.2
"""Named lists in which the people of an organisation keep others, with a note of their own."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from app.models.accounts import User
from app.models.base import Base, Instant, Key, Prose, Word, link
from app.models.companies import Organisation


class Shortlist(Base):
    """A named list of an organisation; all its members read and change it, nobody else does."""

    __tablename__ = "shortlist"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = link("organisation")
    name: Mapped[Word]
    created_at: Mapped[Instant]


class Favourite(Base):
    """An organisation of the directory that is kept in a list.

    listing: who is kept. note: private to the organisation that keeps it. added_by: who kept it,
    None once that account is gone.
    """

    __tablename__ = "favourite"
    __table_args__ = (UniqueConstraint("shortlist_id", "listing_id"),)

    id: Mapped[Key]
    shortlist_id: Mapped[int] = link("shortlist")
    listing_id: Mapped[int] = link("organisation")
    note: Mapped[Prose]
    added_by_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    added_at: Mapped[Instant]

    shortlist: Mapped[Shortlist] = relationship(lazy="joined")
    listing: Mapped[Organisation] = relationship()
    added_by: Mapped[User | None] = relationship()

    @property
    def organisation_id(self) -> int:
        return self.shortlist.organisation_id
