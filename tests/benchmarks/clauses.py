# SPDX-License-Identifier: EUPL-1.2
"""Clauses over numbered literals: at most, exactly and count, in the encodings that close the
literature's instances.
"""

from collections.abc import Sequence
from itertools import combinations


class Clauses:
    """A growing set of clauses; literals are non-zero whole numbers, negative when denied."""

    def __init__(self) -> None:
        self.count = 0
        self.rows: list[list[int]] = []

    def new(self) -> int:
        """A fresh literal."""
        self.count += 1
        return self.count

    def add(self, *literals: int) -> None:
        self.rows.append(list(literals))

    def same_as_any(self, literals: Sequence[int]) -> int:
        """A literal equal to the disjunction of some others."""
        if len(literals) == 1:
            return literals[0]
        whole = self.new()
        self.add(-whole, *literals)
        for literal in literals:
            self.add(-literal, whole)
        return whole

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Pairwise: no two of them."""
        for one, other in combinations(literals, 2):
            self.add(-one, -other)

    def at_most_one_by_commander(self, literals: Sequence[int], size: int = 4) -> None:
        """Groups with a commander each, at most one commander (Klieber & Kwon, 2007)."""
        while len(literals) > size + 1:
            commanders = []
            for begin in range(0, len(literals), size):
                group = literals[begin : begin + size]
                self.at_most_one(group)
                commander = self.new() if len(group) > 1 else group[0]
                if len(group) > 1:
                    for literal in group:
                        self.add(-literal, commander)
                commanders.append(commander)
            literals = commanders
        self.at_most_one(literals)

    def at_most(self, literals: Sequence[int], most: int) -> None:
        """Sequential counter: at most `most` of them (Sinz, 2005)."""
        if len(literals) <= most:
            return
        if most == 0:
            for literal in literals:
                self.add(-literal)
            return
        before: list[int] = []
        for number, literal in enumerate(literals):
            now = (
                [self.new() for _ in range(min(most, number + 1))]
                if number + 1 < len(literals)
                else []
            )
            if now:
                self.add(-literal, now[0])
            for k, counter in enumerate(before):
                if k < len(now):
                    self.add(-counter, now[k])
                if k + 1 < len(now):
                    self.add(-literal, -counter, now[k + 1])
            if len(before) == most:
                self.add(-literal, -before[-1])
            before = now

    def sorted_down(self, literals: Sequence[int]) -> list[int]:
        """Outputs o with o[k] true exactly when more than k of the literals are (odd-even merge
        network).
        """
        if len(literals) <= 1:
            return list(literals)
        middle = len(literals) // 2
        return self._merged(
            self.sorted_down(literals[:middle]), self.sorted_down(literals[middle:])
        )

    def _merged(self, one: list[int], other: list[int]) -> list[int]:
        if not one or not other:
            return one or other
        if len(one) == len(other) == 1:
            return list(self._compared(one[0], other[0]))
        even = self._merged(one[::2], other[::2])
        odd = self._merged(one[1::2], other[1::2])
        merged = [even[0]]
        for high, low in zip(even[1:], odd, strict=False):
            merged += self._compared(high, low)
        longer = even if len(even) > len(odd) + 1 else odd
        return merged + longer[min(len(even) - 1, len(odd)) + (longer is even) :]

    def _compared(self, one: int, other: int) -> tuple[int, int]:
        """(larger, smaller) of two literals, both ways."""
        high, low = self.new(), self.new()
        self.add(-one, high)
        self.add(-other, high)
        self.add(one, other, -high)
        self.add(one, -low)
        self.add(other, -low)
        self.add(-one, -other, low)
        return high, low

    def exactly(self, literals: Sequence[int], count: int) -> None:
        """Exactly `count` of them, by a sorting network."""
        outputs = self.sorted_down(literals)
        for k, output in enumerate(outputs):
            self.add(output if k < count else -output)
