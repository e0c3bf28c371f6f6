# SPDX-License-Identifier: EUPL-1.2
"""Public contracts of buyers are noted, so that their end may become a need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.actions.base import action
from app.models.base import db
from app.models.companies import Contract, Organisation

MOST_AT_ONCE = 400


@dataclass(frozen=True)
class Signed:
    """A contract as it was published. amount: euros without tax."""

    uid: str
    buyer: Organisation
    cpv: str
    amount: float
    notified_on: date
    duration_months: int
    expected_end: date


@action
def note_all(signed: Iterable[Signed]) -> dict[str, Contract]:
    """Note these contracts, each once, and renew what was known of them. Returns uid → contract.

    A contract published on several lines (one per holder) counts once, by its last line.
    """
    last = {one.uid: one for one in signed}
    found = _known(list(last))
    for uid, one in last.items():
        contract = found.setdefault(uid, Contract(uid=uid))
        contract.organisation_id, contract.cpv = one.buyer.id, one.cpv
        contract.amount, contract.notified_on = one.amount, one.notified_on
        contract.duration_months, contract.expected_end = one.duration_months, one.expected_end
        db.session.add(contract)
    db.session.flush()
    return found


def _known(uids: list[str]) -> dict[str, Contract]:
    found: dict[str, Contract] = {}
    for start in range(0, len(uids), MOST_AT_ONCE):
        part = select(Contract).where(Contract.uid.in_(uids[start : start + MOST_AT_ONCE]))
        found.update({contract.uid: contract for contract in db.session.scalars(part)})
    return found
