# SPDX-License-Identifier: EUPL-1.2
"""Tables that were brought by an organiser, from the first look to the report."""

from typing import Any

from sqlalchemy import JSON, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.accounts import User
from app.models.base import Base, Code, Facts, Instant, Key, Word, Words, link, status
from app.models.jobs import Job
from app.rules.columns import Column
from app.rules.companies import BuyerKind, CompanyKind, Role
from app.rules.imports import Fate, Holds, ImportState


class DirectoryImport(Base):
    """A table of companies, buyers or public contracts: nothing enters before it is confirmed.

    content: the file, emptied once it is carried out or put aside. source: `import`, or `import: `
    and the name that somebody gave to where it comes from.
    header: one {name, examples} per column of the file. columns: Column → its place there; unsure:
    those that were guessed; remembered: whether they are those of an earlier file.
    usual_kind, usual_company_kind, label: what counts where the file says nothing.
    counts: Fate → how many lines. refused: how many lines were turned down. samples: a few lines
    and what they would change. problem: key and facts of the refusal that stops it, if any.
    done: lines carried out so far. Of contracts, role is that of their buyers, counts are of
    contracts, figures hold what else was found (see `actions.contract_imports`) and kin the buyers
    that may be establishments of known ones; lists_buyers: those who are not in the directory are
    listed too, as somebody confirmed.
    """

    __tablename__ = "directory_import"

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    user_id: Mapped[int | None] = link("user_account", ondelete="SET NULL")
    job_id: Mapped[int | None] = link("job", ondelete="SET NULL")
    holds: Mapped[Holds] = status(Holds)
    role: Mapped[Role] = status(Role)
    usual_kind: Mapped[BuyerKind | None] = status(BuyerKind)
    usual_company_kind: Mapped[CompanyKind | None] = status(CompanyKind)
    label: Mapped[Code] = mapped_column(server_default="")
    source: Mapped[Code]
    file_name: Mapped[Word]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    header: Mapped[list[dict[str, Any]]] = mapped_column(JSON, server_default="[]")
    columns: Mapped[Facts] = mapped_column(server_default="{}")
    unsure: Mapped[Words] = mapped_column(server_default="[]")
    remembered: Mapped[bool] = mapped_column(server_default=false())
    state: Mapped[ImportState] = status(ImportState)
    problem: Mapped[Facts] = mapped_column(server_default="{}")
    total: Mapped[int]
    done: Mapped[int]
    counts: Mapped[Facts]
    figures: Mapped[Facts]
    samples: Mapped[list[dict[str, Any]]] = mapped_column(JSON, server_default="[]")
    kin: Mapped[list[dict[str, Any]]] = mapped_column(JSON, server_default="[]")
    refused: Mapped[int] = mapped_column(server_default="0")
    lists_buyers: Mapped[bool]
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
        return int(self.counts.get(Fate.NEW, 0) + self.counts.get(Fate.CHANGED, 0))

    @property
    def ignored(self) -> list[str]:
        """The names of columns left aside."""
        used = set(self.columns.values())
        return [one["name"] for at, one in enumerate(self.header) if one["name"] and at not in used]

    @property
    def source_name(self) -> str:
        """What somebody called the list, or ""."""
        return self.source.partition(":")[2].strip()


class ImportFault(Base):
    """A cell for which a line was turned down; key, facts: as in `RuleBroken`.

    cells: the whole line, with its first fault, so that the report can be mended and sent again.
    """

    __tablename__ = "import_fault"

    id: Mapped[Key]
    import_id: Mapped[int] = link("directory_import")
    number: Mapped[int]
    column: Mapped[Column] = status(Column)
    value: Mapped[Word]
    key: Mapped[Code]
    facts: Mapped[Facts]
    cells: Mapped[Words]


class ImportProfile(Base):
    """What the columns of a file hold, as a team said it once, for the next file of that kind.

    holds_what: `company`, `buyer` or `contracts`. fingerprint: of its header. source: as above.
    """

    __tablename__ = "import_profile"
    __table_args__ = (UniqueConstraint("organiser_id", "holds_what", "fingerprint"),)

    id: Mapped[Key]
    organiser_id: Mapped[int] = link("organiser")
    holds_what: Mapped[str] = mapped_column(String(20))
    fingerprint: Mapped[str] = mapped_column(String(32))
    columns: Mapped[Facts]
    source: Mapped[Code]
    used_at: Mapped[Instant]
