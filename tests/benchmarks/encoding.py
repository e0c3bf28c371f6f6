# SPDX-License-Identifier: EUPL-1.2
"""The literature's problem as clauses, for the peer: every wish placed, fewest breaks.

Source: Bofill et al., JAIR 74 (2022), the encoding with both families of implied constraints.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from scheduler.reduce import Reduction
from tests.benchmarks.clauses import Clauses


@dataclass
class Encoding:
    """Clauses with the meaning of their literals; `breaks`: what is minimised."""

    reduction: Reduction
    clauses: Clauses = field(default_factory=Clauses)
    placed: dict[tuple[int, int], int] = field(default_factory=dict)  # (wish, slot) → literal
    used: dict[tuple[int, int], int] = field(default_factory=dict)  # (party, slot) → literal
    breaks: list[int] = field(default_factory=list)
    breaks_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def encode(reduction: Reduction, fairness: int | None) -> Encoding:
    """Write a classic problem as clauses; `fairness`: breaks of any two parties differ by at most
    so many.
    """
    code = Encoding(reduction)
    wishes_of: dict[int, list[int]] = defaultdict(list)
    for wish, parties in enumerate(reduction.parties):
        for party in parties:
            wishes_of[party].append(wish)
    _place_each_wish_once(code)
    for party, wishes in wishes_of.items():
        _use_each_slot_once(code, party, wishes)
    _respect_places(code, wishes_of)
    _respect_order(code)
    for party, wishes in wishes_of.items():
        _count_breaks(code, party, len(wishes))
    if fairness is not None:
        _keep_breaks_even(code, wishes_of, fairness)
    return code


def _place_each_wish_once(code: Encoding) -> None:
    for wish, slots in enumerate(code.reduction.allowed):
        literals = [code.clauses.new() for _ in slots]
        code.placed.update(
            {(wish, slot): literal for slot, literal in zip(slots, literals, strict=True)}
        )
        code.clauses.add(*literals)
        code.clauses.at_most_one_by_commander(literals)


def _use_each_slot_once(code: Encoding, party: int, wishes: list[int]) -> None:
    """A slot is used by at most one meeting of the party; implied: as many used slots as
    meetings.
    """
    used = []
    for slot in range(len(code.reduction.day_of)):
        literals = [code.placed[wish, slot] for wish in wishes if (wish, slot) in code.placed]
        if literals:
            code.clauses.at_most_one(literals)
            code.used[party, slot] = code.clauses.same_as_any(literals)
            used.append(code.used[party, slot])
    code.clauses.exactly(used, len(wishes))


def _respect_places(code: Encoding, wishes_of: dict[int, list[int]]) -> None:
    """At most so many meetings a slot, counted over clusters that share a party; implied: twice
    as many people.
    """
    if not code.reduction.families:
        return
    capacity = code.reduction.families[0].capacity
    clusters = _clusters(code.reduction.families[0].members, wishes_of)
    for slot, room in enumerate(capacity):
        groups = []
        for cluster in clusters:
            literals = [code.placed[wish, slot] for wish in cluster if (wish, slot) in code.placed]
            if literals:
                groups.append(code.clauses.same_as_any(literals))
        code.clauses.at_most(groups, room)
        people = [code.used[party, slot] for party in wishes_of if (party, slot) in code.used]
        if all(len(parties) == 2 for parties in code.reduction.parties):
            code.clauses.at_most(people, 2 * room)


def _clusters(members: tuple[int, ...], wishes_of: dict[int, list[int]]) -> list[list[int]]:
    """Wishes in groups that share a party, the largest groups first."""
    left = set(members)
    clusters = []
    while left:
        _party, wishes = max(
            wishes_of.items(), key=lambda item: (len(left.intersection(item[1])), -item[0])
        )
        cluster = sorted(left.intersection(wishes))
        clusters.append(cluster)
        left.difference_update(cluster)
    return clusters


def _respect_order(code: Encoding) -> None:
    for wish, earlier in enumerate(code.reduction.after):
        for other in earlier:
            for slot in code.reduction.allowed[wish]:
                for late in code.reduction.allowed[other]:
                    if late >= slot:
                        code.clauses.add(-code.placed[wish, slot], -code.placed[other, late])


def _count_breaks(code: Encoding, party: int, meetings: int) -> None:
    """A break ends where the party meets again: not used, has met, used next."""
    if meetings < 2:
        return
    clauses, met = code.clauses, 0
    total = len(code.reduction.day_of)
    for slot in range(total - 1):
        used, following = code.used.get((party, slot)), code.used.get((party, slot + 1))
        if met and following:
            hole = clauses.new()
            clauses.add(*([used] if used else []), -met, -following, hole)
            for literal in (-used if used else 0, met, following):
                if literal:
                    clauses.add(-hole, literal)
            code.breaks.append(hole)
            code.breaks_of[party].append(hole)
        if used:
            met = clauses.same_as_any([met, used]) if met else used


def _keep_breaks_even(code: Encoding, wishes_of: dict[int, list[int]], most: int) -> None:
    """If somebody has k + d breaks, everybody has k."""
    if any(len(code.breaks_of[party]) == 0 for party in wishes_of):
        for holes in code.breaks_of.values():
            code.clauses.at_most(holes, most)
        return
    outputs = {party: code.clauses.sorted_down(holes) for party, holes in code.breaks_of.items()}
    for k in range(max(len(row) for row in outputs.values())):
        high = [row[k + most] for row in outputs.values() if k + most < len(row)]
        if high:
            somebody = code.clauses.same_as_any(high)
            for row in outputs.values():
                code.clauses.add(-somebody, *row[k : k + 1])
