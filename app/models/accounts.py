# SPDX-License-Identifier: EUPL-1.2
"""People with an account, and the teams of organisers they are in."""

from sqlalchemy import UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Instant, Key, Word, link


class User(Base):
    """A person who logs in, by password or by a link sent by mail.

    verified_at: when the address was proved. stamp: grows to end all open sessions and links.
    """

    __tablename__ = "user_account"

    id: Mapped[Key]
    email: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Word]
    language: Mapped[str]
    password_hash: Mapped[str | None]
    verified_at: Mapped[Instant | None]
    last_login_at: Mapped[Instant | None]
    stamp: Mapped[int]
    created_at: Mapped[Instant]


class Organiser(Base):
    """A team that runs fairs: a regional chamber of SSE and its partners.

    validates_needs: whether it reads each need of its buyers before everybody does.
    """

    __tablename__ = "organiser"

    id: Mapped[Key]
    name: Mapped[Word]
    email: Mapped[Word]
    is_demonstration: Mapped[bool]
    validates_needs: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def organiser_id(self) -> int:
        return self.id


class OrganiserMember(Base):
    """A person's place in a team of organisers."""

    __tablename__ = "organiser_member"
    __table_args__ = (UniqueConstraint("organiser_id", "user_id"),)

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    user_id: Mapped[int] = link("user_account")

    user: Mapped[User] = relationship()
    organiser: Mapped[Organiser] = relationship()
