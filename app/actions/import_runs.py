# SPDX-License-Identifier: EUPL-1.2
"""A table that was looked at is confirmed and carried out, or put aside."""

from collections.abc import Collection

from app.actions import contract_imports, listing_imports, seats
from app.actions.base import action
from app.actions.imports import LINES_AT_ONCE, Tell, asked, quiet, remember_columns
from app.models import clock
from app.models.accounts import User
from app.models.history import remember
from app.models.imports import DirectoryImport
from app.models.jobs import later
from app.queries import imports
from app.rules.imports import AT_ONCE, Holds, ImportState, require_import, require_open


@action
def confirm(
    an_import: DirectoryImport,
    *,
    by: User | None,
    list_buyers: bool = False,
    kin: Collection[str] = (),
) -> None:
    """Let the good lines into the directory: at once when they are few, else by a job.

    An import that was stopped on its way may be confirmed again, and goes on.
    list_buyers: of contracts, put the buyers that the directory does not know into it. kin: SIRET
    numbers of those that are establishments of a known buyer, as proposed.
    Errors: RuleBroken `import_step` when it is under way, done or put aside.
    """
    begin(an_import, by=by, list_buyers=list_buyers, kin=kin)
    if an_import.good > AT_ONCE:
        an_import.job = later("carry_out_import", **asked(an_import, by))
        an_import.job_id = an_import.job.id
        return
    carry_out(an_import, by=by)


@action
def begin(
    an_import: DirectoryImport,
    *,
    by: User | None,
    list_buyers: bool = False,
    kin: Collection[str] = (),
) -> None:
    """Say that an import is confirmed, and by whom. Errors: RuleBroken `import_step`."""
    require_import(an_import.state, an_import.job.state if an_import.job else None)
    an_import.state = ImportState.CONFIRMED
    an_import.lists_buyers = an_import.lists_buyers or list_buyers
    contract_imports.attach(an_import, kin, by=by)
    remember_columns(an_import)
    remember(by, "import.confirmed", an_import, lines=an_import.good, file=an_import.file_name)


def carry_out(an_import: DirectoryImport, *, by: User | None, tell: Tell = quiet) -> None:
    """Let all good lines in, a few hundred per transaction; those that are in change nothing.

    tell: called with how many lines are in, and how many there are.
    """
    begin_again(an_import)
    total = an_import.good
    if an_import.holds == Holds.CONTRACTS:
        for contracts in imports.parts(contract_imports.contracts_of(an_import), LINES_AT_ONCE):
            tell(an_import.done, total)
            contract_imports.carry_out(an_import, contracts, by=by)
    else:
        for lines in imports.parts(listing_imports.good_lines_of(an_import), LINES_AT_ONCE):
            tell(an_import.done, total)
            listing_imports.carry_out(an_import, lines, by=by)
    seats.complete(since=an_import.created_at, pause=lambda: tell(max(0, total - 1), total))
    end(an_import)
    tell(total, total)


@action
def begin_again(an_import: DirectoryImport) -> None:
    """Start from the first line: those that are in already change nothing."""
    an_import.done = 0


@action
def end(an_import: DirectoryImport) -> None:
    """All lines are in: the file itself is forgotten, the report stays."""
    an_import.state, an_import.ended_at = ImportState.DONE, clock.now()
    an_import.content = b""


@action
def put_aside(an_import: DirectoryImport, *, by: User | None) -> None:
    """Forget a table that was only looked at. Errors: RuleBroken `import_step`."""
    require_open(an_import.state, an_import.job.state if an_import.job else None)
    an_import.state, an_import.ended_at = ImportState.DISCARDED, clock.now()
    an_import.content = b""
    remember(by, "import.put_aside", an_import, file=an_import.file_name)
