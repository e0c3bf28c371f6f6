# SPDX-License-Identifier: EUPL-1.2
"""How the public contracts of a year are counted: shares by number, shares by amount.

A contract counts once whatever it combines. Contracts without a usable amount count in no
threshold; those of 40,000 and of 90,000 euros are two series that must not be compared.
Source: arrêté of 22 December 2022 (fields); plan national pour des achats durables 2022-2025.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from app.rules.decp import Holder, Published, joined, months_after
from app.rules.territories import REGION_OF

CLAUSE, CRITERION = "Clause sociale", "Critère social"
RESERVED = ("Marché réservé", "Concession réservée")
SOCIAL = frozenset({CLAUSE, CRITERION, *RESERVED})
ENVIRONMENTAL = frozenset({"Clause environnementale", "Critère environnemental"})
ALONE = "Pas de groupement"
THRESHOLDS = (40_000, 90_000)

Contracts = Collection[Published]


@dataclass(frozen=True)
class Share:
    """Some contracts among others, by number and by amount in euros without tax."""

    count: int
    among: int
    amount: float
    among_amount: float

    @property
    def by_number(self) -> float | None:
        """A percentage; None when there is nothing to count."""
        return 100 * self.count / self.among if self.among else None

    @property
    def by_amount(self) -> float | None:
        return 100 * self.amount / self.among_amount if self.among_amount else None


def notified_in(contracts: Contracts, year: int) -> list[Published]:
    """The contracts notified in a year, whatever changed them later."""
    return [one for one in contracts if one.notified_on.year == year]


def at_least(contracts: Contracts, threshold: float, *, modified: bool = False) -> list[Published]:
    """The contracts of `threshold` euros or more, as signed, or after their amendments."""
    return [
        one
        for one in contracts
        if ((one.current_amount if modified else one.amount) or 0) >= threshold
    ]


def by_uid(contracts: Contracts) -> list[Published]:
    """Each contract once, its lots together: the first of its amounts, and all its holders."""
    first: dict[str, Published] = {}
    for one in contracts:
        known = first.get(one.uid)
        first[one.uid] = joined(known, one) if known else one
    return list(first.values())


def total(contracts: Contracts) -> float:
    """Euros without tax, as signed."""
    return round(sum(one.amount or 0 for one in contracts), 2)


def share(contracts: Contracts, fits: Callable[[Published], bool]) -> Share:
    """Those that fit among all."""
    kept = [one for one in contracts if fits(one)]
    return Share(len(kept), len(contracts), total(kept), total(contracts))


def social_clause(contracts: Contracts) -> Share:
    """I1: a social clause; a criterion or a reservation without the clause is none."""
    return share(contracts, lambda one: CLAUSE in (one.social or ()))


def social_clause_answered(contracts: Contracts) -> Share:
    """I1b: the same among those whose buyers filled the field, which « Pas de … » does."""
    return social_clause([one for one in contracts if one.social is not None])


def any_social(contracts: Contracts) -> Share:
    """I2: a clause, a criterion or a reservation; the national plan aims at 30 %."""
    return share(contracts, lambda one: bool(SOCIAL.intersection(one.social or ())))


def reserved(contracts: Contracts) -> Share:
    """I3: reserved contracts."""
    return share(contracts, lambda one: any(word in RESERVED for word in one.social or ()))


def environmental(contracts: Contracts) -> Share:
    """I4: an environmental clause or criterion; the national plan aims at 100 %."""
    return share(contracts, lambda one: bool(ENVIRONMENTAL.intersection(one.environmental or ())))


def held_by_sse(contracts: Contracts, sirens: Collection[str]) -> Share:
    """I6: at least one holder of the SSE; its whole amount counts. sirens: nine digits each."""
    known = frozenset(sirens)
    return share(contracts, lambda one: any(_is_sse(holder, known) for holder in one.holders))


def sse_amount_fractional(contracts: Contracts, sirens: Collection[str]) -> float:
    """I6, cautious: the amount of a contract is cut in equal parts between its holders."""
    known = frozenset(sirens)
    parts = (
        (one.amount or 0) * sum(_is_sse(holder, known) for holder in one.holders) / len(one.holders)
        for one in contracts
        if one.holders
    )
    return round(sum(parts), 2)


def _is_sse(holder: Holder, sirens: frozenset[str]) -> bool:
    return bool(holder.siren) and holder.siren in sirens


def innovative(contracts: Contracts) -> Share:
    """I7: contracts said to be innovative."""
    return share(contracts, lambda one: bool(one.innovative))


def same_department(contracts: Contracts) -> Share:
    """I8: at least one holder of the buyer's department."""
    return share(
        contracts,
        lambda one: any(
            holder.department and holder.department == one.buyer_department
            for holder in one.holders
        ),
    )


def same_region(contracts: Contracts) -> Share:
    """I8: at least one holder of the buyer's region."""
    return share(
        contracts,
        lambda one: (
            (home := REGION_OF.get(one.buyer_department)) is not None
            and any(REGION_OF.get(holder.department) == home for holder in one.holders)
        ),
    )


def competition(contracts: Contracts) -> float | None:
    """I9: the median number of offers; zero and one exist, and count."""
    offers = [one.offers for one in contracts if one.offers is not None]
    return median(offers) if offers else None


def grouped(contracts: Contracts) -> Share:
    """I10: held by a grouping of companies."""
    return share(contracts, lambda one: bool(one.grouping) and one.grouping != ALONE)


def ending(contracts: Iterable[Published], *, today: date, months: int = 12) -> list[Published]:
    """I12: those whose expected end falls between today and so many months later, both included."""
    last = months_after(today, months)
    return [one for one in contracts if one.expected_end and today <= one.expected_end <= last]
