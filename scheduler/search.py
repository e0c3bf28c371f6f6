# SPDX-License-Identifier: EUPL-1.2
"""Searches that run beside the caller: progress is heard, and a wish to stop is obeyed at once."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, TypeVar

from scheduler.model import Model

Stop = Callable[[], bool]
T = TypeVar("T")
PATIENCE = 1.0  # seconds until a search that cannot be interrupted is left to end by itself


class Search(threading.Thread):
    """One CP-SAT search beside the caller: its best answer, its bound, and a way to stop it."""

    def __init__(
        self,
        model: Model,
        seconds: float,
        seed: int = 1,
        effort: float | None = None,
        **settings: Any,
    ):
        super().__init__(daemon=True)
        self.model = model
        self.solver = model.cp.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.random_seed = seed
        self.solver.parameters.max_time_in_seconds = max(0.01, seconds)
        if effort is not None:
            self.solver.parameters.max_time_in_seconds = 1e6
            self.solver.parameters.max_deterministic_time = effort
        for name, setting in settings.items():
            setattr(self.solver.parameters, name, setting)
        self.status = "unknown"
        self.best: dict[int, int] | None = None
        self.value = 0.0
        self.bound = float("-inf")

    def run(self) -> None:
        cp, search = self.model.cp, self

        class Keep(cp.CpSolverSolutionCallback):  # type: ignore[name-defined]
            def on_solution_callback(self) -> None:
                search.best = search.model.slots(self.boolean_value)
                search.value = self.objective_value if search.model.model.has_objective() else 0.0

        self.solver.best_bound_callback = self._note_bound
        status = self.solver.solve(self.model.model, Keep())
        names = {cp.OPTIMAL: "optimal", cp.FEASIBLE: "feasible", cp.INFEASIBLE: "infeasible"}
        self.status = names.get(status, "unknown")
        if status in (cp.OPTIMAL, cp.FEASIBLE):
            self.best = self.model.slots(self.solver.boolean_value)
            if self.model.model.has_objective():
                self.value, self.bound = (
                    self.solver.objective_value,
                    self.solver.best_objective_bound,
                )

    def _note_bound(self, bound: float) -> None:
        self.bound = bound

    def stop(self) -> None:
        self.solver.stop_search()

    @property
    def closed(self) -> bool:
        """It has proven its answer best, or that there is none."""
        return self.status in ("optimal", "infeasible")


def race(searches: Sequence[Any], stop: Stop, settled: Callable[[], bool] = lambda: False) -> None:
    """Run searches side by side until one closes, together they settle the case, all end, or the
    caller wants to stop.
    """
    for search in searches:
        if search.ident is None:
            search.start()
    while any(search.is_alive() for search in searches):
        if stop() or any(search.closed for search in searches) or settled():
            for search in searches:
                search.stop()
            break
        for search in searches:
            if search.is_alive():
                search.join(0.02)
                break
    until = time.monotonic() + PATIENCE
    for search in searches:
        search.join(max(0.0, until - time.monotonic()))


def run(search: Search, stop: Stop) -> Search:
    """Run one search to its end, or until the caller wants to stop."""
    race([search], stop)
    return search


def pause(seconds: float, stop: Stop) -> bool:
    """Wait a moment; True once the caller wants to stop."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stop():
        time.sleep(0.02)
    return stop()


def beside(work: Callable[[], T], stop: Stop) -> T | None:
    """What some work gives, done beside the caller; None once the caller wants to stop."""
    with_one = ThreadPoolExecutor(1)
    future = with_one.submit(work)
    with_one.shutdown(wait=False)
    while not wait([future], 0.02).done:
        if stop():
            return None
    return future.result()
