# SPDX-License-Identifier: EUPL-1.2
"""The purchase programmes of a buyer, and the needs that came from them."""

from collections.abc import Mapping

from sqlalchemy import select

from app.models.base import db
from app.models.companies import Organisation, Sector
from app.models.needs import Need
from app.models.needs import NeedImport as NeedImport
from app.queries.rows import one_of
from app.rules.programmes import Fault as Fault
from app.rules.programmes import Field as Field
from app.rules.search import folded


def by_id(import_id: int) -> NeedImport:
    """The programme of this number. Errors: NotFound."""
    return one_of(NeedImport, import_id)


def latest(organisation: Organisation, most: int = 5) -> list[NeedImport]:
    """The programmes this buyer brought last."""
    found = select(NeedImport).where(NeedImport.organisation_id == organisation.id)
    return list(db.session.scalars(found.order_by(NeedImport.id.desc()).limit(most)))


def by_key(organisation: Organisation) -> dict[str, Need]:
    """Key of a line → the need it became."""
    found = select(Need).where(Need.organisation_id == organisation.id, Need.line_key.is_not(None))
    return {need.line_key: need for need in db.session.scalars(found) if need.line_key}


def sectors() -> list[Sector]:
    """All trades."""
    return list(db.session.scalars(select(Sector)))


def sectors_by_name() -> dict[str, int]:
    """Folded name, in French or English → the id of the trade."""
    return {
        folded(name): sector.id for sector in sectors() for name in (sector.name_en, sector.name_fr)
    }


def sector_named(words: str, named: Mapping[str, int]) -> int | None:
    """The trade so called; or the only one whose name holds these words, or is held by them."""
    said = folded(words)
    if not said:
        return None
    if said in named:
        return named[said]
    near = {key for name, key in named.items() if said in name or (len(name) > 5 and name in said)}
    return near.pop() if len(near) == 1 else None


def faults_of(programme: NeedImport) -> list[Fault]:
    """The lines that make no need, and the cells left aside."""
    return [
        Fault(
            number=int(str(one["number"])),
            column=Field(str(one["column"])),
            value=str(one["value"]),
            key=str(one["key"]),
            facts=dict(one["facts"]),  # type: ignore[call-overload]
            is_fatal=bool(one["is_fatal"]),
        )
        for one in programme.rejected
    ]
