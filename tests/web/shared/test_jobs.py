# SPDX-License-Identifier: EUPL-1.2
"""The page of a job, and its fragment that is asked for every second."""

import pytest

from app.actions import jobs as actions
from app.models.base import db
from app.models.jobs import later
from app.queries import jobs
from app.rules.jobs import JobState
from tests.builders import a_user, an_organiser, an_organiser_member, log_in_as


@pytest.fixture
def owner(client):
    user = a_user()
    log_in_as(client, user)
    db.session.commit()
    return user


@pytest.fixture
def job(owner):
    job = later("count", owner_id=owner.id)
    db.session.info.clear()
    db.session.commit()
    return job


def text(answer):
    return answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")


def test_the_owner_sees_how_far_it_is(client, job):
    actions.start(job.id)
    actions.report(job.id, done=3, total=10, message="Badges")

    page = text(client.get(f"/travaux/{job.id}"))
    assert '<progress value="3" max="10"' in page
    assert "3 sur 10" in page
    assert "Badges" in page
    assert 'hx-trigger="every 1s"' in page


def test_the_fragment_holds_the_state_alone(client, job):
    answer = client.get(f"/travaux/{job.id}/etat")

    assert "<html" not in text(answer)
    assert "HX-Refresh" not in answer.headers


def test_when_it_has_ended_the_page_is_read_again_and_no_longer_asks(client, job):
    actions.start(job.id)
    actions.end_done(job.id, result={"link": "/telecharger", "words": "Télécharger"})

    fragment = client.get(f"/travaux/{job.id}/etat")
    assert fragment.headers["HX-Refresh"] == "true"
    page = text(client.get(f"/travaux/{job.id}"))
    assert "hx-get" not in page
    assert 'href="/telecharger"' in page


def test_it_can_be_stopped(client, job):
    answer = client.post(f"/travaux/{job.id}/arreter", data={"next": "/compte"})

    assert answer.headers["Location"].endswith("/compte")
    db.session.expire_all()
    assert jobs.by_id(job.id).state == JobState.CANCELLED


def test_stopping_leads_to_no_other_site(client, job):
    answer = client.post(f"/travaux/{job.id}/arreter", data={"next": "https://ailleurs.test/"})

    assert answer.headers["Location"].endswith(f"/travaux/{job.id}")


def test_a_stranger_does_not_find_it(client, job):
    log_in_as(client, a_user())
    db.session.commit()

    assert client.get(f"/travaux/{job.id}").status_code == 404
    assert client.get(f"/travaux/{job.id}/etat").status_code == 404
    assert client.post(f"/travaux/{job.id}/arreter").status_code == 404


def test_the_team_finds_the_jobs_of_its_organiser(client, owner):
    organiser = an_organiser()
    job = later("count", organiser_id=organiser.id)
    db.session.info.clear()
    log_in_as(client, an_organiser_member(organiser))
    db.session.commit()

    assert client.get(f"/travaux/{job.id}").status_code == 200


def test_a_failure_and_a_lost_worker_are_said_in_words(client, job):
    actions.start(job.id)
    actions.end_failed(job.id, error="no paper left")
    assert "no paper left" in text(client.get(f"/travaux/{job.id}"))

    job = jobs.by_id(job.id)
    job.state = JobState.LOST
    db.session.commit()
    assert "demandez-le de nouveau" in text(client.get(f"/travaux/{job.id}"))
