# SPDX-License-Identifier: EUPL-1.2
"""What an organisation is told to do, and when it is told nothing."""

from datetime import UTC, datetime, timedelta

from app.rules.companies import Role
from app.rules.registrations import RegistrationState
from app.rules.tasks import Standing, Task, TaskKind, tasks

NOW = datetime(2027, 10, 1, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=5), NOW - timedelta(days=5)


def a_standing(**facts):
    usual = {"role": Role.COMPANY, "is_open": True, "registration": RegistrationState.APPROVED}
    return Standing(**{**usual, "delegates": 1, "asked": 3, **facts})


def kinds(standing):
    return [task.kind for task in tasks(standing, NOW)]


def test_who_has_done_everything_has_nothing_to_do():
    assert tasks(a_standing(), NOW) == []


def test_answers_come_first_with_their_deadline():
    found = tasks(a_standing(waiting=2, missing=1, answers_close_at=LATER), NOW)
    assert found[0] == Task(TaskKind.ANSWER, 2, LATER)
    assert found[1].kind == TaskKind.COMPLETE_LISTING


def test_a_passed_deadline_takes_its_task_away():
    assert kinds(a_standing(waiting=2, answers_close_at=BEFORE)) == []
    assert kinds(a_standing(asked=0, requests_close_at=BEFORE)) == []
    assert kinds(a_standing(registration=None, registration_closes_at=BEFORE)) == []


def test_one_registers_once_and_again_after_a_cancellation():
    assert kinds(a_standing(registration=None)) == [TaskKind.REGISTER]
    assert kinds(a_standing(registration=RegistrationState.CANCELLED)) == [TaskKind.REGISTER]
    assert kinds(a_standing(registration=RegistrationState.REFUSED)) == []
    assert kinds(a_standing(registration=None, is_open=False)) == []


def test_delegates_and_their_availability_are_asked_for_while_waiting_for_approval():
    pending = RegistrationState.PENDING
    assert kinds(a_standing(registration=pending, delegates=0)) == [TaskKind.ADD_DELEGATE]
    assert kinds(a_standing(registration=pending, silent=1)) == [TaskKind.GIVE_AVAILABILITY]


def test_only_a_buyer_is_asked_for_a_need():
    assert kinds(a_standing(role=Role.BUYER)) == [TaskKind.PUBLISH_NEED]
    assert kinds(a_standing(role=Role.BUYER, needs=1)) == []


def test_few_requests_are_a_task_until_there_are_three():
    found = tasks(a_standing(asked=1, requests_close_at=LATER), NOW)
    assert found == [Task(TaskKind.ASK, 2, LATER)]
