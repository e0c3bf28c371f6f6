# SPDX-License-Identifier: EUPL-1.2
"""One action is one transaction: `@action` opens it, commits it once, and then sends its jobs."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app
from sqlalchemy.exc import IntegrityError

from app.models.base import begin_writing, db
from app.models.jobs import take_jobs_to_send
from app.rules.errors import RuleBroken

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside_an_action", default=False)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` one transaction; an action called by another joins it.

    Errors: RuleBroken `conflict` when a constraint of the database says that somebody was faster.
    """

    @wraps(function)
    def as_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside.get():
            return function(*args, **kwargs)
        token = _inside.set(True)
        try:
            begin_writing()
            answer = function(*args, **kwargs)
            db.session.commit()
        except IntegrityError as clash:
            db.session.rollback()
            raise RuleBroken("conflict") from clash
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _inside.reset(token)
            jobs = take_jobs_to_send()
        for job in jobs:
            current_app.extensions["send_job"](job)
        return answer

    as_one_transaction.is_action = True  # type: ignore[attr-defined]
    return as_one_transaction
