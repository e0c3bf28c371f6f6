# SPDX-License-Identifier: EUPL-1.2
"""How evenly a run treats people: who meets how often, who waits, who is left without a meeting."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from app.models.schedules import ScheduleRun
from app.queries import pairs
from app.queries.pairs import Side
from app.queries.schedule_problem import row_id
from app.rules.companies import Role

CLASSES = 8


@dataclass(frozen=True)
class Bar:
    """How many companies and buyers have from `first` to `last` meetings."""

    first: int
    last: int
    companies: int
    buyers: int


@dataclass(frozen=True)
class Share:
    """An organisation with its accepted requests and those placed."""

    side: Side
    placed: int
    asked: int

    @property
    def share(self) -> float:
        return self.placed / self.asked


@dataclass(frozen=True)
class Proven:
    """What is proven of a run's waiting and fairness.

    over: empty slots more than any schedule of this value must have, at most (None: not worked
    out). worst_is_least, share_is_most: nobody could wait less, or be served better. share: of
    requests placed that no schedule can promise everybody more than. limit: empty slots of a day
    that nobody should pass, where asked; price, price_idle: what that cost.
    """

    over: int | None
    worst_is_least: bool
    share_is_most: bool
    share: float
    limit: int | None
    price: int
    price_idle: int


@dataclass(frozen=True)
class Fairness:
    """Everybody who has an accepted request, in figures.

    means: meetings per company, per buyer. alone: without any meeting; reachable: those of them
    for whom one was possible taken alone. least: the lowest share of requests placed, of those who
    meet somebody (fewest placed first).
    """

    bars: tuple[Bar, ...]
    means: tuple[float, float]
    alone: tuple[Share, ...]
    reachable: frozenset[int]
    least: tuple[Share, ...]
    asking: int
    proven: Proven

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((max(bar.companies, bar.buyers) for bar in self.bars), default=0) or 1

    @property
    def forgotten(self) -> list[Share]:
        """Those without a meeting for whom one was possible (scheduler's goal G0)."""
        return [one for one in self.alone if one.side.registration_id in self.reachable]


def of_run(run: ScheduleRun) -> Fairness:
    """The figures of one run. One query."""
    wishes = {wish["id"]: wish["parties"] for wish in run.problem["wishes"]}
    asked = Counter(row_id(party) for pair in wishes.values() for party in pair)
    met = (wishes[meeting["wish"]] for meeting in run.solution.get("meetings", ()))
    placed = Counter(row_id(party) for pair in met for party in pair)
    sides = pairs.sides(asked)
    shares = [Share(sides[one], placed[one], asked[one]) for one in sorted(sides)]
    meeting = sorted((one for one in shares if one.placed), key=_by_share)
    return Fairness(
        bars=_bars(shares),
        means=(_mean(shares, Role.COMPANY), _mean(shares, Role.BUYER)),
        alone=tuple(one for one in shares if not one.placed),
        reachable=frozenset(row_id(party) for party in run.solution.get("uncovered", ())),
        least=tuple(one for one in meeting if one.share == meeting[0].share),
        asking=len(shares),
        proven=proven(run),
    )


def proven(run: ScheduleRun) -> Proven:
    """What the answer of a run proves of waiting and fairness. No query."""
    told = run.solution.get("fairness", {})
    bound, share = run.solution.get("idle_bound"), told.get("share_bound")
    return Proven(
        over=None if bound is None else run.idle - bound,
        worst_is_least=told.get("worst_idle_bound") == told.get("worst_idle", 0),
        share_is_most=share is not None and told.get("lowest_share", 0.0) >= share,
        share=1.0 if share is None else share,
        limit=told.get("limit"),
        price=int(told.get("price", 0)),
        price_idle=told.get("price_idle", 0),
    )


def _by_share(one: Share) -> tuple[float, int]:
    return one.share, -one.asked


def _bars(shares: Collection[Share]) -> tuple[Bar, ...]:
    """Classes of equal width from 1 up; those without any meeting stand alone, first."""
    most = max((one.placed for one in shares), default=0)
    width = max(1, -(-most // CLASSES))
    edges = [(0, 0), *((first, first + width - 1) for first in range(1, most + 1, width))]
    return tuple(
        Bar(
            first,
            last,
            companies=_number(shares, Role.COMPANY, first, last),
            buyers=_number(shares, Role.BUYER, first, last),
        )
        for first, last in edges
    )


def _number(shares: Collection[Share], role: Role, first: int, last: int) -> int:
    return sum(one.side.role == role and first <= one.placed <= last for one in shares)


def _mean(shares: Collection[Share], role: Role) -> float:
    theirs = [one.placed for one in shares if one.side.role == role]
    return sum(theirs) / len(theirs) if theirs else 0.0
