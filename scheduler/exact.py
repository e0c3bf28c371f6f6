# SPDX-License-Identifier: EUPL-1.2
"""Proof in mode "all": every wish placed with the fewest breaks, or proven impossible.

Two searches side by side. One is core-guided from the start: its bound rises until an answer meets
it. The other first asks for a good answer, then is core-guided with other luck. The best bound and
the best answer close the case together.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.breaks import BreakModel
from scheduler.reduce import Reduction
from scheduler.runs import fewest_broken, starts_of
from scheduler.search import Search, Stop, beside, race

SETTINGS = {"linearization_level": 0, "cp_model_probing_level": 0, "symmetry_level": 0}
CORE = {"optimize_with_core": True, "core_minimization_level": 0}
ABOVE = (4, 12, 36)  # breaks above the bound that are asked for, one question after the other
ASKING = 1.0  # deterministic time of a question


@dataclass(frozen=True)
class Exact:
    """wish → slot with the fewest breaks found, and a proven lower bound; `slots` None when none
    was found.

    `status`: optimal | feasible | infeasible | unknown.
    """

    status: str
    slots: dict[int, int] | None
    breaks: int = 0
    bound: int = 0


class Stages(threading.Thread):
    """Questions "with at most so many breaks?" until one is answered, then the whole search; one
    entrant in a race.
    """

    def __init__(self, questions: Iterable[Search], whole: Callable[[], Search]) -> None:
        super().__init__(daemon=True)
        self.questions, self.whole = questions, whole
        self.current: Search | None = None
        self.last: Search | None = None
        self.best: dict[int, int] | None = None
        self.value = 0.0
        self.proven = 0.0
        self.status = "unknown"
        self.stopped = False

    def run(self) -> None:
        for question in self.questions:
            self._follow(question)
            if question.best is not None:
                self._believe(question)
            if self.best is not None or self.stopped:
                break
        if not (self.closed or self.stopped):
            self.last = self.whole()
            self._believe(self._follow(self.last))

    def _follow(self, search: Search) -> Search:
        self.current = search
        if not self.stopped:
            search.run()
        return search

    def _believe(self, search: Search) -> None:
        """What is proven of the whole holds; so does what is proven of a question answered yes."""
        self.status, self.proven = search.status, max(self.proven, search.bound)
        if search.best is not None and (self.best is None or search.value < self.value):
            self.best, self.value = search.best, search.value

    def stop(self) -> None:
        self.stopped = True
        if self.current is not None:
            self.current.stop()

    @property
    def bound(self) -> float:
        return self.proven if self.last is None else max(self.proven, self.last.bound)

    @property
    def closed(self) -> bool:
        """It has proven its answer best, or that there is none."""
        return self.status in ("optimal", "infeasible")


def fewest_breaks(
    reduction: Reduction,
    fairness: int | None,
    seconds: Callable[[], float],
    stop: Stop,
    *,
    seed: int = 1,
    effort: float | None = None,
) -> Exact:
    """Place every wish with the fewest breaks.

    `seconds`: tells the time left; `effort`: deterministic time instead of the clock, and no race.
    Source: core-guided search, Bofill et al., JAIR 74 (2022), on a model of unbroken runs.
    """
    if any(not slots for slots in reduction.allowed):
        return Exact("infeasible", None)
    model = beside(lambda: _model(reduction, fairness), stop)
    if model is None:
        return Exact("unknown", None)

    def search(asked: BreakModel, luck: int, **settings: Any) -> Search:
        return Search(asked, seconds(), luck, effort, **SETTINGS, **settings)

    asking = ASKING if effort is None else min(ASKING, effort)
    questions = (
        search(model.with_at_most(model.least + more), seed, max_deterministic_time=asking)
        for more in ABOVE
    )
    entrants = [Stages(questions, lambda: search(model, seed + 1, **CORE))]
    if effort is None:
        entrants.append(Stages((), lambda: search(model, seed, **CORE)))
    race(entrants, stop, lambda: _best_of(entrants, model.least).status == "optimal")
    return _best_of(entrants, model.least)


def _model(reduction: Reduction, fairness: int | None) -> BreakModel:
    starts = starts_of(reduction)
    return BreakModel(reduction, starts, fewest_broken(reduction, starts), fairness)


def _best_of(entrants: Sequence[Stages], least: int) -> Exact:
    """The best answer and the best bound of several entrants."""
    if any(entrant.status == "infeasible" for entrant in entrants):
        return Exact("infeasible", None)
    bound = max([least, *(round(entrant.bound) for entrant in entrants if entrant.bound > 0)])
    answered = [entrant for entrant in entrants if entrant.best is not None]
    if not answered:
        return Exact("unknown", None, 0, bound)
    best = min(answered, key=lambda entrant: entrant.value)
    breaks = round(best.value)
    status = "optimal" if breaks <= bound else "feasible"
    return Exact(status, best.best, breaks, min(bound, breaks))
