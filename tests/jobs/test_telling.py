# SPDX-License-Identifier: EUPL-1.2
"""The letters of a publication, also when the worker falls among them."""

import pytest

from app.actions import letters, publication
from app.jobs import handlers
from app.models.base import db
from app.models.jobs import Job
from app.models.letters import Letter
from app.queries import schedule_problem
from app.rules.jobs import JobState
from scheduler import problem_to_json
from tests.builders import a_fair, a_run


@pytest.fixture
def job(app, monkeypatch):
    """The job of a publication that concerns one company and one buyer; it waits."""
    fair = a_fair()
    placed = {
        "wish": f"q{fair.requests[0].id}",
        "slot": 1,
        "place": f"p{fair.tables[0].id}",
    }
    problem = problem_to_json(schedule_problem.of_edition(fair.edition))
    run = a_run(fair.edition, problem=problem, solution={"meetings": [placed]})
    db.session.commit()
    monkeypatch.setitem(app.extensions, "send_job", lambda job_id: None)
    publication.publish(run, by=None)
    return db.session.query(Job).filter_by(kind="tell_agendas").one()


def test_each_of_those_concerned_gets_one_letter(job):
    handlers.carry_out(job.id)

    assert db.session.query(Letter).count() == 2
    assert db.session.get_one(Job, job.id).result["letters"] == 2


def test_begun_again_after_a_fall_it_writes_only_to_the_others(job, monkeypatch):
    put = letters.put
    times = []

    def fall_at_the_second(*asked, **more):
        times.append(1)
        if len(times) == 2:
            raise KeyError("the worker fell")
        return put(*asked, **more)

    monkeypatch.setattr(letters, "put", fall_at_the_second)
    handlers.carry_out(job.id)
    assert db.session.query(Letter).count() == 1

    fallen = db.session.get_one(Job, job.id)
    assert fallen.state == JobState.FAILED
    fallen.state = JobState.WAITING
    db.session.commit()
    handlers.carry_out(job.id)
    assert db.session.query(Letter).count() == 2
    assert len({letter.to_email for letter in db.session.query(Letter)}) == 2
