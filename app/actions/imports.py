# SPDX-License-Identifier: EUPL-1.2
"""A table of organisations is looked at, confirmed, carried out line by line, or put aside."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import current_app

from app.actions import companies, contract_imports
from app.actions.base import action
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.companies import Organisation
from app.models.history import remember
from app.models.imports import DirectoryImport
from app.models.jobs import Job, later
from app.queries import imports
from app.rules.columns import Column
from app.rules.companies import BuyerKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import (
    AT_ONCE,
    SOURCE,
    Fate,
    Holds,
    ImportState,
    Line,
    Reading,
    Rejected,
    reading_of,
    require_import,
    require_size,
    turned_down,
)
from app.rules.sheets import sheet_of

COLUMN_OF = {column.value: column for column in Column}


@action
def look_at(
    organiser: Organiser,
    *,
    by: User | None,
    role: Role,
    file_name: str,
    content: bytes,
    usual_kind: BuyerKind | None = None,
    source: str = SOURCE,
) -> DirectoryImport:
    """Read a table and say what it would do, changing nothing in the directory.

    source: kept on the listings that come from it; it begins with `import`.
    Errors: RuleBroken `sheet_…`, `import_no_name`, `import_no_siret`, on the field `file`.
    """
    require_size(content, most=current_app.config["UPLOAD_MAX_MB"])
    reading = reading_of(sheet_of(content, file_name), role, usual_kind)
    counts, strangers = _counted(reading, role)
    rejected = sorted([*reading.rejected, *strangers], key=lambda fault: fault.number)
    looked_at = DirectoryImport(
        organiser_id=organiser.id,
        user_id=by.id if by else None,
        job_id=None,
        holds=Holds.LISTINGS,
        role=role,
        usual_kind=usual_kind,
        source=source,
        file_name=file_name[-200:],
        content=content,
        state=ImportState.CHECKED,
        total=reading.total,
        done=0,
        counts=counts,
        figures={},
        lists_buyers=False,
        rejected=[asdict(fault) for fault in rejected],
        ignored=list(reading.ignored),
        created_at=clock.now(),
        ended_at=None,
    )
    db.session.add(looked_at)
    db.session.flush()
    return looked_at


@action
def confirm(an_import: DirectoryImport, *, by: User | None, list_buyers: bool = False) -> None:
    """Let the good lines into the directory: at once when they are few, else by a job.

    An import that was stopped on its way may be confirmed again, and goes on.
    list_buyers: of contracts, put the buyers that the directory does not know into it.
    Errors: RuleBroken `import_step` when it is under way, done or put aside.
    """
    begin(an_import, by=by, list_buyers=list_buyers)
    of_contracts = an_import.holds == Holds.CONTRACTS
    if an_import.good > AT_ONCE:
        job = _later(an_import, by)
        an_import.job_id, an_import.job = job.id, job
        return
    an_import.done = 0
    if of_contracts:
        contracts = contract_imports.contracts_of(an_import)
        contract_imports.carry_out(an_import, contracts, by=by)
    else:
        carry_out(an_import, lines_of(an_import), by=by)
    end(an_import)


@action
def begin(an_import: DirectoryImport, *, by: User | None, list_buyers: bool = False) -> None:
    """Say that an import is confirmed, and by whom. Errors: RuleBroken `import_step`."""
    require_import(an_import.state, an_import.job.state if an_import.job else None)
    an_import.state = ImportState.CONFIRMED
    an_import.lists_buyers = an_import.lists_buyers or list_buyers
    remember(by, "import.confirmed", an_import, lines=an_import.good, file=an_import.file_name)


@action
def begin_again(an_import: DirectoryImport) -> None:
    """Start from the first line: those that are in already change nothing."""
    an_import.done = 0


def lines_of(an_import: DirectoryImport) -> tuple[Line, ...]:
    """The good lines of the table, read again from the file."""
    sheet = sheet_of(an_import.content, an_import.file_name)
    return reading_of(sheet, an_import.role, an_import.usual_kind).lines


@action
def carry_out(an_import: DirectoryImport, lines: Sequence[Line], *, by: User | None) -> None:
    """Let these lines into the directory; carrying them out twice changes nothing more.

    A line that the directory refuses after all is added to the report.
    """
    known = imports.listed(lines)
    refused = []
    for line in lines:
        try:
            _let_in(line, known.get(line.identity), an_import, by)
        except RuleBroken as fault:
            column = COLUMN_OF.get(fault.field or "", Column.NAME)
            refused.append(turned_down(line.number, column, line.identity, fault))
    an_import.done += len(lines)
    if refused:
        an_import.rejected = [*an_import.rejected, *(asdict(fault) for fault in refused)]


@action
def end(an_import: DirectoryImport) -> None:
    """All lines are in: the file itself is forgotten, the report stays."""
    an_import.state, an_import.ended_at = ImportState.DONE, clock.now()
    an_import.content = b""


@action
def put_aside(an_import: DirectoryImport, *, by: User | None) -> None:
    """Forget a table that was only looked at. Errors: RuleBroken `import_step`."""
    require_import(an_import.state, an_import.job.state if an_import.job else None)
    an_import.state, an_import.ended_at = ImportState.DISCARDED, clock.now()
    an_import.content = b""
    remember(by, "import.put_aside", an_import, file=an_import.file_name)


def _later(an_import: DirectoryImport, by: User | None) -> Job:
    asked = {
        "owner_id": by.id if by else None,
        "organiser_id": an_import.organiser_id,
        "directory_import": an_import.id,
    }
    if an_import.holds == Holds.CONTRACTS:
        return later("import_contracts", **asked)
    return later("import_organisations", **asked)


def _counted(reading: Reading, role: Role) -> tuple[dict[str, int], list[Rejected]]:
    known = imports.listed(reading.lines)
    counts = dict.fromkeys(Fate, 0)
    strangers = []
    for line in reading.lines:
        fate = imports.fate_of(line, known.get(line.identity), role)
        if isinstance(fate, Rejected):
            strangers.append(fate)
        else:
            counts[fate] += 1
    return {fate.value: count for fate, count in counts.items()}, strangers


def _let_in(
    line: Line, organisation: Organisation | None, an_import: DirectoryImport, by: User | None
) -> None:
    fate = imports.fate_of(line, organisation, an_import.role)
    if organisation is None:
        facts = dict(line.facts)
        companies.list_organisation(role=an_import.role, by=by, source=an_import.source, **facts)
    elif fate == Fate.CHANGED:
        companies.describe(organisation, by=by, **imports.changed_by(line, organisation))
