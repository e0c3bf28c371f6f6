# SPDX-License-Identifier: EUPL-1.2
"""Public contracts of buyers are noted, so that they prove, and so that their end may be a need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.actions.base import action
from app.models.base import db
from app.models.companies import Contract, ContractHolder, Organisation
from app.queries import contracts
from app.rules.decp import Holder, Published, joined
from app.rules.imports import Fate

SOURCE = "DECP"
LONGEST, LONGEST_NUMBER = 200, 80


@dataclass(frozen=True)
class Signed:
    """A contract and its buyer, who is in the directory."""

    published: Published
    buyer: Organisation

    @property
    def key(self) -> tuple[str, str]:
        return self.published.uid[:LONGEST_NUMBER], self.published.lot


def signed(
    buyer: Organisation,
    *,
    uid: str,
    cpv: str,
    amount: float,
    notified_on: date,
    duration_months: int | None,
    holders: tuple[Holder, ...] = (),
) -> Signed:
    """A contract of which little is known. amount: euros without tax."""
    published = Published(
        number=0, uid=uid, buyer=buyer.siret or "", buyer_name=buyer.name,
        buyer_department=buyer.department, title="", nature="", procedure="", cpv=cpv,
        notified_on=notified_on, months=duration_months, amount=round(amount, 2), holders=holders,
    )  # fmt: skip
    return Signed(published, buyer)


@action
def note_all(found: Iterable[Signed], *, source: str = SOURCE) -> dict[tuple[str, str], Contract]:
    """Note these contracts, each lot once, and renew what was known of them, never to nothing.

    Returns (uid, lot) → contract.
    """
    lots: dict[tuple[str, str], Signed] = {}
    for one in found:
        same = lots.get(one.key)
        lots[one.key] = Signed(joined(same.published, one.published), one.buyer) if same else one
    known = contracts.known([uid for uid, _ in lots])
    held = contracts.holders_of(contract.id for contract in known.values())
    for key, one in lots.items():
        contract = known.get(key) or Contract(uid=key[0], lot=key[1], source=source)
        for name, value in changes(one, known.get(key)).items():
            setattr(contract, name, value)
        db.session.add(contract)
        known[key] = contract
    db.session.flush()
    for key, one in lots.items():
        _hold(known[key], one.published.holders, held.get(known[key].id, []))
    return {key: known[key] for key in lots}


def _hold(contract: Contract, published: Iterable[Holder], there: list[ContractHolder]) -> None:
    for holder in new_holders(published, there):
        db.session.add(
            ContractHolder(
                contract_id=contract.id,
                number=holder.number[:LONGEST_NUMBER],
                siren=holder.siren,
                name=holder.name[:LONGEST],
            )
        )


def new_holders(published: Iterable[Holder], there: Iterable[ContractHolder]) -> list[Holder]:
    """Those who are not noted yet."""
    noted = {holder.number for holder in there}
    return [holder for holder in published if holder.number[:LONGEST_NUMBER] not in noted]


def changes(one: Signed, contract: Contract | None) -> dict[str, Any]:
    """Attribute → new value: all of them for a new contract, what is new and said for another."""
    facts = _facts(one)
    if contract is None:
        return facts
    return {
        name: value
        for name, value in facts.items()
        if value not in (None, "") and value != getattr(contract, name)
    }


def fate_of(one: Signed, contract: Contract | None, there: Iterable[ContractHolder]) -> Fate:
    """What noting this contract would do."""
    if contract is None:
        return Fate.NEW
    renews = changes(one, contract) or new_holders(one.published.holders, there)
    return Fate.CHANGED if renews else Fate.SAME


def _facts(one: Signed) -> dict[str, Any]:
    found = one.published
    return {
        "organisation_id": one.buyer.id,
        "title": found.title[:LONGEST],
        "nature": found.nature[:LONGEST],
        "procedure": found.procedure[:LONGEST],
        "cpv": found.cpv,
        "amount": found.amount,
        "current_amount": found.current_amount,
        "notified_on": found.notified_on,
        "duration_months": found.current_months,
        "expected_end": found.expected_end,
        "social": None if found.social is None else list(found.social),
        "environmental": None if found.environmental is None else list(found.environmental),
        "innovative": found.innovative,
        "offers": found.offers,
        "grouping": found.grouping[:LONGEST],
    }
