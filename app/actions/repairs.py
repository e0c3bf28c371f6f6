# SPDX-License-Identifier: EUPL-1.2
"""Starting from the published schedule: asked for, its three answers kept, one of them chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.actions import schedules
from app.actions.base import action
from app.models.accounts import User
from app.models.base import db
from app.models.editions import Edition
from app.models.history import remember
from app.models.jobs import later
from app.models.schedules import ScheduleRun
from app.queries import repairs
from app.rules import schedules as rules
from app.rules.schedules import AnswerName, RunMode, RunState, Span
from scheduler import Repair, check, solution_to_json


@action
def ask_for_repair(
    edition: Edition,
    *,
    by: User | None,
    absent: Sequence[Span] = (),
    closed: Sequence[Span] = (),
    seconds: int | None = None,
    seed: int = 1,
) -> ScheduleRun:
    """Ask how the published schedule can go on, moving as few meetings as possible.

    absent, closed: what is stated besides what changed since the publication, in slot numbers;
    it becomes a fact when an answer is published, not before. Errors: as `ask_for_run`, and
    RuleBroken when nothing is published or when the fair is over.
    """
    for field, spans in (("party_until", absent), ("place_until", closed)):
        for span in spans:
            rules.require_forward(span, field=field)
    schedules.take(edition)
    asked = repairs.question(edition, absent=absent, closed=closed)
    run = schedules.open_run(edition, asked.left, by=by, seconds=seconds, seed=seed)
    run.mode, run.question = RunMode.FEW_MOVES, repairs.as_json(asked)
    run.job = later(
        "repair_schedule",
        owner_id=by.id if by else None,
        organiser_id=run.organiser_id,
        run=run.id,
    )
    return run


@action
def keep_answers(
    run_id: int, found: Repair, *, told: Mapping[str, int], stopped: bool = False
) -> ScheduleRun:
    """Keep the answers that pass the check, and choose the one that moves few.

    told: answer → how many people's agendas change. Without a right answer the run has failed.
    """
    run = db.session.get_one(ScheduleRun, run_id)
    broken = [line for one in found.answers for line in check(found.problem, one.solution)]
    if broken:
        return schedules.refuse_answer(run, broken)
    run.answers = {
        "value_bound": int(found.value_bound),
        "moves_bound": found.moves_bound,
        "standby": [str(wish) for wish in found.standby],
        "all": [_as_json(one, told[one.name]) for one in found.answers],
    }
    _take(run, AnswerName.FEW_MOVES)
    run.seconds = run.solution["seconds"]
    run.state, run.note = RunState.DONE, {"stopped": True} if stopped else {}
    remember(None, "schedule.computed", run, number=run.number, placed=run.placed)
    return run


@action
def choose(run: ScheduleRun, *, by: User | None, name: AnswerName) -> None:
    """Make one of the three answers the one that may be published.

    Errors: RuleBroken when the run is published already, or has no such answer.
    """
    db.session.refresh(run, with_for_update={"of": ScheduleRun})
    rules.require_draft(run.version)
    _take(run, name)
    remember(by, "schedule.chosen", run, number=run.number, answer=name)


def _as_json(answer: Any, told: int) -> dict[str, Any]:
    return {
        "name": answer.name,
        "value": int(answer.solution.value),
        "gain": int(answer.gain),
        "moves": answer.moves,
        "told": told,
        "placed": len(answer.solution.meetings),
        "solution": solution_to_json(answer.solution),
    }


def _take(run: ScheduleRun, name: AnswerName) -> None:
    known = {one["name"]: one["solution"] for one in run.answers.get("all", ())}
    rules.require_answer(name, name in known)
    run.answers = {**run.answers, "chosen": name.value}
    run.solution = known[name]
    run.placed, run.idle = len(run.solution["meetings"]), run.solution["idle"]
    run.value, run.bound = int(run.solution["value"]), run.answers["value_bound"]
