# SPDX-License-Identifier: EUPL-1.2
"""A buyer's purchase programme is looked at, then becomes drafts that only the buyer publishes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import current_app

from app.actions import needs
from app.actions.base import action
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation, Sector
from app.models.history import remember
from app.models.needs import Need, NeedImport
from app.queries import programmes
from app.rules.errors import RuleBroken
from app.rules.needs import UNSEEN, AmountBand, NeedKind, SetAside, require_buyer
from app.rules.programmes import (
    MOST_NEEDS,
    Fate,
    Fault,
    Field,
    Line,
    fault_of,
    is_title,
    programme_of,
)
from app.rules.sheets import sheet_of
from app.rules.territories import DEPARTMENTS

DAYS = ("starts_on", "tender_on", "ends_on")
BROUGHT = (
    "title", "text", "cpv", "amount_exact", "months", "departments", "set_aside", "kind", *DAYS,
)  # fmt: skip


@action
def look_at(
    organisation: Organisation, *, by: User | None, file_name: str, content: bytes
) -> NeedImport:
    """Read a programme and say what it would do; no need is written yet.

    Errors: RuleBroken `sheet_…`, `programme_no_header`, `file_too_big`, on the field `file`.
    """
    require_buyer(organisation.role)
    most = current_app.config["UPLOAD_MAX_MB"]
    if len(content) > most * 1024**2:
        written = f"{len(content) / 1024**2:.1f}"
        raise RuleBroken("file_too_big", field="file", written=written, most=most)
    sheet = sheet_of(content, file_name, most=MOST_NEEDS, is_title=is_title)
    programme = programme_of(sheet)
    lines, faults = _with_sectors(programme.lines)
    known = programmes.by_key(organisation)
    looked_at = NeedImport(
        organisation_id=organisation.id,
        organisation=organisation,
        user_id=by.id if by else None,
        file_name=file_name[-200:],
        total=programme.total,
        columns={one.value: title for one, title in programme.columns.items()},
        lines=lines,
        rejected=[asdict(fault) for fault in sorted([*programme.faults, *faults], key=_number)],
        counts=_counted(lines, known),
        created_at=clock.now(),
        ended_at=None,
    )
    db.session.add(looked_at)
    db.session.flush()
    return looked_at


@action
def carry_out(programme: NeedImport, *, by: User | None) -> dict[str, int]:
    """Write the drafts; what a person typed since the last time stays. Returns fate → how many.

    A need that was published, submitted or ended is left alone. Errors: RuleBroken `import_done`.
    """
    db.session.refresh(programme, with_for_update={"of": NeedImport})
    if programme.ended_at is not None:
        raise RuleBroken("import_done")
    known = programmes.by_key(programme.organisation)
    programme.counts = _counted(programme.lines, known)
    sectors = {sector.id: sector for sector in programmes.sectors()}
    for line in programme.lines:
        _write(programme.organisation, line, known.get(str(line["key"])), sectors, by)
    programme.ended_at = clock.now()
    remember(by, "needs.brought", programme, file=programme.file_name, counts=programme.counts)
    return dict(programme.counts)


@action
def put_aside(programme: NeedImport, *, by: User | None) -> None:
    """Forget a programme that was only looked at. Errors: RuleBroken `import_done`."""
    if programme.ended_at is not None:
        raise RuleBroken("import_done")
    db.session.delete(programme)


def _number(fault: Fault) -> int:
    return fault.number


def _with_sectors(lines: tuple[Line, ...]) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The lines as they are kept (JSON), with the trade that each one names, if we know it."""
    named = programmes.sectors_by_name()
    kept, faults = [], []
    for line in lines:
        sector = programmes.sector_named(line.sector, named)
        if line.sector and sector is None:
            unknown = RuleBroken("programme_sector")
            faults.append(fault_of(line.number, Field.SECTOR, line.sector, unknown, is_fatal=False))
        facts = {name: _as_json(fact) for name, fact in line.facts.items()}
        kept.append({"number": line.number, "key": line.key, "sector": sector, "facts": facts})
    return kept, faults


def _counted(lines: list[dict[str, Any]], known: Mapping[str, Need]) -> dict[str, int]:
    counts = dict.fromkeys((fate.value for fate in Fate), 0)
    for line in lines:
        counts[_fate(_facts(line), known.get(line["key"]))] += 1
    return counts


def _fate(facts: Mapping[str, Any], need: Need | None) -> Fate:
    if need is None:
        return Fate.NEW
    if need.state not in UNSEEN:
        return Fate.KEPT
    return Fate.CHANGED if _changes(facts, need) else Fate.SAME


def _changes(facts: Mapping[str, Any], need: Need) -> dict[str, Any]:
    """What the file says anew, where nobody typed anything else since it last spoke."""
    last = _typed(need.brought)
    return {
        name: fact
        for name, fact in facts.items()
        if getattr(need, name) != fact and name in last and getattr(need, name) == last[name]
    }


def _facts(line: Mapping[str, Any]) -> dict[str, Any]:
    return _typed(line["facts"])


def _typed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts that were kept as JSON, as a need holds them."""
    found = dict(facts)
    found |= {day: date.fromisoformat(facts[day]) for day in DAYS if facts.get(day)}
    if "set_aside" in facts:
        found["set_aside"] = SetAside(facts["set_aside"])
    if "kind" in facts:
        found["kind"] = NeedKind(facts["kind"])
    return found


def _write(
    buyer: Organisation,
    line: Mapping[str, Any],
    need: Need | None,
    sectors: Mapping[int, Sector],
    by: User | None,
) -> None:
    facts = _facts(line)
    if need is None:
        usual: dict[str, Any] = {
            "kind": NeedKind.SOURCING,
            "amount_band": AmountBand.UNKNOWN,
            "set_aside": SetAside.NONE,
            "departments": [buyer.department] if buyer.department in DEPARTMENTS else [],
        }
        called_for = [sectors[line["sector"]]] if line["sector"] in sectors else []
        need = needs.draft(
            buyer, by=by, sectors=called_for, line_key=line["key"], **{**usual, **facts}
        )
        need.brought = {name: _as_json(getattr(need, name)) for name in BROUGHT}
    elif need.state in UNSEEN and (changed := _changes(facts, need)):
        needs.change(need, by=by, **changed)
        need.brought = {**need.brought, **line["facts"]}


def _as_json(fact: Any) -> Any:
    return fact.isoformat() if isinstance(fact, date) else fact
