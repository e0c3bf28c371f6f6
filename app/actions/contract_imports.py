# SPDX-License-Identifier: EUPL-1.2
"""A file of public contracts is looked at, then let in; buyers are listed only if one says so.

figures of such an import: contracts (each uid once), in_lots, without_amount, unlisted (contracts
whose buyer the directory does not know) and strangers (those buyers).
"""

import io
from collections.abc import Sequence
from dataclasses import asdict

from flask import current_app

from app.actions import companies, contracts
from app.actions.base import action
from app.actions.contracts import SOURCE, Signed
from app.models import clock
from app.models.accounts import Organiser, User
from app.models.base import db
from app.models.companies import Organisation
from app.models.imports import DirectoryImport
from app.queries import contracts as noted
from app.rules.columns import Column
from app.rules.companies import BuyerKind, Role, siret_of
from app.rules.decp import Published
from app.rules.decp_files import Reading, reading_of
from app.rules.errors import RuleBroken
from app.rules.imports import Fate, Holds, ImportState, Rejected, require_size, turned_down
from app.rules.territories import DEPARTMENTS

LONGEST_NAME = 200


@action
def look_at(
    organiser: Organiser, *, by: User | None, file_name: str, content: bytes
) -> DirectoryImport:
    """Read public contracts in any of their formats, and say what they would do.

    Errors: RuleBroken `sheet_…`, `decp_columns`, `decp_json`, on the field `file`.
    """
    require_size(content, most=current_app.config["UPLOAD_MAX_MB"])
    reading = reading_of(io.BytesIO(content), today=clock.today())
    buyers, faults = _attached(reading.contracts)
    listed = [one for one in reading.contracts if one.buyer in buyers]
    refused = {fault.number for fault in faults}
    strangers = [
        one for one in reading.contracts if one.buyer not in buyers and one.number not in refused
    ]
    looked_at = DirectoryImport(
        organiser_id=organiser.id,
        user_id=by.id if by else None,
        job_id=None,
        holds=Holds.CONTRACTS,
        role=Role.BUYER,
        usual_kind=BuyerKind.PUBLIC,
        source=SOURCE,
        file_name=file_name[-200:],
        content=content,
        state=ImportState.CHECKED,
        total=reading.total,
        done=0,
        counts=_counts([Signed(one, buyers[one.buyer]) for one in listed]),
        figures=_figures(reading, strangers),
        lists_buyers=False,
        rejected=[asdict(fault) for fault in _in_order([*reading.rejected, *faults])],
        ignored=[],
        created_at=clock.now(),
        ended_at=None,
    )
    db.session.add(looked_at)
    db.session.flush()
    return looked_at


def contracts_of(an_import: DirectoryImport) -> tuple[Published, ...]:
    """The contracts of the file, read again from it."""
    return reading_of(io.BytesIO(an_import.content), today=clock.today()).contracts


@action
def carry_out(
    an_import: DirectoryImport, published: Sequence[Published], *, by: User | None
) -> None:
    """Note these contracts; carrying them out twice changes nothing more.

    Those of unknown buyers are left out, unless somebody confirmed that these be listed.
    """
    buyers, faults = _attached(published)
    refused = {fault.number for fault in faults}
    for one in published if an_import.lists_buyers else ():
        if one.buyer not in buyers and one.number not in refused:
            buyers[one.buyer] = _list_buyer(one, by)
    contracts.note_all(
        (Signed(one, buyers[one.buyer]) for one in published if one.buyer in buyers),
        source=an_import.source,
    )
    an_import.done += len(published)


def _list_buyer(one: Published, by: User | None) -> Organisation:
    return companies.list_organisation(
        role=Role.BUYER,
        name=one.buyer_name[:LONGEST_NAME] or one.buyer,
        siret=one.buyer,
        by=by,
        source=SOURCE,
        buyer_kind=BuyerKind.PUBLIC,
        department=one.buyer_department if one.buyer_department in DEPARTMENTS else "",
    )


def _attached(published: Sequence[Published]) -> tuple[dict[str, Organisation], list[Rejected]]:
    """SIRET → the buyer in the directory, and the contracts that no buyer can have."""
    found = noted.buyers([one.buyer for one in published])
    verdicts = {one.buyer: _fault(one.buyer, found.get(one.buyer)) for one in published}
    faults = [
        turned_down(number, Column.BUYER, one.buyer, fault)
        for one in published
        if (fault := verdicts[one.buyer]) is not None
        for number in one.lines
    ]
    return {siret: one for siret, one in found.items() if verdicts.get(siret) is None}, faults


def _fault(number: str, organisation: Organisation | None) -> RuleBroken | None:
    if organisation is None:
        try:
            siret_of(number)
        except RuleBroken:
            return RuleBroken("decp_buyer_number")
        return None
    if organisation.role != Role.BUYER:
        return RuleBroken("decp_buyer_is_company", name=organisation.display_name)
    return None


def _counts(signed: list[Signed]) -> dict[str, int]:
    known = noted.known([one.key[0] for one in signed])
    held = noted.holders_of(contract.id for contract in known.values())
    counts = dict.fromkeys(Fate, 0)
    for one in signed:
        contract = known.get(one.key)
        there = held.get(contract.id, []) if contract else []
        counts[contracts.fate_of(one, contract, there)] += 1
    return {fate.value: count for fate, count in counts.items()}


def _figures(reading: Reading, strangers: list[Published]) -> dict[str, int]:
    return {
        "contracts": reading.uids,
        "in_lots": reading.in_lots,
        "without_amount": reading.without_amount,
        "unlisted": len(strangers),
        "strangers": len({one.buyer for one in strangers}),
    }


def _in_order(faults: list[Rejected]) -> list[Rejected]:
    return sorted(faults, key=lambda fault: fault.number)
