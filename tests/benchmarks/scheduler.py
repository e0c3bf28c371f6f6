# SPDX-License-Identifier: EUPL-1.2
"""The scheduler's bars, measured: `python -m tests.benchmarks.scheduler
fairs|literature|repair|curve`.

Reads the shared instances beside the project (or in PASSERELLE_INSTANCES); nothing here is
asserted.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scheduler import (
    Event,
    Party,
    Wish,
    check,
    compiled,
    repair,
    sample,
    solution_to_json,
    solve,
)
from scheduler.bounds import rough_bound, upper_bound
from scheduler.codec import bare, read_problem
from scheduler.event import Closure
from scheduler.idle import LeastIdle, fate_of, least_idle, waits_in
from scheduler.improve import Run, rehearse, start
from scheduler.problem import Problem
from scheduler.reduce import reduce
from scheduler.repair import Repair
from scheduler.seating import seat
from scheduler.solution import Progress, Solution
from tests.benchmarks import peers

ROOT = Path(
    os.environ.get("PASSERELLE_INSTANCES")
    or Path(__file__).parents[2].parent / "shared" / "instances"
)
LITERATURE_LIMIT = 45.0  # seconds for each side
BUDGET = {"S": 5.0, "M": 10.0, "L": 20.0, "XL": 40.0}


def clocked(action: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """What an action gives, and its seconds, measured where it runs."""
    began = time.perf_counter()
    return action(*arguments), time.perf_counter() - began


def apart(action: Callable[..., Any], *arguments: Any, seconds: float) -> tuple[Any, float]:
    """Run in a process of its own, ended after some seconds; (None, seconds) when it was."""
    pool = multiprocessing.get_context("fork").Pool(1)
    try:
        found: tuple[Any, float] = pool.apply_async(clocked, (action, *arguments)).get(seconds)
        return found
    except multiprocessing.TimeoutError:
        return "time out", seconds
    finally:
        pool.terminate()


def first_schedule(problem: Problem) -> Run:
    return start(reduce(problem), 1)


def proven(problem: Problem) -> Solution:
    return solve(problem, seconds=LITERATURE_LIMIT)


def mend(problem: Problem, published: Solution, event: Event) -> Repair:
    return repair(problem, published, event, seconds=40)


def bounds_of(problem: Problem) -> tuple[float, float]:
    """Seconds of the rough bound and of the sharp one."""
    reduction = reduce(problem)
    return clocked(rough_bound, reduction)[1], clocked(upper_bound, reduction)[1]


def idle_proof(problem: Problem, answer: Solution) -> LeastIdle:
    """The bound on idle slots alone, once a schedule is known."""
    reduction = reduce(problem)
    at = {meeting.wish: problem.slot_index[meeting.slot] for meeting in answer.meetings}
    fate = fate_of(reduction, rough_bound(reduction), answer.value)
    return least_idle(fate, waits_in(reduction, [at.get(w.id, -1) for w in problem.wishes]))


def a_fair(size: str) -> Problem:
    return read_problem(ROOT / "fairs" / f"fair-{size}-1.json")


def time_to_bound(problem: Problem, budget: float) -> tuple[float, Any]:
    """Seconds until the value reached its proven bound, and the answer at the end of the budget."""
    reached: list[float] = []

    def watch(progress: Progress) -> bool:
        if progress.bound is not None and progress.value >= progress.bound and not reached:
            reached.append(progress.seconds)
        return False

    answer = solve(problem, seconds=budget, progress=watch)
    return (reached[0] if reached else math.inf), answer


def fairs(sizes: list[str]) -> None:
    """Value, bound, idle and places of the four tight fairs, peers beside."""
    print("| fair | first fit | CP-SAT 60 s | this, 1 s | this | bound | at bound |", end="")
    print(" idle / fewest |", end="")
    print(" first schedule | places | changes / least | memory |")
    solve(sample(50), seconds=1)
    for size in sizes:
        problem = a_fair(size)
        fit = peers.first_fit(problem)
        plain = peers.plain_cp_sat(problem, 60.0) if size in "SML" else ("-", "-")
        brief = solve(problem, seconds=1)
        reached, answer = time_to_bound(problem, BUDGET[size])
        if check(problem, answer):
            raise SystemExit(f"{size}: the answer breaks a rule")
        reduction = reduce(problem)
        _, first = clocked(first_schedule, problem)
        plan = {m.wish: problem.slot_index[m.slot] for m in answer.meetings}
        seating, places = clocked(seat, reduction.problem, plan)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"| {size} | {fit[0]:g}/{fit[1]} | {plain[0]}/{plain[1]} "
            f"| {brief.value:g}/{brief.idle} | {answer.value:g} | {answer.value_bound:g} "
            f"| {reached:.1f} s | {answer.idle} / {answer.idle_bound} at {answer.seconds:.0f} s "
            f"| {first:.2f} s "
            f"| {places:.1f} s | {seating.changes}/{seating.changes_bound} | {memory:.2f} GB |",
            flush=True,
        )


def beside_rc2(problem: Problem, expected: int | None) -> tuple[str, float]:
    """A row's cells: what each found in how many seconds; and ours over theirs."""
    answer, ours = clocked(proven, problem)
    found = None if answer.status == "infeasible" else answer.breaks
    proven_so = answer.status in ("optimal", "infeasible")
    peer, theirs = apart(peers.rc2, problem, seconds=LITERATURE_LIMIT)
    remark = " (not proven)" if not proven_so else "" if found == expected else " WRONG"
    return f"{found}{remark} | {ours:.2f} | {peer} | {theirs:.2f}", ours / theirs


