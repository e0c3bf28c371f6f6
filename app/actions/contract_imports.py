# SPDX-License-Identifier: EUPL-1.2
"""A file of public contracts is looked over, then let in; buyers are listed only if one says so.

figures of such an import: contracts (each uid once), in_lots, without_amount, unlisted (contracts
whose buyer the directory does not know) and strangers (those buyers).
"""

import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.actions import companies, contracts, faults
from app.actions.base import action
from app.actions.contracts import SOURCE, Signed
from app.models import clock
from app.models.accounts import User
from app.models.base import db
from app.models.companies import Organisation
from app.models.establishments import Establishment
from app.models.history import remember
from app.models.imports import DirectoryImport
from app.queries import companies as directory
from app.queries import contracts as noted
from app.queries.imports import parts
from app.rules.columns import Column
from app.rules.companies import BuyerKind, Role, siret_of
from app.rules.decp import Published
from app.rules.decp_files import Reading, reading_of
from app.rules.errors import RuleBroken
from app.rules.imports import Fate, ImportState, Rejected, TurnedDown, turned_down
from app.rules.kinship import kinship
from app.rules.outlines import places_of
from app.rules.territories import DEPARTMENTS

LONGEST_NAME = 200
MOST_KIN = 100
AT_ONCE = 400


def reading(an_import: DirectoryImport) -> Reading:
    """Everything the file holds, read from it."""
    columns = places_of(an_import.columns) or None
    return reading_of(io.BytesIO(an_import.content), today=clock.today(), columns=columns)


@dataclass(frozen=True)
class Survey:
    """What the contracts of a file would do. strangers: those of buyers that nobody knows."""

    found: Reading
    counts: Mapping[str, int]
    bad: Sequence[Rejected]
    strangers: Sequence[Published]


def survey(an_import: DirectoryImport, *, tell: Callable[[int, int], None]) -> Survey:
    """Count what the contracts of the file would do, changing nothing.

    Errors: RuleBroken `sheet_…`, `decp_columns`, `decp_json`, on the field `file`.
    """
    found = reading(an_import)
    counts: Counter[str] = Counter(dict.fromkeys(map(str, Fate), 0))
    strangers: list[Published] = []
    bad = list(found.rejected)
    for done, part in enumerate(parts(found.contracts, AT_ONCE)):
        tell(done * AT_ONCE, len(found.contracts))
        buyers, refused = _attached(part)
        bad += refused
        numbers = {fault.number for fault in refused}
        counts.update(
            _fates([Signed(one, buyers[one.buyer]) for one in part if one.buyer in buyers])
        )
        unknown = (one for one in part if one.buyer not in buyers)
        strangers += [one for one in unknown if one.number not in numbers]
    return Survey(found, dict(counts), bad, strangers)


@action
def end_look(an_import: DirectoryImport, told: Survey) -> None:
    """All contracts are looked over: the file waits for an answer."""
    faults.keep(an_import, _by_line(told.bad))
    an_import.total, an_import.counts = told.found.total, dict(told.counts)
    an_import.figures = _figures(told.found, told.strangers)
    an_import.kin = _kin(told.strangers)
    an_import.state, an_import.job_id, an_import.job = ImportState.CHECKED, None, None


def contracts_of(an_import: DirectoryImport) -> tuple[Published, ...]:
    """The contracts of the file, read again from it."""
    return reading(an_import).contracts


@action
def carry_out(
    an_import: DirectoryImport, published: Sequence[Published], *, by: User | None
) -> None:
    """Note these contracts; carrying them out twice changes nothing more.

    Those of unknown buyers are left out, unless somebody confirmed that these be listed.
    """
    buyers, bad = _attached(published)
    refused = {fault.number for fault in bad}
    if an_import.lists_buyers:
        strangers = {
            one.buyer: one
            for one in reversed(published)
            if one.buyer not in buyers and one.number not in refused
        }
        buyers |= _list_buyers(list(strangers.values()), by)
    contracts.note_all(
        (Signed(one, buyers[one.buyer]) for one in published if one.buyer in buyers),
        source=SOURCE,
    )
    an_import.done += len(published)


@action
def attach(an_import: DirectoryImport, sirets: Collection[str], *, by: User | None) -> None:
    """Say that these buyers of the file are establishments of known ones, as it was proposed."""
    there = noted.buyers(sirets)
    for one in an_import.kin:
        if one["siret"] not in sirets or one["siret"] in there:
            continue
        organisation = directory.by_id(one["organisation"])
        db.session.add(
            Establishment(
                siret=one["siret"],
                organisation_id=organisation.id,
                name=one["name"],
                said_at=clock.now(),
            )
        )
        remember(by, "organisation.establishment", organisation, siret=one["siret"])
    db.session.flush()


def _kin(strangers: Iterable[Published]) -> list[dict[str, object]]:
    """Buyers of the file that seem to be establishments of known ones: same SIREN, like name."""
    named = {one.buyer: one.buyer_name for one in strangers}
    counted = Counter(one.buyer for one in strangers)
    known = noted.of_sirens({siret[:9] for siret in named})
    found = []
    for siret, name in named.items():
        likely = [(kinship(name, one.name), one) for one in known.get(siret[:9], [])]
        likeness, nearest = max(likely, key=lambda pair: pair[0], default=(0, None))
        if nearest is not None and likeness:
            found.append(
                {
                    "siret": siret,
                    "name": name[:LONGEST_NAME],
                    "organisation": nearest.id,
                    "listed": nearest.display_name,
                    "listed_siret": nearest.siret,
                    "contracts": counted[siret],
                }
            )
    return sorted(found, key=lambda one: -counted[str(one["siret"])])[:MOST_KIN]


def _list_buyers(strangers: Sequence[Published], by: User | None) -> dict[str, Organisation]:
    """SIRET → the buyer, now in the directory."""
    told = [
        {
            "siret": one.buyer,
            "vat_number": None,
            "name": one.buyer_name[:LONGEST_NAME] or one.buyer,
            "buyer_kind": BuyerKind.PUBLIC,
            "department": one.buyer_department if one.buyer_department in DEPARTMENTS else "",
        }
        for one in strangers
    ]
    listed = companies.list_all(told, role=Role.BUYER, by=by, source=SOURCE) if told else []
    return {one.siret or "": one for one in listed}


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


def _fates(signed: list[Signed]) -> Counter[str]:
    known = noted.known([one.key[0] for one in signed])
    held = noted.holders_of(contract.id for contract in known.values())
    counts: Counter[str] = Counter()
    for one in signed:
        contract = known.get(one.key)
        there = held.get(contract.id, []) if contract else []
        counts[contracts.fate_of(one, contract, there).value] += 1
    return counts


def _figures(reading: Reading, strangers: Sequence[Published]) -> dict[str, int]:
    return {
        "contracts": reading.uids,
        "in_lots": reading.in_lots,
        "without_amount": reading.without_amount,
        "unlisted": len(strangers),
        "strangers": len({one.buyer for one in strangers}),
    }


def _by_line(found: Iterable[Rejected]) -> list[TurnedDown]:
    """Each line once, in the order of the file."""
    lines: dict[int, tuple[Rejected, ...]] = {}
    for fault in found:
        lines[fault.number] = (*lines.get(fault.number, ()), fault)
    return [TurnedDown(number, lines[number]) for number in sorted(lines)]
