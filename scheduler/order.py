# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a run and how it stands: budget, progress, the wish to stop, and the proof
beside it.
"""

import threading
import time
from dataclasses import dataclass, field

from scheduler.bounds import Bound, Ladder
from scheduler.problem import Number, Problem
from scheduler.reduce import Reduction
from scheduler.solution import Progress, ProgressCall

GRACE = 1.0  # seconds beyond its budget that a run waits for a sharper bound
TICK = 0.2  # seconds between two calls of progress
STEPS_PER_EFFORT = 100_000  # annealing steps that count as one unit of CP-SAT's deterministic time


@dataclass
class Order:
    """What was asked of a run, and how it stands: budget, progress, wish to stop."""

    problem: Problem
    seconds: float
    iterations: int | None
    seed: int
    progress: ProgressCall | None
    fairness: int | None
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0
    stopped: bool = False
    value: Number = 0
    bound: Number | None = None
    idle: int = 0
    phase: str = "start"

    def stop(self) -> bool:
        """Report at most five times a second; True once the caller wants to stop."""
        now = time.monotonic()
        if self.progress is not None and not self.stopped and now - self.told >= TICK:
            self.told = now
            self.stopped = bool(
                self.progress(Progress(self.value, self.bound, self.idle, self.spent, self.phase))
            )
        return self.stopped

    @property
    def spent(self) -> float:
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds left, without what the places and the reasons will take."""
        if self.iterations is not None:
            return 3600.0
        return self.seconds - self.spent - self.reserve

    @property
    def reserve(self) -> float:
        return min(0.25 * self.seconds, self.seating_seconds + len(self.problem.wishes) / 8000)

    @property
    def seating_seconds(self) -> float:
        return min(2.0, 0.1 + len(self.problem.wishes) / 10_000, 0.1 * self.seconds)

    @property
    def fairness_seconds(self) -> float:
        """What the search for fairness may take."""
        return min(0.1 * self.seconds, 0.3 + len(self.problem.parties) / 1000)

    @property
    def effort(self) -> float | None:
        """CP-SAT's deterministic time where the answer must repeat."""
        return None if self.iterations is None else max(0.5, self.iterations / STEPS_PER_EFFORT)


class Proof:
    """The upper bound of a run: the rough one from the start, the sharp one beside the annealing
    where that stays short of it.
    """

    def __init__(self, reduction: Reduction) -> None:
        self.ladder = Ladder(reduction)
        self.bound = self.ladder.rough
        self.patience = len(reduction.parties) / 2000  # seconds until the sharp bound is worth it
        self.beside: threading.Thread | None = None

    def sharpen(self) -> None:
        """Begin to work out the sharp bound, if nobody has."""
        if self.beside is None:
            self.beside = threading.Thread(target=self._sharpen, daemon=True)
            self.beside.start()

    def _sharpen(self) -> None:
        self.bound = self.ladder.sharp

    def settle(self, order: Order, *, enough: bool) -> Bound:
        """The bound to end with; `enough`: the answer is known to be as good as the one at hand.

        The sharp one is waited for while the budget lasts, and a moment more; the rough one holds
        too.
        """
        if enough:
            return self.bound
        self.sharpen()
        until = time.monotonic() + max(GRACE, order.left())
        while self.beside is not None and self.beside.is_alive() and not order.stop():
            if time.monotonic() > until:
                break
            self.beside.join(TICK)
        return self.bound
