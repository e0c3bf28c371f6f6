# SPDX-License-Identifier: EUPL-1.2
"""The commands of `python -m scheduler`: files in, files out, progress on the error stream."""

import argparse
import gc
import json
import signal
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from scheduler import compiled
from scheduler.check import check
from scheduler.codec import (
    bare,
    event_from_json,
    problem_to_json,
    read_json,
    read_problem,
    read_solution,
    solution_to_json,
)
from scheduler.explain import explain
from scheduler.improve import rehearse
from scheduler.problem import Id, Problem
from scheduler.repair import Repair, repair
from scheduler.samples import sample
from scheduler.solution import Meeting, Progress, Solution
from scheduler.solver import solve
from scheduler.validate import BadInput
from scheduler.what_if_command import add_what_if

GOOD, BROKEN, BAD = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Run one command; 0 = done (also when proven infeasible), 1 = the answer breaks a rule, 2 =
    bad input.
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except BadInput as error:
        print(f"{error}", file=sys.stderr)
        return BAD
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_solve(commands)
    for name, run, files, text in (
        ("check", _check, ("problem", "solution"), "check an answer against every hard rule"),
        (
            "repair",
            _repair,
            ("problem", "solution", "event"),
            "mend a published answer after an event",
        ),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(run=run)
        for file in files:
            command.add_argument(file, type=Path)
        if name == "repair":
            command.add_argument("--seconds", type=float, default=10)
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--out", type=Path)
            command.add_argument(
                "--answer", choices=("fill", "few_moves", "best_value"), default="few_moves"
            )
    command = commands.add_parser(
        "explain", help="why a wish is not placed, and what would place it"
    )
    command.set_defaults(run=_explain)
    for file in ("problem", "solution"):
        command.add_argument(file, type=Path)
    command.add_argument("wish")
    add_what_if(commands)
    command = commands.add_parser("sample", help="an invented fair, on the standard output")
    command.set_defaults(run=_sample)
    command.add_argument("--size", type=int, default=1500, help="number of wishes")
    command.add_argument("--seed", type=int, default=7)
    commands.add_parser("warm", help="compile the kernel into its cache").set_defaults(run=_warm)
    return parser


def _add_solve(commands: Any) -> None:
    command = commands.add_parser("solve", help="schedule a fair")
    command.set_defaults(run=_solve)
    command.add_argument("problem", type=Path)
    command.add_argument("--seconds", type=float, default=30)
    command.add_argument(
        "--iterations", type=int, help="annealing steps instead of seconds: repeatable"
    )
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--fairness", type=int)
    command.add_argument("--out", type=Path)


class Screen:
    """Progress on the error stream: one live line on a terminal, plain lines elsewhere; hears
    Ctrl-C.
    """

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self.status: Any = None
        self.interrupted = False
        self.shown = -1.0

    def __enter__(self) -> "Screen":
        signal.signal(signal.SIGINT, self._interrupt)
        if self.console.is_terminal:
            self.status = self.console.status("start")
            self.status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is not None:
            self.status.stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def _interrupt(self, *_: object) -> None:
        self.interrupted = True

    def __call__(self, progress: Progress) -> bool:
        """Show where the run stands; True once Ctrl-C was pressed."""
        bound = "not yet known" if progress.bound is None else f"{progress.bound:g}"
        line = (
            f"{progress.seconds:5.1f} s  {progress.phase}: value {progress.value:g}, "
            f"bound {bound}, idle slots {progress.idle}"
        )
        if self.status is not None:
            self.status.update(line)
        elif progress.seconds - self.shown >= 1 or self.shown < 0:
            self.shown = progress.seconds
            print(line, file=sys.stderr, flush=True)
        return self.interrupted


def least_idle_in_words(solution: Solution) -> str:
    """How far the idle slots are from the fewest possible, where that is proven."""
    if solution.idle_bound is None:
        return ""
    over = solution.idle - solution.idle_bound
    return f" (at most {over} above the fewest possible)" if over else " (proven fewest)"


def summary(solution: Solution) -> str:
    """The answer in one sentence."""
    if solution.status == "infeasible":
        return "Proven infeasible. " + " ".join(solution.explanation)
    proof = (
        "proven best"
        if solution.gap == 0
        else f"at most {100 * solution.gap:.2g} % from the best possible"
    )
    return (
        f"{solution.status}: {len(solution.meetings)} meetings, value {solution.value:g} "
        f"of at most {solution.value_bound:g} ({proof}), {len(solution.unplaced)} not placed, "
        f"{solution.idle} idle slots{least_idle_in_words(solution)}, {solution.breaks} breaks, "
        f"{solution.changes} changes of place, {solution.seconds:.1f} s"
    )


def _write(document: dict[str, Any], out: Path | None) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if out is None:
        print(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


def _solve(options: argparse.Namespace) -> int:
    problem = read_problem(options.problem)
    gc.freeze()  # what was read stays to the end: no need to look it through again
    with Screen() as screen:
        answer = solve(
            problem,
            seconds=options.seconds,
            iterations=options.iterations,
            seed=options.seed,
            fairness=options.fairness,
            progress=screen,
        )
    _write(solution_to_json(answer), options.out)
    print(summary(answer), file=sys.stderr)
    return GOOD


def _check(options: argparse.Namespace) -> int:
    problem, solution = read_problem(options.problem), read_solution(options.solution)
    if solution.status == "infeasible" and not solution.meetings:
        print("The answer says that there is no schedule; there is nothing to check.")
        return GOOD
    violations = check(problem, solution)
    for violation in violations:
        print(f"{violation.rule}: {violation.message}")
    print(f"{len(violations)} broken rules" if violations else "valid: every hard rule holds")
    return BROKEN if violations else GOOD


def _repair(options: argparse.Namespace) -> int:
    problem, solution = read_problem(options.problem), read_solution(options.solution)
    event = event_from_json(read_json(options.event)[0], problem)
    gc.freeze()  # what was read stays to the end: no need to look it through again
    with Screen() as screen:
        mended = repair(
            problem, solution, event, seconds=options.seconds, seed=options.seed, progress=screen
        )
    chosen = next(answer for answer in mended.answers if answer.name == options.answer)
    _write(solution_to_json(chosen.solution), options.out)
    print(repair_summary(mended), file=sys.stderr)
    return GOOD


_WORKSHOP = {"room_closed": "its room closes", "speaker_absent": "its speaker is away"}


def repair_summary(mended: Repair) -> str:
    """The three answers, one line each, and the certificate."""
    lines = [
        f"workshop {w.before.workshop}, copy {w.before.copy} ({_WORKSHOP[w.reason]}): "
        + (f"slot {w.after.slot} in {w.after.room}" if w.after else "falls")
        for w in mended.workshops
    ]
    lines += [
        f"{a.name}: value {a.solution.value:g} ({a.gain:+g}), {a.moves} moved"
        for a in mended.answers
    ]
    proof = (
        "certified: no schedule is more valuable or moves fewer"
        if mended.certified
        else "not certified"
    )
    return "\n".join(
        [
            *lines,
            f"{proof} (value at most {mended.value_bound:g}, moves at least {mended.moves_bound})",
        ]
    )


def wish_named(problem: Problem, name: str) -> Id:
    """The wish with this id, typed on a command line.

    Errors: BadInput.
    """
    for key in problem.wish_by_id:
        if str(key) == name:
            return key
    raise BadInput("WISH", f"there is no wish {name!r}")


def _explain(options: argparse.Namespace) -> int:
    problem, solution = read_problem(options.problem), read_solution(options.solution)
    found = explain(problem, solution, wish_named(problem, options.wish))
    if isinstance(found, Meeting):
        where = "" if found.place is None else f" at {found.place}"
        print(f"Wish {found.wish} is placed in slot {found.slot}{where}.")
    else:
        print(json.dumps(bare(found), ensure_ascii=False, indent=1))
    return GOOD


def _sample(options: argparse.Namespace) -> int:
    _write(problem_to_json(sample(options.size, seed=options.seed)), None)
    return GOOD


def _warm(_: argparse.Namespace) -> int:
    print(
        "kernel compiled"
        if compiled.warm(rehearse)
        else "not compiled: numba is absent or another process compiles"
    )
    return GOOD
