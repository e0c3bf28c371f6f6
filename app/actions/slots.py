# SPDX-License-Identifier: EUPL-1.2
"""The grid of an edition: blocks of slots, and the places where people meet."""

from datetime import date, time
from typing import Any

from sqlalchemy import delete, func, select

from app.actions.base import action
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition, MeetingBlock, Place, Slot
from app.models.history import remember
from app.queries import editions, grid
from app.rules import editions as rules
from app.rules.editions import BlockOfSlots, PlaceKind
from app.rules.errors import NotFound, RuleBroken


@action
def add_block(
    edition: Edition,
    *,
    by: User | None,
    name: str,
    day: date,
    starts: time,
    slot_minutes: int = 20,
    changeover_minutes: int = 5,
    count: int = 7,
) -> MeetingBlock:
    """Add a half-day and its slots; `starts` is the hour where the fair takes place.

    Errors: RuleBroken on the field that is wrong, `block_overlaps` when it meets another block.
    """
    asked = BlockOfSlots(day, starts, slot_minutes, changeover_minutes, count)
    require_possible(edition, asked)
    block = _with_slots(edition, name, asked)
    remember(by, "block.added", edition, name=name, day=day.isoformat(), slots=count)
    return block


def require_possible(edition: Edition, asked: BlockOfSlots) -> None:
    """Whether an edition has room for this half-day. Errors: RuleBroken as for `add_block`."""
    rules.require_sizes(asked)
    rules.require_within(asked, edition.starts_on, edition.ends_on, edition.timezone)
    others = [editions.as_slots(block) for block in editions.blocks(edition)]
    rules.require_free(asked, others, edition.timezone)


@action
def remove_block(block: MeetingBlock, *, by: User | None) -> None:
    """Take a half-day away, as long as nobody counts on it.

    Errors: RuleBroken `block_in_use` with how many meetings and absences hang on its slots.
    """
    edition = _edition(block)
    meetings, absences = grid.meetings_in(block), grid.absences_in(block)
    if meetings or absences:
        raise RuleBroken("block_in_use", name=block.name, meetings=meetings, absences=absences)
    remember(by, "block.removed", edition, name=block.name, day=block.day.isoformat())
    db.session.execute(delete(Slot).where(Slot.block_id == block.id))
    db.session.delete(block)


@action
def add_places(
    edition: Edition,
    *,
    by: User | None,
    kind: PlaceKind = PlaceKind.TABLE,
    first: int = 1,
    count: int = 1,
    accessible: bool = True,
    screen: bool = False,
    link: str = "",
) -> list[Place]:
    """Add `count` tables (or stands, rooms, video rooms) numbered from `first`.

    link: the address of the video rooms, in which `{n}` becomes the number of each.
    Errors: RuleBroken on the field that is wrong, `place_taken` when a number is there already.
    """
    codes = rules.signs(kind, first, count)
    taken = [place.code for place in editions.places(edition)]
    rules.require_no_doubles(codes, taken)
    is_video = kind == PlaceKind.VIDEO
    links = rules.video_links(link.strip(), first, count) if is_video else [""] * count
    after = _last_position(edition) + 1
    places = [
        Place(
            edition_id=edition.id,
            code=code,
            kind=kind,
            position=after + rank,
            accessible=accessible,
            screen=screen,
            link=address,
        )
        for rank, (code, address) in enumerate(zip(codes, links, strict=True))
    ]
    db.session.add_all(places)
    db.session.flush()
    remember(by, "places.added", edition, kind=kind.value, first=codes[0], count=count)
    return places


@action
def remove_place(place: Place, *, by: User | None) -> None:
    """Take a place away, as long as no meeting is held there and nobody has it as a home.

    Errors: RuleBroken `place_in_use` or `place_is_home`.
    """
    if meetings := grid.meetings_at(place):
        raise RuleBroken("place_in_use", code=place.code, meetings=meetings)
    if guest := grid.at_home_at(place):
        raise RuleBroken("place_is_home", code=place.code, name=guest)
    remember(by, "place.removed", _edition(place), code=place.code)
    db.session.delete(place)


@action
def copy_blocks(model: Edition, edition: Edition) -> None:
    """Give an edition the half-days of another, moved to its dates; those beyond are left out."""
    later = edition.starts_on - model.starts_on
    for block in editions.blocks(model):
        asked = editions.as_slots(block, later=later)
        if asked.day <= edition.ends_on:
            _with_slots(edition, block.name, asked)


@action
def copy_places(model: Edition, edition: Edition) -> None:
    """Give an edition the places of another."""
    facts = ("code", "kind", "position", "accessible", "screen", "link")
    for place in editions.places(model):
        same: dict[str, Any] = {name: getattr(place, name) for name in facts}
        db.session.add(Place(edition_id=edition.id, **same))


def _with_slots(edition: Edition, name: str, asked: BlockOfSlots) -> MeetingBlock:
    block = MeetingBlock(
        edition_id=edition.id,
        name=name,
        day=asked.day,
        starts=asked.starts,
        slot_minutes=asked.slot_minutes,
        changeover_minutes=asked.changeover_minutes,
        slots_count=asked.count,
    )
    db.session.add(block)
    db.session.flush()
    for start, end in asked.slots(edition.timezone):
        db.session.add(Slot(edition_id=edition.id, block_id=block.id, starts_at=start, ends_at=end))
    db.session.flush()
    return block


def _edition(part: MeetingBlock | Place) -> Edition:
    edition = db.session.get(Edition, part.edition_id)
    if edition is None:
        raise NotFound
    return edition


def _last_position(edition: Edition) -> int:
    last = select(func.max(Place.position)).where(Place.edition_id == edition.id)
    return db.session.scalar(last) or 0
