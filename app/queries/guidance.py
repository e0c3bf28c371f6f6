# SPDX-License-Identifier: EUPL-1.2
"""Sheets of guidance, good practice and news: the public list, one of them, and those beside."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from app.models.base import db
from app.models.companies import Sector, SectorGroup
from app.models.editions import Edition
from app.models.guidance import Sheet as Sheet
from app.models.guidance import SheetEdition, SheetNeed, SheetSector, SheetWorkshop
from app.models.guidance import SheetVersion as SheetVersion
from app.models.needs import Need, NeedSector
from app.models.workshops import Workshop
from app.queries.pages import Page, page_of
from app.queries.rows import one_of
from app.rules.errors import NotFound
from app.rules.guidance import SheetKind, SheetState
from app.rules.search import folded

ON_A_PAGE = 20
BESIDE = 4


@dataclass(frozen=True)
class Shown:
    """A sheet with the words of one of its versions."""

    sheet: Sheet
    words: SheetVersion

    def said(self, part: str, language: str) -> str:
        """Its title, summary or text: in this language if it was written in it, else in French."""
        return getattr(self.words, f"{part}_{language}", "") or getattr(self.words, f"{part}_fr")

    def speaks(self, language: str) -> bool:
        return bool(getattr(self.words, f"title_{language}", ""))


@dataclass(frozen=True)
class About:
    """What a sheet is attached to: trades, needs, editions and workshops."""

    sectors: list[Sector]
    needs: list[Need]
    editions: list[Edition]
    workshops: list[Workshop]


def by_id(sheet_id: int) -> Sheet:
    """The sheet of this number. Errors: NotFound."""
    return one_of(Sheet, sheet_id)


def by_slug(slug: str) -> Sheet:
    """The sheet of this address. Errors: NotFound."""
    sheet = db.session.scalar(select(Sheet).where(Sheet.slug == slug))
    if sheet is None:
        raise NotFound
    return sheet


def published(
    text: str = "", *, kind: SheetKind | None = None, group: str = "", page: int = 1
) -> Page[Shown]:
    """The public list, newest first: words all found, a kind, a family of trades (its slug)."""
    found = _published()
    for word in folded(text).split():
        found = found.where(SheetVersion.search.contains(word, autoescape=True))
    if kind is not None:
        found = found.where(Sheet.kind == kind)
    if group:
        about = select(SheetSector.sheet_id).join(SheetSector.sector).join(Sector.group)
        found = found.where(Sheet.id.in_(about.where(SectorGroup.slug == group)))
    counted = page_of(found, page, ON_A_PAGE)
    return Page(_shown(counted.lines), counted.number, counted.total, ON_A_PAGE)


def version_of(sheet: Sheet, number: int | None = None) -> SheetVersion:
    """One of its versions: by default the published one, or else the latest. Errors: NotFound."""
    versions = select(SheetVersion).where(SheetVersion.sheet_id == sheet.id)
    wanted = number or sheet.version
    if wanted:
        versions = versions.where(SheetVersion.number == wanted)
    found = db.session.scalars(versions.order_by(SheetVersion.number.desc()).limit(1)).first()
    if found is None:
        raise NotFound
    return found


def latest_of(sheet: Sheet) -> SheetVersion:
    """The version that was written last, published or not."""
    return versions(sheet)[0]


def versions(sheet: Sheet, *, public: bool = False) -> list[SheetVersion]:
    """All versions, the latest first; public: only those that were published one day."""
    written = select(SheetVersion).where(SheetVersion.sheet_id == sheet.id)
    if public:
        written = written.where(SheetVersion.published_at.is_not(None))
    return list(db.session.scalars(written.order_by(SheetVersion.number.desc())))


def about(sheet: Sheet) -> About:
    """What it is attached to; four queries."""
    sectors = select(Sector).join(SheetSector).where(SheetSector.sheet_id == sheet.id)
    needs = select(Need).join(SheetNeed).where(SheetNeed.sheet_id == sheet.id)
    editions = select(Edition).join(SheetEdition).where(SheetEdition.sheet_id == sheet.id)
    workshops = select(Workshop).join(SheetWorkshop).where(SheetWorkshop.sheet_id == sheet.id)
    return About(
        list(db.session.scalars(sectors.order_by(Sector.name_fr))),
        list(db.session.scalars(needs.order_by(Need.title))),
        list(db.session.scalars(editions.order_by(Edition.starts_on.desc()))),
        list(db.session.scalars(workshops.order_by(Workshop.title_fr))),
    )


def beside(need: Need) -> list[Shown]:
    """Published sheets attached to a need, then those about one of its trades; a few."""
    named = select(SheetNeed.sheet_id).where(SheetNeed.need_id == need.id)
    trades = select(NeedSector.sector_id).where(NeedSector.need_id == need.id)
    same = select(SheetSector.sheet_id).where(SheetSector.sector_id.in_(trades))
    found = _published().where(or_(Sheet.id.in_(named), Sheet.id.in_(same)))
    return _shown(db.session.scalars(found.order_by(None).order_by(
        Sheet.id.in_(named).desc(), Sheet.published_at.desc()).limit(BESIDE)))  # fmt: skip


def of_edition(edition: Edition) -> list[Shown]:
    """Published sheets shown on the page of an edition, newest first."""
    here = select(SheetEdition.sheet_id).where(SheetEdition.edition_id == edition.id)
    return _shown(db.session.scalars(_published().where(Sheet.id.in_(here)).limit(BESIDE)))


def shown(sheets: Collection[int]) -> list[Shown]:
    """These sheets, if they are published."""
    return _shown(db.session.scalars(_published().where(Sheet.id.in_(sheets))))


def of_team(organiser_id: int, *, page: int = 1) -> Page[Shown]:
    """All the sheets of a team with their latest words, the latest first."""
    last = (
        select(func.max(SheetVersion.number))
        .where(SheetVersion.sheet_id == Sheet.id)
        .correlate(Sheet)
        .scalar_subquery()
    )
    written = (
        select(SheetVersion)
        .join(Sheet, Sheet.id == SheetVersion.sheet_id)
        .where(Sheet.organiser_id == organiser_id, SheetVersion.number == last)
        .order_by(SheetVersion.written_at.desc(), Sheet.id.desc())
    )
    counted = page_of(written, page)
    return Page(_shown(counted.lines), counted.number, counted.total)


def _published() -> Select[SheetVersion]:
    return (
        select(SheetVersion)
        .join(Sheet, (Sheet.id == SheetVersion.sheet_id) & (Sheet.version == SheetVersion.number))
        .where(Sheet.state == SheetState.PUBLISHED)
        .order_by(Sheet.published_at.desc(), Sheet.id.desc())
    )


def _shown(found: Iterable[SheetVersion]) -> list[Shown]:
    lines = list(found)
    numbers = [words.sheet_id for words in lines]
    sheets = {one.id: one for one in db.session.scalars(select(Sheet).where(Sheet.id.in_(numbers)))}
    return [Shown(sheets[words.sheet_id], words) for words in lines]
