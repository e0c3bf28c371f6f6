# SPDX-License-Identifier: EUPL-1.2
"""The directory as sets of bits: the answer of `rules.directory`, for 50,000 listings, in a moment.

A part holds listings in the order of their names, and is never changed: what changed since stands
in a second, small part, and is struck from the first.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from app.rules.directory import NONE, OF_TRADES, Entry, Facet, Facets, Wanted
from app.rules.kinds import APART
from app.rules.search import nearest

Mask = npt.NDArray[np.bool_]
BITS = 64


class Bits:
    """One facet of many listings, or activities: a bit for each value that each has."""

    def __init__(self, said: Sequence[Collection[str]]) -> None:
        """said: the values of each listing, in order."""
        distinct = {frozenset(values) for values in said}
        self.values = sorted(frozenset().union(*distinct))
        bit = {value: number for number, value in enumerate(self.values)}
        self.width = -(-len(bit) // BITS)
        rows = {some: self._words(bit[value] for value in some) for some in distinct}
        flat = chain.from_iterable(rows[frozenset(values)] for values in said)
        count = len(said) * self.width
        self.words = np.fromiter(flat, np.uint64, count).reshape(len(said), self.width)

    def _words(self, bits: Iterable[int]) -> tuple[int, ...]:
        words = [0] * self.width
        for bit in bits:
            words[bit // BITS] |= 1 << bit % BITS
        return tuple(words)

    def any_of(self, chosen: Collection[str]) -> Mask:
        """Which of them have one of these values."""
        wanted = self._words(n for n, value in enumerate(self.values) if value in chosen)
        found = np.zeros(len(self.words), np.bool_)
        for number, word in enumerate(wanted):
            if word:
                found |= (self.words[:, number] & np.uint64(word)) != 0
        return found

    def counts(self, words: npt.NDArray[np.uint64]) -> Counter[str]:
        """How many of these rows have each value: byte by byte, from how often each byte stands."""
        octets = np.ascontiguousarray(words).view(np.uint8).reshape(len(words), 8 * self.width)
        counted: Counter[str] = Counter()
        for first in range(0, len(self.values), 8):
            often = np.bincount(octets[:, first // 8], minlength=256)
            for bit, value in enumerate(self.values[first : first + 8]):
                if count := int(often[_WITH_BIT[bit]].sum()):
                    counted[value] = count
        return counted


_WITH_BIT = [np.flatnonzero(np.arange(256) >> bit & 1) for bit in range(8)]


class Words:
    """Which listings have a word that begins so."""

    def __init__(self, texts: Sequence[str]) -> None:
        """texts: folded, one per listing, in order."""
        where: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            for word in set(text.split()):
                where.setdefault(word, []).append(row)
        self.known = sorted(where)
        lengths = [len(where[word]) for word in self.known]
        self.starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        flat = chain.from_iterable(where[word] for word in self.known)
        self.rows = np.fromiter(flat, np.int32, int(self.starts[-1]))
        self.count = len(texts)

    def beginning(self, beginnings: Collection[str]) -> Mask:
        """The listings that have a word with one of these beginnings."""
        found = np.zeros(self.count, np.bool_)
        for word in beginnings:
            low, high = bisect_left(self.known, word), bisect_left(self.known, word + "\U0010ffff")
            found[self.rows[self.starts[low] : self.starts[high]]] = True
        return found

    @cached_property
    def letters(self) -> list[str]:
        """The words without digits, the most used first: what a slip may have meant."""
        often = np.argsort(-np.diff(self.starts), kind="stable")
        return [self.known[n] for n in often if self.known[n].isalpha()]


class Part:
    """Some listings in the order of their names, ready to be searched."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Put them in order; takes about 40 microseconds for each."""
        ordered = sorted(entries, key=lambda entry: (entry.name, entry.id))
        self.ids = np.array([entry.id for entry in ordered], np.int64)
        self.names = [entry.name for entry in ordered]
        self.by_id = np.argsort(self.ids)
        self.roles = Bits([(entry.role,) for entry in ordered])
        self.texts, self.called = Words([one.text for one in ordered]), Words(self.names)
        counts = np.array([len(entry.trades) for entry in ordered], np.int64)
        self.starts = np.cumsum(counts) - counts
        self.listing_of = np.repeat(np.arange(len(ordered)), counts)
        trades = [trade for entry in ordered for trade in entry.trades]
        self.bits = {
            facet: Bits([said.get(facet, NONE) for said in trades])
            if facet in OF_TRADES
            else Bits([entry.said.get(facet, NONE) for entry in ordered])
            for facet in Facet
        }
        self.alive = np.ones(len(ordered), np.bool_)

    def rows_of(self, ids: Collection[int]) -> npt.NDArray[np.int64]:
        """Where these listings stand; those that are not here are left out."""
        wanted = np.fromiter(ids, np.int64, len(ids))
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, np.int64)
        at = np.searchsorted(self.ids, wanted, sorter=self.by_id)
        rows = self.by_id[np.minimum(at, len(self.ids) - 1)]
        return rows[self.ids[rows] == wanted]

    def those(self, ids: Collection[int]) -> Mask:
        """Which of the listings these are."""
        found = np.zeros(len(self.ids), np.bool_)
        found[self.rows_of(ids)] = True
        return found

    def without(self, ids: Collection[int]) -> "Part":
        """The same part with these listings struck."""
        struck = object.__new__(Part)
        struck.__dict__.update(self.__dict__)
        struck.alive = self.alive.copy()
        struck.alive[self.rows_of(ids)] = False
        return struck


