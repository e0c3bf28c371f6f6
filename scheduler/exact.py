# SPDX-License-Identifier: EUPL-1.2
"""Proof in mode "all": every wish placed with the fewest breaks, or proven impossible.

Two searches side by side, each closing instances that the other does not. On native constraints:
first the question "without any break?", often answered at once, then a core-guided search. On the
paper's clauses: the core-guided search from the start.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.encoding import Encoding, encode, is_classic
from scheduler.model import Model
from scheduler.reduce import Reduction
from scheduler.search import Search, Stop, race, wait

HEAD_START = 0.4  # seconds of the native search alone, before clauses are worth writing
QUESTION_SHARE = 0.4  # of the time: a question still open then is left to the core-guided search


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


class ClauseModel(Model):
    """The paper's clauses in the place of the native model."""

    def __init__(self, code: Encoding) -> None:
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.model = cp_model.CpModel()
        variables = [self.model.new_bool_var("") for _ in range(code.clauses.count)]
        literals: list[Any] = [None, *variables, *(~variable for variable in reversed(variables))]
        for row in code.clauses.rows:
            self.model.add_bool_or([literals[n] for n in row])
        self.model.minimize(sum(variables[n - 1] for n in code.breaks))
        self.x = {key: variables[literal - 1] for key, literal in code.placed.items()}


def native_model(reduction: Reduction, fairness: int | None, *, none: bool = False) -> Model:
    """The native model with breaks minimised, or ruled out."""
    model = Model(reduction)
    holes = model.breaks(none=none)
    if none:
        return model
    model.model.minimize(sum(literal for row in holes.values() for literal in row))
    if fairness is not None:
        _keep_even(model, list(holes.values()), fairness)
    return model


def _keep_even(model: Model, holes: list[list[Any]], most: int) -> None:
    """The breaks of any two parties differ by at most `most`."""
    if any(not row for row in holes):
        for row in holes:
            if len(row) > most:
                model.model.add(sum(row) <= most)
        return
    least = model.model.new_int_var(0, min(len(row) for row in holes), "")
    for row in holes:
        model.model.add(sum(row) >= least)
        model.model.add(sum(row) <= least + most)


class Staged(threading.Thread):
    """A question that settles the case if the answer is yes, then a search; one entrant in a
    race.
    """

    def __init__(self, question: Search, then: Callable[[], Search]) -> None:
        super().__init__(daemon=True)
        self.current, self.then = question, then
        self.floor = 0.0  # the bound proven by a question answered no
        self.stopped = self.done = False

    def run(self) -> None:
        self.current.run()
        if self.current.best is None and not self.stopped:
            self.floor = float(self.current.status == "infeasible")
            self.current = self.then()
            if not self.stopped:
                self.current.run()
        self.done = True

    def stop(self) -> None:
        self.stopped = True
        self.current.stop()

    @property
    def closed(self) -> bool:
        return self.done and self.current.closed

    @property
    def status(self) -> str:
        return self.current.status if self.done else "unknown"

    @property
    def best(self) -> dict[int, int] | None:
        return self.current.best

    @property
    def value(self) -> float:
        return self.current.value

    @property
    def bound(self) -> float:
        return max(self.floor, self.current.bound)


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

    `seconds`: tells the time left; `effort`: deterministic time per search instead of the clock,
    and no race.
    Source: core-guided search, Bofill et al., JAIR 74 (2022), on two models.
    """
    if any(not slots for slots in reduction.allowed):
        return Exact("infeasible", None)

    def search(model: Model, share: float = 1.0, **settings: Any) -> Search:
        return Search(model, share * seconds(), seed, effort, linearization_level=0, **settings)

    native = Staged(
        search(native_model(reduction, fairness, none=True), QUESTION_SHARE),
        lambda: search(native_model(reduction, fairness), optimize_with_core=True),
    )
    searches: list[Search | Staged] = [native]
    wait(native, HEAD_START, stop)
    if is_classic(reduction) and not native.closed and not stop():
        clauses = ClauseModel(encode(reduction, fairness))
        searches.append(search(clauses, optimize_with_core=True, symmetry_level=0))
    race(searches, stop, first=effort is None)
    return _best_of(searches)


def _best_of(searches: Sequence[Search | Staged]) -> Exact:
    """Join what several searches found."""
    if any(search.status == "infeasible" for search in searches):
        return Exact("infeasible", None)
    bound = max([0, *(round(search.bound) for search in searches if search.bound > 0)])
    answered = [search for search in searches if search.best is not None]
    if not answered:
        return Exact("unknown", None, 0, bound)
    best = min(answered, key=lambda search: search.value)
    closed = any(search.closed for search in searches) or round(best.value) <= bound
    breaks = round(best.value)
    return Exact(
        "optimal" if closed else "feasible", best.best, breaks, breaks if closed else bound
    )