def literature(pattern: str) -> None:
    """Published optima proven, beside RC2 on the same clauses in the same run; a file that is the
    same as an earlier one is named, not run again.
    """
    published = json.loads((ROOT / "b2bsp" / "published.json").read_text())["d2"]
    seen: dict[bytes, str] = {}
    ratios = []
    print("| instance | published | this | s | RC2 | s |")
    for name, row in published.items():
        file = ROOT / "b2bsp" / f"{name}.dzn"
        twin = seen.setdefault(file.read_bytes(), name)
        if pattern not in name:
            continue
        if twin != name and pattern in twin:
            print(f"| {name} | {row['breaks']} | as {twin} | | | |", flush=True)
            continue
        cells, ratio = beside_rc2(read_problem(file), row["breaks"])
        ratios.append(math.log(ratio))
        print(f"| {name} | {row['breaks']} | {cells} |", flush=True)
    print(f"geometric mean of the ratios: {math.exp(sum(ratios) / len(ratios)):.2f}")


def events(problem: Problem) -> dict[str, Event]:
    """Late parties, closed tables and a buyer who leaves, after a third of the fair."""
    chance = random.Random(1)
    count = len(problem.slots)
    now = problem.slots[count // 3].id
    buyers = [party.id for party in problem.parties if party.role == "buyer"]
    late = tuple(Party(f"late{n}", (1,) * count, role="company") for n in range(10))
    wishes = tuple(
        Wish(
            f"late wish {n}", (chance.choice(buyers), f"late{n % 10}"), chance.choice((1, 2, 3, 5))
        )
        for n in range(40)
    )
    shut = problem.places[: max(1, len(problem.places) // 100)]
    return {
        "10 late parties, 40 wishes": Event(now, late=late, wishes=wishes),
        "1 % of tables close": Event(now, close=tuple(Closure(place.id, now) for place in shut)),
        "one buyer leaves": Event(now, cancel=(buyers[3],)),
    }


def event_to_json(event: Event) -> dict[str, Any]:
    return {
        "now": event.now,
        "cancel": list(event.cancel),
        "close": [{"place": one.place, "from": one.first} for one in event.close],
        "late": [bare(party) for party in event.late],
        "wishes": [bare(wish) for wish in event.wishes],
    }


def command(size: str, published: Solution, event: Event) -> float:
    """Seconds of the whole command: Python started, three files read, one written."""
    with tempfile.TemporaryDirectory() as folder:
        solution, what = Path(folder) / "solution.json", Path(folder) / "event.json"
        solution.write_text(json.dumps(solution_to_json(published)), encoding="utf-8")
        what.write_text(json.dumps(event_to_json(event)), encoding="utf-8")
        files = [str(ROOT / "fairs" / f"fair-{size}-1.json"), str(solution), str(what)]
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "scheduler", "repair", *files, "--out", f"{folder}/mended.json"],
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def repairs(sizes: list[str]) -> None:
    """Repairs of a published schedule."""
    print("| fair | event | s | whole command, s | value / bound | moves / bound | certified |")
    for size in sizes:
        problem = a_fair(size)
        published = solve(problem, seconds=BUDGET[size])
        for name, event in events(problem).items():
            mended, spent = clocked(mend, problem, published, event)
            few = mended.answers[1]
            if check(mended.problem, few.solution):
                raise SystemExit(f"{size}, {name}: the answer breaks a rule")
            print(
                f"| {size} | {name} | {spent:.2f} | {command(size, published, event):.2f} "
                f"| {few.solution.value:g} / {mended.value_bound:g} "
                f"| {few.moves} / {mended.moves_bound} | {mended.certified} |",
                flush=True,
            )


def curve() -> None:
    """Seconds against size, up to 5,000 parties and 30,000 wishes."""
    print("| wishes | parties | rough / sharp bound, s | value at its bound, s |", end="")
    print(" value / bound | idle |")
    last: tuple[int, float] | None = None
    for wishes in (500, 2000, 8000, 30_000):
        problem = sample(wishes, seed=7)
        rough, sharp = bounds_of(problem)
        reached, answer = time_to_bound(problem, 5 + wishes / 500)
        growth = ""
        if last is not None and reached < math.inf:
            growth = f" (size^{math.log(reached / last[1]) / math.log(wishes / last[0]):.1f})"
        last = (wishes, reached)
        print(
            f"| {wishes} | {len(problem.parties)} | {rough:.2f} / {sharp:.2f} "
            f"| {reached:.2f}{growth} | {answer.value:g} / {answer.value_bound:g} "
            f"| {answer.idle} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("fairs", "literature", "repair", "curve"))
    parser.add_argument("which", nargs="*", help="sizes (S M L XL), or a part of the names")
    options = parser.parse_args()
    compiled.warm(rehearse)
    if options.what == "fairs":
        fairs(options.which or list(BUDGET))
    elif options.what == "literature":
        for pattern in options.which or ["original"]:
            literature(pattern)
    elif options.what == "repair":
        repairs(options.which or ["L", "XL"])
    else:
        curve()


if __name__ == "__main__":
    main()
