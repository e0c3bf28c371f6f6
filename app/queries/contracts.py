# SPDX-License-Identifier: EUPL-1.2
"""Public contracts: those a company won, those of a buyer, and those known already."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.models.base import db
from app.models.companies import Contract as Contract
from app.models.companies import ContractHolder as ContractHolder
from app.models.companies import Organisation
from app.models.establishments import Establishment
from app.queries.rows import one_of
from app.rules.companies import Role

T = TypeVar("T")
MOST_AT_ONCE = 400
MOST_SHOWN = 12


@dataclass(frozen=True)
class Past:
    """The latest contracts of a listing, the holders of each, and how many there are in all.

    amount: euros without tax, of all of them.
    """

    contracts: list[Contract]
    holders: dict[int, list[ContractHolder]]
    total: int
    amount: float

    @property
    def more(self) -> int:
        return self.total - len(self.contracts)


def by_id(contract_id: int) -> Contract:
    """The contract of this number. Errors: NotFound."""
    return one_of(Contract, contract_id)


def of_listing(organisation: Organisation, most: int = MOST_SHOWN) -> Past:
    """What a buyer signed, or what a company won, the latest first."""
    theirs = _of(organisation)
    total, amount = db.session.execute(
        theirs.with_only_columns(func.count(), func.sum(Contract.amount))
    ).one()
    if not total:
        return Past([], {}, 0, 0.0)
    latest = theirs.options(joinedload(Contract.organisation))
    latest = latest.order_by(Contract.notified_on.desc(), Contract.id.desc()).limit(most)
    contracts = list(db.session.scalars(latest))
    return Past(contracts, holders_of(one.id for one in contracts), total, amount or 0.0)


def _of(organisation: Organisation) -> Select[Contract]:
    """A company is known by its SIREN: its establishments are one company."""
    if organisation.role == Role.BUYER:
        return select(Contract).where(Contract.organisation_id == organisation.id)
    siren = (organisation.siret or "")[:9]
    won = select(ContractHolder.contract_id).where(ContractHolder.siren == siren)
    return select(Contract).where(Contract.id.in_(won) if siren else db.false())


def known(uids: Collection[str]) -> dict[tuple[str, str], Contract]:
    """(uid, lot) → contract, for these uids."""
    found: dict[tuple[str, str], Contract] = {}
    for part in _parts(list(dict.fromkeys(uids))):
        for contract in db.session.scalars(select(Contract).where(Contract.uid.in_(part))):
            found[contract.uid, contract.lot] = contract
    return found


def holders_of(contract_ids: Iterable[int]) -> dict[int, list[ContractHolder]]:
    """Contract id → who holds it, in the order published."""
    found: dict[int, list[ContractHolder]] = {}
    for part in _parts(list(contract_ids)):
        held = select(ContractHolder).where(ContractHolder.contract_id.in_(part))
        for holder in db.session.scalars(held.order_by(ContractHolder.id)):
            found.setdefault(holder.contract_id, []).append(holder)
    return found


def _parts(keys: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(keys), MOST_AT_ONCE):
        yield keys[start : start + MOST_AT_ONCE]


def buyers(sirets: Collection[str]) -> dict[str, Organisation]:
    """SIRET → the organisation of the directory that has it, buyer or not.

    The SIRET of an establishment leads to the buyer that somebody said it is of.
    """
    found: dict[str, Organisation] = {}
    for part in _parts(list(dict.fromkeys(sirets))):
        said = (
            select(Establishment.siret, Organisation)
            .join(Organisation, Organisation.id == Establishment.organisation_id)
            .where(Establishment.siret.in_(part))
        )
        found.update((siret, one) for siret, one in db.session.execute(said))
        there = select(Organisation).where(Organisation.siret.in_(part))
        found.update({one.siret or "": one for one in db.session.scalars(there)})
    return found


def of_sirens(sirens: Collection[str]) -> dict[str, list[Organisation]]:
    """SIREN → the buyers of the directory that are establishments of it."""
    found: dict[str, list[Organisation]] = {}
    number = func.substr(Organisation.siret, 1, 9)
    for part in _parts(sorted(sirens)):
        there = select(Organisation).where(Organisation.role == Role.BUYER, number.in_(part))
        for one in db.session.scalars(there.order_by(Organisation.id)):
            found.setdefault((one.siret or "")[:9], []).append(one)
    return found
