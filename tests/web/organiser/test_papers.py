# SPDX-License-Identifier: EUPL-1.2
"""What an organiser prints for a whole edition, from the button to the PDF."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.actions import jobs as job_actions
from app.jobs import papers as handlers
from app.models.base import db
from app.models.jobs import Job
from app.rules.jobs import JobState
from app.rules.meetings import RequestState
from tests.builders import (
    a_block,
    a_buyer,
    a_company,
    a_delegate,
    a_meeting,
    a_registration,
    a_request,
    a_table,
    an_edition,
    an_organiser,
    an_organiser_member,
    log_in_as,
)


@pytest.fixture(autouse=True)
def shelf(app, tmp_path):
    app.config["PAPERS"] = tmp_path
    yield tmp_path
    del app.config["PAPERS"]


class Fair:
    """An edition with one meeting, and a delegate without any."""

    def __init__(self, version=1):
        organiser = an_organiser()
        self.boss = an_organiser_member(organiser)
        self.edition = an_edition(organiser, version=version)
        slots = a_block(self.edition)
        company = a_registration(self.edition, a_company(name="Les Jardins de la Cesse"))
        buyer = a_registration(self.edition, a_buyer(name="Ville de Saint-Aurèle"))
        self.people = a_delegate(company, "Amélie"), a_delegate(buyer, "Hélène")
        a_delegate(company, "Théo", rank=1)
        a_delegate(company, "Loin", rank=2, remote=True)
        asked = a_request(company, buyer, state=RequestState.ACCEPTED)
        if version:
            a_meeting(asked, slots[0], a_table(self.edition, "7"), *self.people)
        db.session.commit()
        self.page = f"/organisation/{self.edition.slug}/impressions"


def the_job() -> Job:
    db.session.expire_all()
    [job] = db.session.query(Job).all()
    return job


@pytest.mark.parametrize(
    ("what", "words", "count"),
    [("badges", "Badge vierge", 3), ("agendas", "Établi le", 2), ("tables", "Table 7", 1)],
)
def test_a_batch_is_asked_for_printed_and_downloaded(client, what, words, count):
    fair = Fair()
    log_in_as(client, fair.boss)

    assert client.post(f"{fair.page}/{what}").status_code == 302
    job = the_job()
    assert (job.state, job.result["count"]) == (JobState.DONE, count)
    assert f"{fair.page}/{job.id}.pdf" in client.get(fair.page).text

    answer = client.get(f"{fair.page}/{job.id}.pdf", buffered=True)
    assert answer.mimetype == "application/pdf"
    assert f"{what}-{fair.edition.slug}-v1.pdf" in answer.headers["Content-Disposition"]
    pages = PdfReader(BytesIO(answer.data)).pages
    assert words in "".join(page.extract_text() for page in pages).replace("\u00a0", " ")


def test_agendas_are_only_those_with_meetings_and_never_of_another_edition(client):
    fair = Fair()
    Fair()
    log_in_as(client, fair.boss)
    client.post(f"{fair.page}/agendas")
    answer = client.get(f"{fair.page}/{the_job().id}.pdf", buffered=True)
    assert len(PdfReader(BytesIO(answer.data)).pages) == 2


@pytest.mark.parametrize("what", ["agendas", "tables"])
def test_before_publication_only_badges_are_printed(client, what):
    fair = Fair(version=0)
    log_in_as(client, fair.boss)

    answer = client.post(f"{fair.page}/{what}")
    assert answer.status_code == 409
    assert "Aucun planning n’est encore publié" in answer.text
    assert client.post(f"{fair.page}/badges").status_code == 302
    assert the_job().state == JobState.DONE


def test_papers_are_for_the_team_of_this_edition_only(client):
    fair, elsewhere = Fair(), Fair()
    log_in_as(client, fair.boss)
    client.post(f"{fair.page}/badges")
    job = the_job()

    log_in_as(client, elsewhere.boss)
    for address in (fair.page, f"{fair.page}/{job.id}.pdf", f"{elsewhere.page}/{job.id}.pdf"):
        assert client.get(address).status_code == 404
    assert client.post(f"{fair.page}/badges").status_code == 404


def test_a_paper_that_was_taken_away_can_be_prepared_again(client, shelf):
    fair = Fair()
    log_in_as(client, fair.boss)
    client.post(f"{fair.page}/badges")
    for paper in shelf.glob("*.pdf"):
        paper.unlink()

    assert client.get(f"{fair.page}/{the_job().id}.pdf").status_code == 404
    assert "préparez-le de nouveau" in client.get(fair.page).text


def test_a_batch_that_is_cancelled_stops_and_leaves_no_paper(client, shelf, monkeypatch):
    fair = Fair()
    log_in_as(client, fair.boss)
    real = handlers._edition

    def cancelled_meanwhile(progress):
        job_actions.cancel(db.session.get_one(Job, progress.job_id), by=None)
        return real(progress)

    monkeypatch.setattr(handlers, "_edition", cancelled_meanwhile)
    client.post(f"{fair.page}/agendas")

    assert the_job().state == JobState.CANCELLED
    assert list(shelf.glob("*.pdf")) == []


def test_the_organiser_reads_everybodys_agenda(client):
    fair = Fair()
    log_in_as(client, fair.boss)

    everybody = f"/organisation/{fair.edition.slug}/agendas"
    assert "Amélie" in client.get(everybody).text
    one = client.get(f"{everybody}/{fair.people[0].id}")
    assert "Ville de Saint-Aurèle" in one.text and "table<b>7</b>" in one.text
    assert fair.people[0].feed_token not in one.text
    foreign = Fair()
    assert client.get(f"{everybody}/{foreign.people[0].id}").status_code == 404


def test_the_private_address_is_hidden_from_the_organiser(client):
    fair = Fair()
    log_in_as(client, fair.boss)
    delegate = fair.people[0]
    text = client.get(f"/participation/{delegate.registration_id}/agenda").text
    assert "Ville de Saint-Aurèle" in text
    assert delegate.feed_token not in text
    renew = f"/participation/{delegate.registration_id}/agenda/{delegate.id}/adresse"
    assert client.post(renew).status_code == 404
