# SPDX-License-Identifier: EUPL-1.2
"""Which listings answer a search, and how many would with one filter more: the facets."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from app.rules.territories import REGIONS, departments_of

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trade:
    """One activity as the search sees it.

    names: slugs of its sector and of the family of it. sold: PrestaType values. served: codes of
    departments, that of the seat included.
    """

    names: frozenset[str] = NONE
    sold: frozenset[str] = NONE
    served: frozenset[str] = NONE


@dataclass(frozen=True)
class Entry:
    """One listing as the search sees it; without any activity it has one trade without a name."""

    id: int
    title: str
    kind: str
    trades: tuple[Trade, ...]


@dataclass(frozen=True)
class Wanted:
    """The filters of a search: within one, any value will do; one trade must satisfy them all."""

    departments: frozenset[str] = NONE
    kinds: frozenset[str] = NONE
    sectors: frozenset[str] = NONE
    sold: frozenset[str] = NONE

    def answered_by(self, trade: Trade) -> bool:
        """Whether this activity is in the trade, of the type and in reach of what is wanted."""
        return (
            (not self.departments or not self.departments.isdisjoint(trade.served))
            and (not self.sectors or not self.sectors.isdisjoint(trade.names))
            and (not self.sold or not self.sold.isdisjoint(trade.sold))
        )

    def matches(self, entry: Entry) -> bool:
        """Whether this listing answers the search."""
        if self.kinds and entry.kind not in self.kinds:
            return False
        return any(self.answered_by(trade) for trade in entry.trades)


@dataclass(frozen=True)
class Facets:
    """How many listings each value of a filter would find, the other filters being as they are."""

    departments: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    sold: Counter[str] = field(default_factory=Counter)


def places_of(zone: str | None) -> frozenset[str]:
    """The departments meant by the code of a department or of a region."""
    if not zone:
        return NONE
    return frozenset(departments_of(zone)) if zone in REGIONS else frozenset({zone})


def facets_of(entries: Iterable[Entry], wanted: Wanted) -> Facets:
    """The counts beside each filter."""
    entries = list(entries)
    return Facets(
        _counted(entries, replace(wanted, departments=NONE), lambda trade: trade.served),
        Counter(e.kind for e in entries if replace(wanted, kinds=NONE).matches(e)),
        _counted(entries, replace(wanted, sectors=NONE), lambda trade: trade.names),
        _counted(entries, replace(wanted, sold=NONE), lambda trade: trade.sold),
    )


def _counted(
    entries: list[Entry], wanted: Wanted, values: Callable[[Trade], frozenset[str]]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for entry in entries:
        if wanted.kinds and entry.kind not in wanted.kinds:
            continue
        answering = [values(trade) for trade in entry.trades if wanted.answered_by(trade)]
        counts.update(frozenset().union(*answering))
    return counts
