# SPDX-License-Identifier: EUPL-1.2
"""An edition is opened, changed, announced and closed by its team."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.actions import slots
from app.actions.base import action
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.editions import Edition, Series
from app.models.history import remember
from app.queries import editions
from app.rules import editions as rules
from app.rules.editions import EditionState, Mode
from app.rules.errors import RuleBroken

DEADLINES = ("registration_closes_at", "requests_close_at", "answers_close_at")
CHANGEABLE = frozenset(
    {"name", "theme", "mode", "starts_on", "ends_on", "venue", "city", "practical", "timezone"}
) | set(DEADLINES)


@action
def open_edition(
    organiser: Organiser,
    *,
    by: User | None,
    series_name: str,
    name: str,
    slug: str | None = None,
    theme: str = "",
    mode: Mode = Mode.IN_PERSON,
    starts_on: date,
    ends_on: date,
    venue: str,
    city: str,
    practical: str = "",
    timezone: str = "Europe/Paris",
    registration_closes_at: datetime | None,
    requests_close_at: datetime | None,
    answers_close_at: datetime | None,
    demonstration: bool = False,
) -> Edition:
    """Open a new edition, a draft that only its team sees, in a series of this team.

    Deadlines are instants, None meaning none. Errors: RuleBroken on the field that is wrong.
    """
    edition = Edition(
        series_id=_series(organiser, series_name).id,
        organiser_id=organiser.id,
        slug=_address(slug, name),
        name=name,
        theme=theme,
        mode=mode,
        state=EditionState.DRAFT,
        starts_on=starts_on,
        ends_on=ends_on,
        venue=venue,
        city=city,
        practical=practical,
        timezone=timezone,
        registration_closes_at=registration_closes_at,
        requests_close_at=requests_close_at,
        answers_close_at=answers_close_at,
        version=0,
        is_demonstration=demonstration,
        created_at=clock.now(),
    )
    _require_sound(edition)
    db.session.add(edition)
    remember(by, "edition.opened", edition)
    return edition


@action
def open_next(model: Edition, *, by: User | None, **facts: Any) -> Edition:
    """Open an edition with the blocks and places of another one, moved to its dates.

    People, needs and requests are never copied: everybody chooses to come again.
    facts: as for `open_edition`; what is not given is taken over from the model.
    """
    usual = {name: getattr(model, name) for name in ("theme", "mode", "venue", "city", "timezone")}
    usual |= {"practical": model.practical, "series_name": model.series.name}
    edition = open_edition(model.series.organiser, by=by, **{**usual, **facts})
    slots.copy_blocks(model, edition)
    slots.copy_places(model, edition)
    return edition


@action
def change(edition: Edition, *, by: User | None, **facts: Any) -> None:
    """Change what is written about an edition; its address stays.

    Errors: RuleBroken on the field that is wrong, `blocks_outside` when a block would lie outside
    the new dates, `zone_fixed` when there are slots already.
    """
    if unknown := set(facts) - CHANGEABLE:
        raise TypeError(f"an edition has no {', '.join(sorted(unknown))} to change")
    changed = sorted(name for name, fact in facts.items() if getattr(edition, name) != fact)
    if "timezone" in changed and editions.blocks(edition):
        raise RuleBroken("zone_fixed", field="timezone")
    for name in changed:
        setattr(edition, name, facts[name])
    _require_sound(edition)
    _require_blocks_within(edition)
    if changed:
        remember(by, "edition.changed", edition, fields=changed)


@action
def announce(edition: Edition, *, by: User | None) -> None:
    """Show the edition to everybody: registrations may begin. A closed one is opened again."""
    rules.require_step(edition.state, EditionState.OPEN)
    edition.state = EditionState.OPEN
    remember(by, "edition.announced", edition)


@action
def close(edition: Edition, *, by: User | None) -> None:
    """End the edition: it is memory, and stays readable."""
    rules.require_step(edition.state, EditionState.CLOSED)
    edition.state = EditionState.CLOSED
    remember(by, "edition.closed", edition)


add_block, remove_block = slots.add_block, slots.remove_block
add_places, remove_place = slots.add_places, slots.remove_place


def _series(organiser: Organiser, name: str) -> Series:
    theirs = select(Series).where(Series.organiser_id == organiser.id)
    for series in db.session.scalars(theirs):
        if series.name.casefold() == name.strip().casefold():
            return series
    slug = rules.free_slug(rules.slug_of(name), db.session.scalars(select(Series.slug)))
    series = Series(organiser_id=organiser.id, slug=slug, name=name.strip())
    db.session.add(series)
    db.session.flush()
    return series


def _address(wished: str | None, name: str) -> str:
    if wished is None:
        return rules.free_slug(rules.slug_of(name), db.session.scalars(select(Edition.slug)))
    slug = rules.slug_of(wished)
    taken = select(func.count()).where(Edition.slug == slug)
    if slug in rules.RESERVED or db.session.scalar(taken):
        raise RuleBroken("slug_taken", field="slug", slug=slug)
    return slug


def _require_sound(edition: Edition) -> None:
    rules.require_zone(edition.timezone)
    rules.require_dates(edition.starts_on, edition.ends_on)
    deadlines = {name: getattr(edition, name) for name in DEADLINES}
    rules.require_deadlines(deadlines, edition.starts_on, edition.timezone)


def _require_blocks_within(edition: Edition) -> None:
    for block in editions.blocks(edition):
        if not edition.starts_on <= block.day <= edition.ends_on:
            late = block.day > edition.ends_on
            field = "ends_on" if late else "starts_on"
            raise RuleBroken("blocks_outside", field=field, name=block.name, day=block.day)