class Search:
    """One search in one part: what each filter lets through, and what all of them do."""

    def __init__(self, part: Part, wanted: Wanted, among: Collection[int] | None) -> None:
        """among: only these listings, by id."""
        self.part = part
        self.rest = part.alive & part.roles.any_of({wanted.role})
        for beginnings in wanted.words:
            self.rest &= part.texts.beginning(beginnings)
        if among is not None:
            self.rest &= part.those(among)
        self.trades: list[tuple[Facet | None, Mask]] = []
        self.listings: list[tuple[Facet, Mask]] = []
        if wanted.sectors:
            self.trades.append((None, part.bits[Facet.SECTORS].any_of(wanted.sectors)))
        for facet, values in wanted.chosen.items():
            if values and facet in OF_TRADES:
                self.trades.append((facet, part.bits[facet].any_of(values)))
            elif values:
                self.listings.append((facet, part.bits[facet].any_of(values)))

    @cached_property
    def found(self) -> tuple[Mask, Mask]:
        """The listings that answer, and their activities that do."""
        return self._let_through(None)

    @property
    def total(self) -> int:
        return int(np.count_nonzero(self.found[0]))

    def facets(self) -> Facets:
        """How many listings each value would find, the other filters being as they are."""
        chosen = {facet for facet, _ in [*self.trades, *self.listings]}
        return {
            facet: self._counted(facet, *self._let_through(facet))
            if facet in chosen
            else self._counted(facet, *self.found)
            for facet in Facet
        }

    def ranked(
        self, called: Wanted, first: Collection[int], steps: Sequence[Wanted]
    ) -> Iterator[tuple[int, str, int]]:
        """(rank, name, id) of those found: by steps, then the words in the name, `first`, name.

        Those outside the SSE stand after all others.
        """
        named = np.ones(len(self.rest), np.bool_)
        for beginnings in called.words:
            named &= self.part.called.beginning(beginnings)
        step = np.full(len(self.rest), len(steps), np.int16)
        for number, closer in reversed(list(enumerate(steps))):
            step[Search(self.part, closer, None).found[0]] = number
        rows = np.flatnonzero(self.found[0])
        rank = 4 * step[rows] + 2 * ~named[rows] + ~self.part.those(first)[rows]
        rank = rank + 4 * (len(steps) + 1) * self.part.bits[Facet.KINDS].any_of(APART)[rows]
        for place in np.argsort(rank, kind="stable"):
            row = rows[place]
            yield int(rank[place]), self.part.names[row], int(self.part.ids[row])

    def _let_through(self, left_out: Facet | None) -> tuple[Mask, Mask]:
        listings = self.rest.copy()
        for facet, mask in self.listings:
            if facet != left_out:
                listings &= mask
        trades = np.ones(len(self.part.listing_of), np.bool_)
        for one, mask in self.trades:
            if one is None or one != left_out:
                trades &= mask
        if self.trades:
            listings &= np.logical_or.reduceat(trades, self.part.starts)
        return listings, trades

    def _counted(self, facet: Facet, listings: Mask, trades: Mask) -> Counter[str]:
        bits = self.part.bits[facet]
        if facet not in OF_TRADES:
            return bits.counts(bits.words[listings])
        rows = np.flatnonzero(trades & listings[self.part.listing_of])
        if not len(rows) or not bits.width:
            return Counter()
        owners = self.part.listing_of[rows]
        firsts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
        return bits.counts(np.bitwise_or.reduceat(bits.words[rows], firsts, axis=0))


@dataclass(frozen=True)
class Answer:
    """How many listings answer, those of one page by id, best first, and the facets."""

    total: int
    number: int
    ids: list[int]
    facets: Facets


class ListingIndex:
    """The whole directory at one moment."""

    def __init__(self, *parts: Part) -> None:
        """parts: no listing lives in two of them."""
        self.parts = [part for part in parts if len(part.ids)]

    def search(
        self,
        wanted: Wanted,
        *,
        among: Collection[int] | None = None,
        first: Collection[int] = (),
        steps: Sequence[Wanted] = (),
        page: int = 1,
        size: int,
    ) -> Answer:
        """One page, the last when there are fewer. among: only these ids; first: these before.

        steps: those that answer the first stand before those that answer the second only…
        """
        searches = [Search(part, wanted, among) for part in self.parts]
        total = sum(search.total for search in searches)
        number = max(1, min(page, -(-total // size)))
        ranked = merge(*(search.ranked(wanted, first, steps) for search in searches))
        ids = [id_ for _, _, id_ in islice(ranked, (number - 1) * size, number * size)]
        facets: Facets = {facet: Counter() for facet in Facet}
        for search in searches:
            for facet, counted in search.facets().items():
                facets[facet].update(counted)
        return Answer(total, number, ids, facets)

    def total(self, wanted: Wanted, *, among: Collection[int] | None = None) -> int:
        """How many listings answer."""
        return sum(Search(part, wanted, among).total for part in self.parts)

    def knows(self, beginnings: Collection[str]) -> bool:
        """Whether some listing has a word that begins so."""
        found = (part.texts.beginning(beginnings) & part.alive for part in self.parts)
        return any(bool(rows.any()) for rows in found)

    def nearest(self, word: str) -> str | None:
        """The word that was probably meant, None when none is near."""
        near = (nearest(word, part.texts.letters) for part in self.parts)
        return next(filter(None, near), None)
