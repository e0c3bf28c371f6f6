# SPDX-License-Identifier: EUPL-1.2
"""What an organisation has to do now to get the most of the fair, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.rules.companies import Role
from app.rules.registrations import RegistrationState

# Fewer open requests than that, and a day at the fair has holes.
ENOUGH_REQUESTS = 3


class TaskKind(Enum):
    """One thing to do."""

    ANSWER = 1
    ADD_DELEGATE = 2
    GIVE_AVAILABILITY = 3
    REGISTER = 4
    COMPLETE_LISTING = 5
    PUBLISH_NEED = 6
    ASK = 7
    RENEW_LABEL = 8


@dataclass(frozen=True)
class Task:
    """What is to be done, how many of it, and until when."""

    kind: TaskKind
    number: int = 1
    deadline: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Where an organisation stands at an edition.

    missing: essential things its listing lacks. labels: those to renew.
    silent: delegates whose availability nobody gave.
    waiting: requests it has to answer. asked: open requests it made. needs: published.
    Deadlines are None when there is none; registration is None when it is not registered.
    """

    role: Role
    is_open: bool
    registration: RegistrationState | None
    missing: int = 0
    labels: int = 0
    needs: int = 0
    delegates: int = 0
    silent: int = 0
    waiting: int = 0
    asked: int = 0
    registration_closes_at: datetime | None = None
    requests_close_at: datetime | None = None
    answers_close_at: datetime | None = None


def tasks(standing: Standing, now: datetime) -> list[Task]:
    """The things to do, most pressing first; what a passed deadline forbids is left out."""
    found = [*_at_the_fair(standing, now), *_at_home(standing, now)]
    return sorted(found, key=lambda task: task.kind.value)


def _at_the_fair(standing: Standing, now: datetime) -> list[Task]:
    coming = standing.registration in (RegistrationState.PENDING, RegistrationState.APPROVED)
    found = []
    if coming and standing.delegates == 0:
        found.append(Task(TaskKind.ADD_DELEGATE))
    if coming and standing.silent:
        found.append(Task(TaskKind.GIVE_AVAILABILITY, standing.silent))
    if standing.registration != RegistrationState.APPROVED or not standing.is_open:
        return found
    if standing.waiting and _before(standing.answers_close_at, now):
        found.append(Task(TaskKind.ANSWER, standing.waiting, standing.answers_close_at))
    if standing.asked < ENOUGH_REQUESTS and _before(standing.requests_close_at, now):
        lacking = ENOUGH_REQUESTS - standing.asked
        found.append(Task(TaskKind.ASK, lacking, standing.requests_close_at))
    return found


def _at_home(standing: Standing, now: datetime) -> list[Task]:
    found = []
    can_register = standing.registration in (None, RegistrationState.CANCELLED)
    if standing.is_open and can_register and _before(standing.registration_closes_at, now):
        found.append(Task(TaskKind.REGISTER, deadline=standing.registration_closes_at))
    if standing.missing:
        found.append(Task(TaskKind.COMPLETE_LISTING, standing.missing))
    if standing.labels:
        found.append(Task(TaskKind.RENEW_LABEL, standing.labels))
    if standing.role == Role.BUYER and standing.needs == 0:
        found.append(Task(TaskKind.PUBLISH_NEED))
    return found


def _before(deadline: datetime | None, now: datetime) -> bool:
    return deadline is None or now <= deadline
