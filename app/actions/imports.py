# SPDX-License-Identifier: EUPL-1.2
"""A table is brought, its columns are said, and what it would do is told; see `import_runs` then.

What its lines do is in `listing_imports` and `contract_imports`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app

from app.actions import contract_imports, faults, listing_imports
from app.actions.base import action
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.imports import DirectoryImport, ImportProfile
from app.models.jobs import later
from app.queries import imports
from app.rules.columns import Column
from app.rules.companies import BuyerKind, Role
from app.rules.errors import RuleBroken
from app.rules.imports import (
    LOOKED_AT_ONCE,
    SOURCE,
    Holds,
    ImportState,
    Usual,
    require_open,
    require_size,
)
from app.rules.mapping import Sureness, fingerprint, guessed, require_columns
from app.rules.outlines import has_columns, outline_of, places_of

LINES_AT_ONCE = 250
LONGEST_SOURCE = 70
MOST_MB_BY_COMMAND = 100
Tell = Callable[[int, int], None]


@action
def bring(
    organiser: Organiser,
    *,
    by: User | None,
    role: Role | None,
    file_name: str,
    content: bytes,
    usual: Usual | None = None,
    source: str = "",
) -> DirectoryImport:
    """Keep a table, recognise its columns, and say what it would do: at once, or by a job if long.

    role: of the organisations in it, None for public contracts. usual: what counts where it says
    nothing. source: what the team calls the list. A table whose columns are not recognised waits
    until somebody says them. Errors: RuleBroken `sheet_…`, `decp_json`, on the field `file`.
    """
    require_size(content, most=current_app.config["UPLOAD_MAX_MB"])
    an_import = _brought(organiser, by, role, file_name, content, usual or Usual(), source)
    if not an_import.problem:
        _look_soon(an_import, by)
    return an_import


@action
def look_at(
    organiser: Organiser,
    *,
    by: User | None,
    role: Role | None,
    file_name: str,
    content: bytes,
    usual: Usual | None = None,
    source: str = "",
) -> DirectoryImport:
    """Keep a table and say at once what it would do, changing nothing in the directory.

    For commands, which may read larger files than a page.
    Errors: those of `bring`, and RuleBroken `import_no_name`, `import_no_siret`, `decp_columns`
    when its columns are not recognised.
    """
    require_size(content, most=MOST_MB_BY_COMMAND)
    an_import = _brought(organiser, by, role, file_name, content, usual or Usual(), source)
    if an_import.problem:
        facts = an_import.problem["facts"]
        raise RuleBroken(an_import.problem["key"], field="file", **facts)
    look(an_import)
    return an_import


def _brought(
    organiser: Organiser,
    by: User | None,
    role: Role | None,
    file_name: str,
    content: bytes,
    usual: Usual,
    source: str,
) -> DirectoryImport:
    outline = outline_of(content, file_name, role)
    kind = role.value if role else Holds.CONTRACTS.value
    profile = imports.profile(organiser.id, kind, fingerprint(outline.header))
    found = guessed(outline.header, outline.examples, role)
    columns = {one.column.value: one.place for one in found if one.column}
    unsure = [one.column.value for one in found if one.column and one.sureness != Sureness.NAMED]
    an_import = DirectoryImport(
        organiser_id=organiser.id,
        user_id=by.id if by else None,
        job_id=None,
        holds=Holds.LISTINGS if role else Holds.CONTRACTS,
        role=role or Role.BUYER,
        usual_kind=usual.buyer_kind or BuyerKind.PUBLIC,
        usual_company_kind=usual.company_kind,
        label=usual.label,
        source=_source(source) if source else profile.source if profile else SOURCE,
        file_name=file_name[-200:],
        content=content,
        header=[{"name": one.name, "examples": list(one.examples)} for one in found],
        columns=dict(profile.columns) if profile else columns,
        unsure=[] if profile else unsure,
        remembered=profile is not None,
        state=ImportState.BROUGHT,
        problem={},
        total=outline.total,
        done=0,
        counts={},
        figures={},
        samples=[],
        kin=[],
        refused=0,
        lists_buyers=False,
        created_at=clock.now(),
        ended_at=None,
    )
    an_import.problem = _problem(an_import)
    db.session.add(an_import)
    db.session.flush()
    return an_import


def _source(name: str) -> str:
    return f"{SOURCE}: {' '.join(name.split())[:LONGEST_SOURCE]}"


def _problem(an_import: DirectoryImport) -> dict[str, Any]:
    role = None if an_import.holds == Holds.CONTRACTS else an_import.role
    if not an_import.header and not has_columns(an_import.content, role):
        return {}
    try:
        names = [one["name"] for one in an_import.header]
        require_columns(names, places_of(an_import.columns), role)
    except RuleBroken as fault:
        return {"key": fault.key, "facts": fault.facts}
    return {}


@action
def say_columns(
    an_import: DirectoryImport, *, columns: Mapping[Column, int], by: User | None
) -> None:
    """Say what each column holds; the next file with the same columns will be read the same way.

    Errors: RuleBroken `import_step` when it is confirmed already, `import_no_name`,
    `import_no_siret`, `decp_columns` when a column is missing.
    """
    require_open(an_import.state, an_import.job.state if an_import.job else None)
    names = [one["name"] for one in an_import.header]
    require_columns(names, columns, None if _of_contracts(an_import) else an_import.role)
    an_import.columns = {column.value: place for column, place in columns.items()}
    an_import.unsure, an_import.problem = [], {}
    remember_columns(an_import)
    _look_soon(an_import, by)


@action
def remember_columns(an_import: DirectoryImport) -> None:
    """The next file of this team with the same columns will be read the same way."""
    if not an_import.header:
        return
    kind = Holds.CONTRACTS.value if _of_contracts(an_import) else an_import.role.value
    mark = fingerprint([one["name"] for one in an_import.header])
    team = an_import.organiser_id
    profile = imports.profile(team, kind, mark)
    if profile is None:
        profile = ImportProfile(organiser_id=team, holds_what=kind, fingerprint=mark)
    profile.columns, profile.source = dict(an_import.columns), an_import.source
    profile.used_at = clock.now()
    db.session.add(profile)


def _look_soon(an_import: DirectoryImport, by: User | None) -> None:
    if len(an_import.content) <= LOOKED_AT_ONCE:
        look(an_import)
        return
    an_import.state = ImportState.READING
    an_import.job = later("look_at_import", **asked(an_import, by))
    an_import.job_id = an_import.job.id


def _of_contracts(an_import: DirectoryImport) -> bool:
    return an_import.holds == Holds.CONTRACTS


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@action
def begin_look(an_import: DirectoryImport) -> None:
    """Forget what an earlier look said."""
    faults.forget(an_import)
    an_import.counts, an_import.samples, an_import.figures, an_import.kin = {}, [], {}, []
    an_import.problem = {}


def look(an_import: DirectoryImport, *, tell: Tell = quiet) -> None:
    """Say what the lines would do, a few hundred per transaction; nothing enters the directory.

    tell: called with how many lines are read, and how many there are.
    """
    begin_look(an_import)
    if _of_contracts(an_import):
        contract_imports.end_look(an_import, contract_imports.survey(an_import, tell=tell))
        return
    tally, done = listing_imports.Tally(), 0
    for part in imports.parts(listing_imports.lines_of(an_import), 2 * LINES_AT_ONCE):
        tell(done, an_import.total)
        listing_imports.look_over(an_import, part, tally)
        done += len(part)
    end_look(an_import, tally)


@action
def end_look(an_import: DirectoryImport, tally: listing_imports.Tally) -> None:
    """All lines are looked over: the table waits for an answer."""
    an_import.counts, an_import.samples = tally.counts, tally.samples
    an_import.state, an_import.job_id, an_import.job = ImportState.CHECKED, None, None


@action
def give_up(an_import: DirectoryImport, fault: RuleBroken) -> None:
    """The file cannot be read after all: it waits, with the reason, to be put aside."""
    plain = {name: str(value) for name, value in fault.facts.items()}
    an_import.state, an_import.job_id, an_import.job = ImportState.BROUGHT, None, None
    an_import.problem = {"key": fault.key, "facts": plain}


def asked(an_import: DirectoryImport, by: User | None) -> dict[str, Any]:
    """What a job of this import has to know."""
    return {
        "owner_id": by.id if by else None,
        "organiser_id": an_import.organiser_id,
        "directory_import": an_import.id,
    }
