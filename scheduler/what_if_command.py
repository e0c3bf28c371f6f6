# SPDX-License-Identifier: EUPL-1.2
"""The command `what-if`: the proven worth of more places, slots, or hours of somebody."""

import argparse
from pathlib import Path
from typing import Any

from scheduler.codec import read_problem
from scheduler.hours import HourPrice, dearest_hours, price_of_hour
from scheduler.problem import Id, Problem
from scheduler.validate import BadInput
from scheduler.what_if import what_if


def add_what_if(commands: Any) -> None:
    """Add the command to those of `python -m scheduler`."""
    command = commands.add_parser("what-if", help="the proven worth of more places, slots or hours")
    command.set_defaults(run=_what_if)
    command.add_argument("problem", type=Path)
    command.add_argument("--places", type=int, default=0)
    command.add_argument("--slots", type=int, default=0)
    command.add_argument("--hour", metavar="PARTY", help="one more hour of this party")
    command.add_argument("--hours", type=int, metavar="N", help="the N dearest hours, ranked")


def party_named(problem: Problem, name: str) -> Id:
    """The party with this id, typed on a command line.

    Errors: BadInput.
    """
    for key in problem.party_by_id:
        if str(key) == name:
            return key
    raise BadInput("--hour", f"there is no party {name!r}")


def _what_if(options: argparse.Namespace) -> int:
    problem = read_problem(options.problem)
    if options.hour:
        _tell((price_of_hour(problem, party_named(problem, options.hour)),))
    elif options.hours:
        _tell(dearest_hours(problem, options.hours))
    else:
        found = what_if(problem, extra_places=options.places, extra_slots=options.slots)
        print(f"bound {found.before:g} -> {found.value_bound:g}: worth at most {found.gain:g}")
    return 0


def _tell(hours: tuple[HourPrice, ...]) -> None:
    for one in hours:
        print(
            f"one more hour of {one.party} (slots {one.slots[0]}-{one.slots[-1]}): "
            f"bound {one.before:g} -> {one.value_bound:g}: worth at most {one.gain:g}"
        )
    if not hours:
        print("no hour of anybody is worth anything")
