# SPDX-License-Identifier: EUPL-1.2
"""Keeps the index of the directory in step with the database: read once, then what changed only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.models import clock
from app.models.base import db
from app.models.companies import Contract, ContractHolder, Organisation
from app.models.directory import ListingChange
from app.models.listings import OrganisationLabel
from app.queries.listing_entries import entries, won_since
from app.queries.listing_index import ListingIndex, Part
from app.rules.directory import Entry

# The second part is made again at each change: it stays small.
MOST_CHANGED = 1000
CHANGED_SHARE = 20


@dataclass
class Kept:
    """What this process knows of one database. seen: the last change; day: labels end with it."""

    lock: Lock = field(default_factory=Lock)
    seen: int = -1
    day: date | None = None
    whole: Part = field(default_factory=lambda: Part([]))
    changed: dict[int, Entry | None] = field(default_factory=dict)
    index: ListingIndex = field(default_factory=ListingIndex)


_kept: WeakKeyDictionary[Engine, Kept] = WeakKeyDictionary()
_door = Lock()


def current() -> ListingIndex:
    """The index of the directory as it was committed last: one query when nothing changed.

    It is read on a connection of its own: what a transaction has not committed is not there yet.
    """
    with _door:
        kept = _kept.setdefault(db.engine, Kept())
    with kept.lock, db.engine.connect() as connection:
        _catch_up(kept, connection)
        return kept.index


def warm_up() -> None:
    """Read the directory before anybody asks; a database without tables is left as it is."""
    with suppress(SQLAlchemyError):
        current()


def _catch_up(kept: Kept, connection: Connection) -> None:
    today = clock.today()
    changes = select(ListingChange.id, ListingChange.organisation_id)
    news = connection.execute(changes.where(ListingChange.id > kept.seen)).all()
    changed = {change.organisation_id for change in news}
    if kept.day is not None and kept.day < today:
        changed |= _aged(connection, kept.day, today)
    if kept.day == today and not changed:
        return
    # Whatever fails below fails before anything is kept: the next search tries again.
    whole, since = kept.whole, kept.changed
    limit = max(MOST_CHANGED, len(whole.ids) // CHANGED_SHARE)
    if kept.day is None or kept.day > today or len(since) + len(changed) > limit:
        with _without_collecting():
            whole, since = Part(entries(connection, today)), {}
    else:
        found = entries(connection, today, Organisation.id.in_(changed))
        since = since | dict.fromkeys(changed) | {entry.id: entry for entry in found}
    living = [entry for entry in since.values() if entry is not None]
    kept.index = ListingIndex(whole.without(since), Part(living))
    kept.whole, kept.changed, kept.day = whole, since, today
    kept.seen = max((change.id for change in news), default=kept.seen)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A million small objects come and stay: looking for garbage among them doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _aged(connection: Connection, since: date, today: date) -> set[int]:
    """The listings that one more day changes: a label ended, or a contract became too old."""
    ended = select(OrganisationLabel.organisation_id).where(
        OrganisationLabel.expires_on >= since, OrganisationLabel.expires_on < today
    )
    too_old = (
        select(Organisation.id)
        .join(ContractHolder, ContractHolder.siren == func.substr(Organisation.siret, 1, 9))
        .join(Contract, Contract.id == ContractHolder.contract_id)
        .where(Contract.notified_on >= won_since(since), Contract.notified_on < won_since(today))
    )
    return {*connection.scalars(ended), *connection.scalars(too_old)}
