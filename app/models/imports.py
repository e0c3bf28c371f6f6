# SPDX-License-Identifier: EUPL-1.2
"""Tables that were brought by an organiser, from the first look to the report."""

from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import User
from app.models.base import Base, Code, Facts, Instant, Key, Word, Words, link, status
from app.models.jobs import Job
from app.rules.companies import BuyerKind, Role
from app.rules.imports import Fate, Holds, ImportState


class DirectoryImport(Base):
    """A table of companies, buyers or public contracts: nothing enters before it is confirmed.

    content: the file, emptied once it is carried out or put aside. counts: Fate → how many lines.
    rejected: one per faulty cell (number, column, value, key, facts). ignored: names of columns.
    usual_kind: the kind of buyers whose kind is not written. done: lines carried out so far.
    Of contracts, role is that of their buyers, counts are of contracts, and figures hold what else
    was found (see `actions.contract_imports`); lists_buyers: those who are not in the directory
    are listed too, as somebody confirmed.
    """

    __tablename__ = "directory_import"

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    job_id: Mapped[int | None] = link("job", ondelete="SET NULL")
    holds: Mapped[Holds] = status(Holds)
    role: Mapped[Role] = status(Role)
    usual_kind: Mapped[BuyerKind | None] = status(BuyerKind)
    source: Mapped[Code]
    file_name: Mapped[Word]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[ImportState] = status(ImportState)
    total: Mapped[int]
    done: Mapped[int]
    counts: Mapped[Facts]
    figures: Mapped[Facts]
    lists_buyers: Mapped[bool]
    rejected: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    ignored: Mapped[Words]
    created_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]

    user: Mapped[User | None] = relationship(lazy="joined")
    job: Mapped[Job | None] = relationship(lazy="joined")

    @property
    def good(self) -> int:
        """How many lines, or contracts, may enter the directory."""
        return sum(self.counts.values()) + self.unlisted

    @property
    def unlisted(self) -> int:
        """How many contracts are of buyers who are not in the directory."""
        return int(self.figures.get("unlisted", 0))

    @property
    def changing(self) -> int:
        """How many lines add a listing or complete one."""
        return self.counts[Fate.NEW] + self.counts[Fate.CHANGED]

    @property
    def rejected_lines(self) -> int:
        return len({fault["number"] for fault in self.rejected})
