# SPDX-License-Identifier: EUPL-1.2
"""Proof in mode "all": every wish placed with the fewest breaks, or proven impossible.

Two searches side by side. One is core-guided from the start: its bound rises until an answer meets
it. The other waits a moment, anneals for a good answer, then is core-guided with other luck. The
best bound and the best answer close the case together.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.breaks import BreakModel
from scheduler.reduce import Reduction
from scheduler.rough import rough_answer
from scheduler.runs import fewest_broken, starts_of
from scheduler.search import Search, Stop, beside, pause, race

SETTINGS: dict[str, Any] = {
    "optimize_with_core": True,
    "core_minimization_level": 0,
    "linearization_level": 0,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
}
HEAD_START = 0.4  # seconds of one search alone: most small cases end there
ANNEALING = 2.0  # seconds at most for the good answer

Answer = tuple[dict[int, int], int]  # wish → slot, and the breaks


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


class Entrant(threading.Thread):
    """A good answer from elsewhere, if any, then a search to the end: one entrant in a race."""

    def __init__(
        self, search: Callable[[], Search], rough: Callable[[Stop], Answer | None] | None = None
    ) -> None:
        super().__init__(daemon=True)
        self.search, self.rough = search, rough
        self.best: dict[int, int] | None = None
        self.value = 0.0
        self.proof: Search | None = None
        self.status = "unknown"
        self.stopped = threading.Event()

    def run(self) -> None:
        answer = self.rough(self.stopped.is_set) if self.rough else None
        if answer is not None:
            self.best, self.value = answer
        proof = self.proof = self.search()
        if self.stopped.is_set():
            return
        proof.run()
        if proof.best is not None and (self.best is None or proof.value < self.value):
            self.best, self.value = proof.best, proof.value
        self.status = proof.status

    def stop(self) -> None:
        self.stopped.set()
        if self.proof is not None:
            self.proof.stop()

    @property
    def bound(self) -> float:
        return 0.0 if self.proof is None else max(0.0, self.proof.bound)

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

    def search(luck: int) -> Callable[[], Search]:
        return lambda: Search(model, seconds(), luck, effort, **SETTINGS)

    def rough(stopped: Stop) -> Answer | None:
        if effort is not None:
            return rough_answer(reduction, fairness, seed, None, stopped)
        if pause(HEAD_START, stopped):
            return None
        return rough_answer(reduction, fairness, seed, min(ANNEALING, seconds() / 4), stopped)

    if effort is not None:
        entrants = [Entrant(search(seed), rough)]
    else:
        entrants = [Entrant(search(seed)), Entrant(search(seed + 1), rough)]
    race(entrants, stop, lambda: _best_of(entrants, model.least).status == "optimal")
    return _best_of(entrants, model.least)


def _model(reduction: Reduction, fairness: int | None) -> BreakModel:
    starts = starts_of(reduction)
    return BreakModel(reduction, starts, fewest_broken(reduction, starts), fairness)


def _best_of(entrants: Sequence[Entrant], least: int) -> Exact:
    """The best answer and the best bound of several entrants."""
    if any(entrant.status == "infeasible" for entrant in entrants):
        return Exact("infeasible", None)
    bound = max([least, *(round(entrant.bound) for entrant in entrants)])
    answered = [entrant for entrant in entrants if entrant.best is not None]
    if not answered:
        return Exact("unknown", None, 0, bound)
    best = min(answered, key=lambda entrant: entrant.value)
    breaks = round(best.value)
    status = "optimal" if breaks <= bound else "feasible"
    return Exact(status, best.best, breaks, min(bound, breaks))
