# SPDX-License-Identifier: EUPL-1.2
"""Ranks all companies for all open needs, and sends the alerts that are due."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.actions import alerts as alert_actions
from app.actions import matching as actions
from app.actions.matching import Placed, Ranked
from app.jobs.progress import Progress
from app.models import clock
from app.models.base import db
from app.models.matching import Alert
from app.models.needs import Need
from app.queries import alerts, dismissals, rankings, supplies
from app.queries.supplies import Supplies
from app.rules.demands import Demand
from app.rules.market import EXCLUSIONS, Compared, Market, first_companies, turns
from app.rules.matching import Match, match
from app.rules.ranking import month_of

KEPT_FOR_NEED, KEPT_FOR_COMPANY = 50, 10
NEEDS_AT_ONCE = 10


def rank_needs(progress: Progress) -> dict[str, Any]:
    """Rank every company for every open need, and every need for every company.

    The comparing holds no transaction; what is found is kept a few needs at a time, so that a job
    that is stopped leaves whole rankings, some new and some old. Errors: Cancelled.
    """
    demands, companies, closed = _read()
    actions.forget_rankings(closed)
    whole = Whole(companies, month_of(clock.today()))
    steps = 2 * len(demands)
    for done, demand in enumerate(demands.values()):
        progress.report(done, steps)
        whole.compare(demand)
    whole.place()
    needs = list(demands.values())
    for start in range(0, len(needs), NEEDS_AT_ONCE):
        progress.report(len(demands) + start, steps)
        actions.keep_rankings([whole.ranked(one) for one in needs[start : start + NEEDS_AT_ONCE]])
    progress.report(steps, steps)
    return {"needs": len(demands), "companies": len(companies.by_id), "pairs": whole.pairs}


def send_alerts(progress: Progress) -> dict[str, Any]:
    """Write the letters of the alerts that are due, each in a transaction of its own."""
    waiting, told = alerts.due(), 0
    for done, key in enumerate(waiting):
        progress.report(done, len(waiting))
        alert = db.session.get(Alert, key)
        told += alert_actions.send(alert) if alert is not None else 0
    progress.report(len(waiting), len(waiting))
    return {"alerts": len(waiting), "needs": told}


def _read() -> tuple[dict[int, Demand], Supplies, list[int]]:
    """The open needs, all companies, and the needs whose ranking is to be dropped."""
    needs = list(db.session.scalars(rankings.open_needs().order_by(Need.id)))
    by_id = {need.id: need for need in needs}
    demands = supplies.of_needs(needs, refused=dismissals.refused(by_id))
    companies = supplies.of_companies()
    closed = [key for key in rankings.ranked_needs() if key not in by_id]
    db.session.remove()
    return demands, companies, closed


@dataclass
class Whole:
    """All pairs: the points of each, then the first places of both lists."""

    companies: Supplies
    month: int
    pairs: int = 0
    _found: dict[int, Compared] = field(default_factory=dict, repr=False)
    _places: dict[int, dict[int, int]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.market = Market(list(self.companies.by_id.values()))

    def compare(self, demand: Demand) -> None:
        """One need with every company of its trade."""
        self._found[demand.id] = self.market.compare(demand)
        self.pairs += len(self.companies.by_id)

    def place(self) -> None:
        """The first needs of each company, in the order of `rules.ranking.needs_in_order`."""
        fitting = {need: found.fitting() for need, found in self._found.items()}
        needs = np.repeat(list(fitting) or [0], [rows.size for rows, _ in fitting.values()] or [0])
        rows = _joined(rows for rows, _ in fitting.values())
        score = _joined(score for _, score in fitting.values())
        ids = self.market.ids[rows]
        order = np.lexsort((needs, turns(needs, ids, self.month), -score, ids))
        places: dict[int, dict[int, int]] = defaultdict(dict)
        count: Counter[int] = Counter()
        for company, need in zip(ids[order].tolist(), needs[order].tolist(), strict=True):
            count[company] += 1
            if count[company] <= KEPT_FOR_COMPANY:
                places[need][company] = count[company]
        self._places = dict(places)

    def ranked(self, demand: Demand) -> Ranked:
        """What is kept of one need, with the share of each criterion."""
        compared = self._found[demand.id]
        first = first_companies(
            self.market, compared, need=demand.id, new=self.companies.new, month=self.month,
            most=KEPT_FOR_NEED,
        )  # fmt: skip
        ranks = {one.id: rank for rank, one in enumerate(first, start=1)}
        theirs = self._places.get(demand.id, {})
        placed = [
            self._placed(demand, company, ranks.get(company), theirs.get(company))
            for company in ranks.keys() | theirs.keys()
        ]
        reasons, counts = np.unique(compared.aside[compared.aside >= 0], return_counts=True)
        aside = {
            EXCLUSIONS[reason].value: int(count)
            for reason, count in zip(reasons, counts, strict=True)
        }
        return Ranked(demand.id, placed, int((compared.score >= 0).sum()), aside)

    def _placed(
        self, demand: Demand, company: int, rank: int | None, company_rank: int | None
    ) -> Placed:
        found = match(demand, self.companies.by_id[company])
        if not isinstance(found, Match):
            raise ValueError(f"the columns propose company {company}, the rule does not: {found}")
        reasons = {one.criterion.value: one.share for one in found.reasons}
        return Placed(company, found.score, rank, company_rank, reasons)


def _joined(parts: Iterable[Any]) -> Any:
    listed = list(parts)
    return np.concatenate(listed) if listed else np.array([], dtype=np.int64)
