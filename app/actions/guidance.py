# SPDX-License-Identifier: EUPL-1.2
"""A team writes a sheet, writes it again, publishes and withdraws it."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import delete, func, select

from app.actions.base import action
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.guidance import (
    Sheet,
    SheetEdition,
    SheetNeed,
    SheetSector,
    SheetVersion,
    SheetWorkshop,
)
from app.models.history import remember
from app.queries import guidance
from app.rules.errors import RuleBroken
from app.rules.guidance import SheetKind, SheetState, Wording, require_wording, slug_of
from app.rules.search import folded


@action
def write(
    organiser: Organiser,
    *,
    by: User | None,
    kind: SheetKind,
    wording: Wording,
    credit: str = "",
    sectors: Collection[int] = (),
    needs: Collection[int] = (),
    editions: Collection[int] = (),
    workshops: Collection[int] = (),
) -> Sheet:
    """Begin a sheet, a draft that only its team reads.

    sectors, needs, editions, workshops: ids of what it is about.

    Errors: RuleBroken on the field that is missing or too long.
    """
    require_wording(kind, wording)
    sheet = Sheet(
        organiser_id=organiser.id,
        slug=_free_slug(wording.title_fr),
        kind=kind,
        state=SheetState.DRAFT,
        credit=credit.strip(),
        version=None,
        published_at=None,
        created_at=clock.now(),
    )
    db.session.add(sheet)
    db.session.flush()
    _version(sheet, 1, wording, by)
    _attach(sheet, sectors, needs, editions, workshops)
    remember(by, "sheet.written", sheet, title=wording.title_fr)
    return sheet


@action
def rewrite(
    sheet: Sheet,
    *,
    by: User | None,
    wording: Wording,
    credit: str = "",
    sectors: Collection[int] = (),
    needs: Collection[int] = (),
    editions: Collection[int] = (),
    workshops: Collection[int] = (),
) -> SheetVersion:
    """Write the next version; readers keep the published one until this one is published too.

    What it is about changes at once; the same words make no new version.

    Errors: RuleBroken on the field that is missing or too long.
    """
    require_wording(sheet.kind, wording)
    db.session.refresh(sheet, with_for_update={"of": Sheet})
    sheet.credit = credit.strip()
    _attach(sheet, sectors, needs, editions, workshops)
    last = guidance.latest_of(sheet)
    if _wording(last) == wording:
        return last
    remember(by, "sheet.rewritten", sheet, title=wording.title_fr, version=last.number + 1)
    return _version(sheet, last.number + 1, wording, by)


@action
def publish(sheet: Sheet, *, by: User | None) -> None:
    """Show the latest version to everybody."""
    words = guidance.latest_of(sheet)
    words.published_at = words.published_at or clock.now()
    sheet.published_at = sheet.published_at or clock.now()
    sheet.version, sheet.state = words.number, SheetState.PUBLISHED
    remember(by, "sheet.published", sheet, title=words.title_fr, version=words.number)


@action
def withdraw(sheet: Sheet, *, by: User | None) -> None:
    """Take a sheet back: its address answers no more, its versions stay with the team.

    Errors: RuleBroken `sheet_not_published`.
    """
    if sheet.state != SheetState.PUBLISHED:
        raise RuleBroken("sheet_not_published")
    sheet.state = SheetState.WITHDRAWN
    remember(by, "sheet.withdrawn", sheet, title=guidance.version_of(sheet).title_fr)


def _attach(
    sheet: Sheet,
    sectors: Collection[int],
    needs: Collection[int],
    editions: Collection[int],
    workshops: Collection[int],
) -> None:
    """Say what a sheet is about: these, and no others."""
    for table in (SheetSector, SheetNeed, SheetEdition, SheetWorkshop):
        db.session.execute(delete(table).where(table.sheet_id == sheet.id))
    db.session.add_all(SheetSector(sheet_id=sheet.id, sector_id=one) for one in set(sectors))
    db.session.add_all(SheetNeed(sheet_id=sheet.id, need_id=one) for one in set(needs))
    db.session.add_all(SheetEdition(sheet_id=sheet.id, edition_id=one) for one in set(editions))
    db.session.add_all(SheetWorkshop(sheet_id=sheet.id, workshop_id=one) for one in set(workshops))


def _version(sheet: Sheet, number: int, wording: Wording, by: User | None) -> SheetVersion:
    words = asdict(wording)
    version = SheetVersion(
        sheet_id=sheet.id,
        number=number,
        **words,
        search=folded(" ".join(words.values())),
        written_at=clock.now(),
        written_by_id=by.id if by else None,
        published_at=None,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _wording(version: SheetVersion) -> Wording:
    return Wording(**{name: getattr(version, name) for name in Wording.__dataclass_fields__})


def _free_slug(title: str) -> str:
    wanted = slug_of(title)
    taken = select(func.count(Sheet.id)).where(Sheet.slug.startswith(wanted))
    return f"{wanted}-{count + 1}" if (count := db.session.scalar(taken)) else wanted
